import type { paths } from '../api/schema.js';

export type MissedAnswer = paths['/api/v1/missed-calls']['get']['responses'][200]['content']['application/json'];
export type MissedCaller = MissedAnswer['missed'][number];
