import { sql } from 'kysely';
import type { FlowSummary } from '../kernel/flow.js';
import type { CallOutcome, CallOutcomeName } from '../telephony/call-outcome.js';
import { outcomeIn } from '../storage/call-rows.js';
import type { History } from '../storage/database.js';
import { newestFirst, type Cursor, type Page } from '../storage/newest-first.js';
import type { CallRow, FlowRow } from '../storage/schema.js';

export interface CallRecord {
  id: string;
  kind: string;
  running: boolean;
  startedAt: number;
  summary: FlowSummary;
  /** Undefined while the call is running. */
  outcome: CallOutcome | undefined;
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

export interface CallFilter extends Page {
  /** E.164. */
  line?: string | undefined;
  direction?: 'incoming' | 'outgoing' | undefined;
  outcome?: CallOutcomeName | undefined;
  /** The last queue of the call. */
  queue?: number | undefined;
  /** Name of the handset that answered. */
  handset?: string | undefined;
  running?: boolean | undefined;
  /** Instant: calls that began then or later. */
  since?: number | undefined;
  /** Instant: calls that began before. */
  until?: number | undefined;
}

/** Reads stored calls. */
export class CallReader {
  constructor(private readonly db: History) {}

  /** Newest first. `next`: cursor of the following page; undefined on the last. */
  async list(filter: CallFilter): Promise<{ calls: CallRecord[]; next: Cursor | undefined }> {
    const { line, direction, outcome, queue, handset, running, since, until } = filter;
    let query = this.#calls();
    if (line !== undefined) query = query.where('calls.line', '=', line);
    if (direction !== undefined) query = query.where('calls.direction', '=', direction);
    if (outcome !== undefined) query = query.where('calls.outcome', '=', outcome);
    if (queue !== undefined) query = query.where('calls.queue', '=', queue);
    if (handset !== undefined)
      query = query.where('calls.agent_kind', '=', 'handset').where('calls.agent', '=', handset);
    // Must be a literal: otherwise the partial index does not apply.
    if (running !== undefined) query = query.where(sql<boolean>`calls.over = ${sql.lit(running ? 0 : 1)}`);
    if (since !== undefined) query = query.where('calls.started_at', '>=', since);
    if (until !== undefined) query = query.where('calls.started_at', '<', until);
    const { rows, next } = await newestFirst(query, filter, 'calls');
    return { calls: rows.map(toRecord), next };
  }

  async get(
    id: string,
  ): Promise<{ call: CallRecord; timeline: TimelineEntry[]; recordings: RecordingOfCall[] } | undefined> {
    const row = await this.#calls().where('calls.id', '=', id).executeTakeFirst();
    if (!row) return undefined;
    const entries = await this.db
      .selectFrom('timeline')
      .where('flow_id', '=', id)
      .select(['seq', 'at', 'kind', 'data'])
      .orderBy('seq')
      .execute();
    const timeline = entries.map((entry) => ({ ...entry, data: JSON.parse(entry.data) as Record<string, unknown> }));
    return { call: toRecord(row), timeline, recordings: await this.#recordingsOf(id) };
  }

  #calls() {
    return this.db.selectFrom('calls').innerJoin('flows', 'flows.id', 'calls.id').selectAll('calls').select('summary');
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

function toRecord(row: CallRow & Pick<FlowRow, 'summary'>): CallRecord {
  return {
    id: row.id,
    kind: row.kind,
    running: row.over === 0,
    startedAt: row.started_at,
    summary: JSON.parse(row.summary) as FlowSummary,
    outcome: outcomeIn(row),
  };
}
