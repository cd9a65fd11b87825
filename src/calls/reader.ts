import type { Selectable } from 'kysely';
import type { MediaStatistics } from '../asterisk/media-statistics.js';
import type { FlowSummary } from '../kernel/flow.js';
import type { CallOutcome } from '../telephony/call-outcome.js';
import { outcomeIn } from '../storage/call-rows.js';
import type { History } from '../storage/database.js';
import { readTimelineRows, type TimelineRowOfCall } from '../storage/timeline.js';
import { newestFirst, type Cursor } from '../storage/newest-first.js';
import type { CallRow, FlowRow } from '../storage/schema.js';
import type { CallNote } from './call-notes.js';
import type { LegQuality } from './leg-qualities.js';
import { menuKeysOf } from './menu-keys.js';
import { matchingCalls, type CallFilter } from './search.js';

export type { CallFilter } from './search.js';

export interface CallRecord {
  id: string;
  kind: string;
  running: boolean;
  startedAt: number;
  summary: FlowSummary;
  /** Undefined while the call is running. */
  outcome: CallOutcome | undefined;
  /** The order that the call is about. */
  order: string | null;
  /** Keys pressed in menus, in order. */
  menuKeys: string[];
  /** A recording can be heard. */
  hasRecording: boolean;
  note: CallNote | null;
}

/** A recorded talk of the call. */
export interface RecordingOfCall {
  id: string;
  startedAt: number;
  durationMs: number;
}

export interface TimelineEntry {
  seq: number;
  at: number;
  kind: string;
  data: Record<string, unknown>;
}

/** Reads stored calls. */
export class CallReader {
  constructor(private readonly db: History) {}

  /** Newest first. `next`: cursor of the following page; undefined on the last. */
  async list(filter: CallFilter): Promise<{ calls: CallRecord[]; next: Cursor | undefined }> {
    const found = matchingCalls(this.db.selectFrom('calls').select(['calls.id', 'calls.started_at']), filter);
    const { rows, next } = await newestFirst(found, filter, 'calls');
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return { calls: [], next };
    const calls = new Map((await this.#calls().where('calls.id', 'in', ids).execute()).map((row) => [row.id, row]));
    const keys = await this.#menuKeys(ids);
    // A call may be purged between the two reads.
    const records = ids.flatMap((id) => {
      const row = calls.get(id);
      return row === undefined ? [] : [toRecord(row, keys.get(id))];
    });
    return { calls: records, next };
  }

  async get(
    id: string,
  ): Promise<
    { call: CallRecord; timeline: TimelineEntry[]; recordings: RecordingOfCall[]; legs: LegQuality[] } | undefined
  > {
    const row = await this.#calls().where('calls.id', '=', id).executeTakeFirst();
    if (!row) return undefined;
    const entries = await this.db
      .selectFrom('timeline')
      .where('flow_id', '=', id)
      .select(['seq', 'at', 'kind', 'data'])
      .orderBy('seq')
      .execute();
    const timeline = entries.map((entry) => ({ ...entry, data: JSON.parse(entry.data) as Record<string, unknown> }));
    const [recordings, legs] = [await this.#recordingsOf(id), await this.#legsOf(id)];
    return { call: toRecord(row, menuKeysOf(timeline)), timeline, recordings, legs };
  }

  async #menuKeys(ids: string[]): Promise<Map<string, string[]>> {
    const timelines = await readTimelineRows(this.db, ids, ['action', 'input']);
    const parsed = ({ kind, data }: TimelineRowOfCall) => ({ kind, data: JSON.parse(data) as Record<string, unknown> });
    return new Map([...timelines].map(([id, rows]) => [id, menuKeysOf(rows.map(parsed))]));
  }

  #calls() {
    return this.db
      .selectFrom('calls')
      .innerJoin('flows', 'flows.id', 'calls.id')
      .leftJoin('call_notes', 'call_notes.call_id', 'calls.id')
      .selectAll('calls')
      .select(['summary', 'text as note', 'by as note_by', 'at as note_at']);
  }

  async #legsOf(callId: string): Promise<LegQuality[]> {
    const rows = await this.db
      .selectFrom('leg_qualities')
      .where('call_id', '=', callId)
      .select(['kind', 'name', 'ended_at', 'statistics'])
      .orderBy('ended_at')
      .execute();
    return rows.map(({ ended_at: endedAt, statistics, ...leg }) => ({
      ...leg,
      endedAt,
      statistics: JSON.parse(statistics) as MediaStatistics,
    }));
  }

  async #recordingsOf(callId: string): Promise<RecordingOfCall[]> {
    const rows = await this.db
      .selectFrom('recordings')
      .where('call_id', '=', callId)
      .where('deleted_at', 'is', null)
      .select(['id', 'started_at', 'duration_ms'])
      .orderBy('started_at')
      .execute();
    return rows.map(({ id, started_at, duration_ms }) => ({ id, startedAt: started_at, durationMs: duration_ms }));
  }
}

interface JoinedRow extends Selectable<CallRow>, Pick<FlowRow, 'summary'> {
  note: string | null;
  note_by: string | null;
  note_at: number | null;
}

function toRecord(row: JoinedRow, menuKeys: string[] = []): CallRecord {
  return {
    id: row.id,
    kind: row.kind,
    running: row.over === 0,
    startedAt: row.started_at,
    summary: JSON.parse(row.summary) as FlowSummary,
    outcome: outcomeIn(row),
    order: row.order_id,
    menuKeys,
    hasRecording: row.recorded === 1,
    note: noteIn(row),
  };
}

/** A note without a text was removed. */
function noteIn({ note, note_by: by, note_at: at }: JoinedRow): CallNote | null {
  return note === null || note === '' || by === null || at === null ? null : { text: note, by, at };
}
