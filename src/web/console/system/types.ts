import type { paths } from '../api/schema.js';

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

export type SystemState = Answer<'/api/v1/system'>;
export type Check = SystemState['checks'][number];
export type BackupState = Answer<'/api/v1/backups'>;
export type BanState = Answer<'/api/v1/bans'>;
export type RefusedCall = Answer<'/api/v1/refused-calls'>['calls'][number];
export type CheckRun = NonNullable<Answer<'/api/v1/system/checks'>['run']>;
export type ConnectSheet = Answer<'/api/v1/system/connect-sheet'>;
export type CheckRow = CheckRun['rows'][number];
