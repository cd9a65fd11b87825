import type { paths } from '../api/schema.js';

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

type AlarmState = Answer<'/api/v1/alarms'>;
export type Alarm = AlarmState['alarms'][number];
export type Silence = AlarmState['silences'][number];
