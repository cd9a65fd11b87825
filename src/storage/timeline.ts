import type { LogEntry } from '../kernel/flow.js';
import type { Database } from './database.js';

/** The timeline of a call, in order, unmasked. */
export async function readTimeline(db: Database, flowId: string): Promise<LogEntry[]> {
  const rows = await db
    .selectFrom('timeline')
    .where('flow_id', '=', flowId)
    .select(['at', 'kind', 'data'])
    .orderBy('seq')
    .execute();
  return rows.map(({ at, kind, data }) => ({ at, kind, data: JSON.parse(data) as Record<string, unknown> }));
}
