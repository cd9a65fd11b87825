import { signal } from '@preact/signals';
import type { paths } from '../api/schema.js';
import { api } from '../api/client.js';
import { dayOf, startOfDay } from '../dates.js';
import { can, session } from '../session.js';

type QueueReport = paths['/api/v1/reports/queues']['get']['responses'][200]['content']['application/json'];

/** Seconds of the service level. */
export const WITHIN_S = 20;

/** The numbers of today by queue, and when they were loaded. */
export interface Today {
  queues: ReadonlyMap<string, QueueReport['totals'][number]>;
  at: number;
}

export const today = signal<Today | undefined>(undefined);

/** Loads the numbers of today. After a failure the former ones stay. */
export async function loadToday(): Promise<void> {
  if (!can('metrics:read')) return;
  const at = Date.now();
  const from = new Date(startOfDay(dayOf(at, session.timeZone), session.timeZone)).toISOString();
  const outcome = await api.get('/api/v1/reports/queues', { query: { from, within: WITHIN_S } });
  if (outcome.ok) today.value = { queues: new Map(outcome.data.totals.map((row) => [row.key, row])), at };
}
