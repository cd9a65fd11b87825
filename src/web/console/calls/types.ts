import type { paths } from '../api/schema.js';

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

export type Call = Answer<'/api/v1/calls'>['calls'][number];
export type CallWithTimeline = Answer<'/api/v1/calls/{id}'>;
export type Entry = CallWithTimeline['timeline'][number];
