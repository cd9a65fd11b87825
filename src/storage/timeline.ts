import type { LogEntry } from '../kernel/flow.js';
import type { Database, History } from './database.js';

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

export interface TimelineRowOfCall {
  kind: string;
  /** JSON. */
  data: string;
}

/** Entries of some kinds of several calls, by call and in order. */
export async function readTimelineRows(
  db: History,
  flowIds: readonly string[],
  kinds: readonly string[],
): Promise<Map<string, TimelineRowOfCall[]>> {
  const timelines = new Map<string, TimelineRowOfCall[]>();
  if (flowIds.length === 0) return timelines;
  const rows = await db
    .selectFrom('timeline')
    .where('flow_id', 'in', flowIds)
    .where('kind', 'in', kinds)
    .select(['flow_id', 'kind', 'data'])
    .orderBy('flow_id')
    .orderBy('seq')
    .execute();
  for (const { flow_id: id, ...row } of rows) {
    const timeline = timelines.get(id) ?? [];
    timeline.push(row);
    timelines.set(id, timeline);
  }
  return timelines;
}
