import type { paths } from '../api/schema.js';

type Answer<P extends '/api/v1/notifications' | '/api/v1/bridges' | '/api/v1/do-not-call'> =
  paths[P]['get']['responses'][200]['content']['application/json'];

export type Notification = Answer<'/api/v1/notifications'>['notifications'][number];
export type Bridge = Answer<'/api/v1/bridges'>['bridges'][number];
export type BlockedNumber = Answer<'/api/v1/do-not-call'>['numbers'][number];
