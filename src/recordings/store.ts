import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { type FlowSummary } from '../kernel/flow.js';
import type { CallRecording } from '../telephony/recording.js';
import { currentActor } from '../http/actor.js';
import { recordAudit, recordAuditOnce } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';
import { storeDeliveries, type EventFanout } from '../storage/flow-store.js';
import type { RecordingRow, Tables } from '../storage/schema.js';
import type { StoredRecording } from './files.js';
import { flowIdOf } from '../kernel/ids.js';

/** The public id of a recording, derived from its name in Asterisk. */
export function recordingIdOf(name: string): string {
  return `r_${createHash('sha256').update(name).digest('hex').slice(0, 24)}`;
}

interface RecordingStoreOptions {
  db: Database;
  /** Fan-out of the event `recording_ready` to webhooks. */
  fanout: EventFanout;
  /** The address of the audio of a recording. */
  urlOf: (id: string) => string;
  /** Called when messages may be new, heard, done or deleted. */
  messagesChanged: () => void;
}

/** The rows of recordings. */
export class RecordingStore {
  constructor(private readonly options: RecordingStoreOptions) {}

  find(id: string): Promise<RecordingRow | undefined> {
    return this.options.db.selectFrom('recordings').where('id', '=', id).selectAll().executeTakeFirst();
  }

  /** Stores the row of a recording whose file is stored, the entry in the call's timeline and the webhook deliveries in one transaction. */
  async add(name: string, file: StoredRecording, at: number): Promise<RecordingRow> {
    const { db, fanout, urlOf, messagesChanged } = this.options;
    const callId = flowIdOf(name);
    const id = recordingIdOf(name);
    const result = await db.transaction().execute(async (tx) => {
      const summary = await summaryOf(tx, callId);
      const recorded = summary?.recordings?.find((one) => one.id === name);
      const row: RecordingRow = {
        id,
        name,
        call_id: callId,
        ...callColumns(summary, recorded, file, at),
        ...fileColumns(file, at),
        kind: recorded?.kind ?? 'talk',
        heard_at: null,
        heard_by: null,
        done_at: null,
        done_by: null,
        for_queue: recorded?.owner?.queue ?? null,
        for_handset: recorded?.owner?.handset ?? null,
      };
      const added = await tx
        .insertInto('recordings')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      // The file was lost and imported again: not published a second time.
      if (!added.numInsertedOrUpdatedRows) return { row, hasDeliveries: false };
      const talkMs = talkMsOf(recorded);
      if (summary)
        await addTimelineEntry(tx, callId, at, 'recording_stored', {
          recording: id,
          duration_ms: file.durationMs,
          talk_ms: talkMs,
        });
      const recording = { id, url: urlOf(id), durationMs: file.durationMs, talkMs };
      const events = recorded?.news ? [{ ...recorded.news, at, recording }] : [];
      const deliveries = fanout.deliveries(callId, events);
      await storeDeliveries(tx, deliveries);
      return { row, hasDeliveries: deliveries.length > 0 };
    });
    if (result.hasDeliveries) fanout.stored();
    if (result.row.kind === 'message') messagesChanged();
    return result.row;
  }

  /** True for what a caller said to nobody. */
  async isMessage(name: string): Promise<boolean> {
    const summary = await summaryOf(this.options.db, flowIdOf(name));
    return summary?.recordings?.some(({ id, kind }) => id === name && kind === 'message') ?? false;
  }

  /** Stores in the timeline of the call that its message had no sound and was not kept. */
  async noteEmpty(name: string, at: number): Promise<void> {
    await addTimelineEntry(this.options.db, flowIdOf(name), at, 'message_empty', { recording: recordingIdOf(name) });
  }

  /** Marks a message as done, or as not done. False when there is no such message. */
  async markDone(id: string, by: string | null, at: number): Promise<boolean> {
    const result = await this.options.db
      .updateTable('recordings')
      .set({ done_at: by === null ? null : at, done_by: by })
      .where('id', '=', id)
      .where('kind', '=', 'message')
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    this.options.messagesChanged();
    return Number(result.numUpdatedRows) > 0;
  }

  /** Marks a recording as deleted. False when there is none, or it was deleted before. */
  async markDeleted(id: string, by: string, at: number): Promise<boolean> {
    const isDeleted = await this.options.db.transaction().execute(async (tx) => {
      const row = await tx
        .updateTable('recordings')
        .set({ deleted_at: at, deleted_by: by })
        .where('id', '=', id)
        .where('deleted_at', 'is', null)
        .returning('call_id')
        .executeTakeFirst();
      if (row === undefined) return false;
      // Deletion by age has no actor.
      const detail = { call: row.call_id };
      if (currentActor() !== null) await recordAudit(tx, { at, action: 'recording_deleted', subject: id, detail });
      if (await summaryOf(tx, row.call_id))
        await addTimelineEntry(tx, row.call_id, at, 'recording_deleted', { recording: id, by });
      return true;
    });
    if (isDeleted) this.options.messagesChanged();
    return isDeleted;
  }

  /**
   * Records in the audit log that a recording was played or downloaded, and that a message was heard.
   * @param handset that played it; default: the person or token whose request is handled
   */
  async recordAccess(
    id: string,
    action: 'recording_played' | 'recording_downloaded',
    at: number,
    handset?: string,
  ): Promise<void> {
    const { db } = this.options;
    const row = await db.selectFrom('recordings').where('id', '=', id).select(['call_id', 'kind']).executeTakeFirst();
    await recordAuditOnce(db, { at, action, subject: id, detail: { call: row?.call_id, handset } });
    if (row?.kind !== 'message') return;
    await db
      .updateTable('recordings')
      .set({ heard_at: at, heard_by: handset ?? currentActor() })
      .where('id', '=', id)
      .where('heard_at', 'is', null)
      .execute();
    this.options.messagesChanged();
  }

  /** Ids of recordings that began before an instant, oldest first. */
  async listOlderThan(instant: number, limit: number): Promise<string[]> {
    const rows = await this.options.db
      .selectFrom('recordings')
      .where('deleted_at', 'is', null)
      .where('started_at', '<', instant)
      .orderBy('started_at')
      .limit(limit)
      .select('id')
      .execute();
    return rows.map(({ id }) => id);
  }

  /** Filters ids: those of recordings that exist and are not deleted. */
  async filterExisting(ids: string[]): Promise<Set<string>> {
    const rows = await this.options.db
      .selectFrom('recordings')
      .where('deleted_at', 'is', null)
      .where('id', 'in', ids)
      .select('id')
      .execute();
    return new Set(rows.map(({ id }) => id));
  }
}

function fileColumns({ bytes, durationMs, sha256 }: StoredRecording, at: number) {
  return { bytes, duration_ms: durationMs, sha256, stored_at: at, deleted_at: null, deleted_by: null };
}

function callColumns(
  summary: FlowSummary | undefined,
  asked: CallRecording | undefined,
  { durationMs }: StoredRecording,
  at: number,
): Pick<RecordingRow, 'line' | 'queue' | 'agent' | 'started_at'> {
  // Without a known start, the recording is assumed to end with the call.
  const startedAt = asked?.startedAt ?? (summary?.endedAt ?? at) - durationMs;
  const agent = asked?.agent ? JSON.stringify(asked.agent) : null;
  return { line: summary?.line ?? '', queue: asked?.queue ?? null, agent, started_at: startedAt };
}

/** Length of the recorded talk (ms). Undefined when its start or its end is not known. */
function talkMsOf(asked: CallRecording | undefined): number | undefined {
  if (typeof asked?.startedAt !== 'number' || typeof asked.endedAt !== 'number') return undefined;
  return asked.endedAt - asked.startedAt;
}

async function summaryOf(tx: Kysely<Tables>, callId: string): Promise<FlowSummary | undefined> {
  const row = await tx.selectFrom('flows').where('id', '=', callId).select('summary').executeTakeFirst();
  return row && (JSON.parse(row.summary) as FlowSummary);
}

/** Adds an entry to the timeline of an ended call; a running flow numbers its entries itself. */
async function addTimelineEntry(
  tx: Kysely<Tables>,
  callId: string,
  at: number,
  kind: string,
  data: Record<string, unknown>,
): Promise<void> {
  const last = await tx
    .selectFrom('timeline')
    .where('flow_id', '=', callId)
    .select((e) => e.fn.max('seq').as('seq'))
    .executeTakeFirst();
  const seq = (last?.seq ?? -1) + 1;
  await tx
    .insertInto('timeline')
    .values({ flow_id: callId, seq, at, kind, data: JSON.stringify(data) })
    .execute();
}
