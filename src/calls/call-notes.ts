import { sql } from 'kysely';
import type { Clock, Instant } from '../lib/clock.js';
import { SECOND_MS } from '../lib/time.js';
import { recordAuditOnce } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';
import { storeDeliveries, type EventFanout } from '../storage/flow-store.js';
import type { NewDelivery } from '../storage/schema.js';
import type { ResourceEvent } from '../telephony/domain-events.js';
import { searchedText } from './searched-text.js';

/** A text that a person or program wrote about a call. */
export interface CallNote {
  text: string;
  /** `@login` of the person, or the name of the token. */
  by: string;
  at: Instant;
}

/** `changed`: somebody else has changed the note meanwhile; `note`: as it is now, null when it was removed. */
type PutOutcome =
  | { ok: true; note: CallNote | null }
  | { ok: false; why: 'changed'; note: CallNote | null }
  | { ok: false; why: 'unknown_call' };

interface CallNotesOptions {
  db: Database;
  /** Fan-out of the event `call_note` to webhooks. */
  fanout: EventFanout;
  clock: Pick<Clock, 'now'>;
}

/** The console saves while a person types: an event is sent when the text has not changed for this long. */
const SETTLE_MS = 5 * SECOND_MS;

/** The notes of calls, one for each call. */
export class CallNotes {
  constructor(private readonly options: CallNotesOptions) {}

  /** The note of a call; null when it has none. */
  async find(callId: string): Promise<CallNote | null> {
    const row = await this.options.db
      .selectFrom('call_notes')
      .where('call_id', '=', callId)
      .where('text', '<>', '')
      .select(['text', 'by', 'at'])
      .executeTakeFirst();
    return row ?? null;
  }

  /**
   * Stores the note, or removes it when the text is empty.
   * @param replaces instant of the note that the text is based on, null for none; undefined: replaces any
   */
  async put(callId: string, text: string, by: string, replaces?: Instant | null): Promise<PutOutcome> {
    const { db, fanout, clock } = this.options;
    const outcome = await db.transaction().execute(async (tx) => {
      const call = await tx.selectFrom('calls').where('id', '=', callId).select('id').executeTakeFirst();
      if (call === undefined) return { ok: false, why: 'unknown_call' } as const;
      const before = await tx.selectFrom('call_notes').where('call_id', '=', callId).selectAll().executeTakeFirst();
      const known =
        before === undefined || before.text === '' ? null : { text: before.text, by: before.by, at: before.at };
      // Also for a request that is repeated because its response was lost.
      if (text === (known?.text ?? '')) return { ok: true, note: known } as const;
      if (replaces !== undefined && replaces !== (known?.at ?? null))
        return { ok: false, why: 'changed', note: known } as const;
      // Later than the former one, so that an instant names one text.
      const at = Math.max(clock.now(), (before?.at ?? 0) + 1);
      const changes = (before?.changes ?? 0) + 1;
      const row = { text, searched: searchedText(text), by, at, changes };
      await tx
        .insertInto('call_notes')
        .values({ call_id: callId, ...row })
        .onConflict((conflict) => conflict.column('call_id').doUpdateSet(row))
        .execute();
      if (known !== null && known.by !== by)
        await recordAuditOnce(tx, { at, action: 'call_note_changed', subject: callId, detail: { by: known.by } });
      const event: ResourceEvent = {
        event: 'call_note',
        seq: changes,
        at,
        fields: { call_id: callId, note: text, by },
        callbackUrl: null,
      };
      const deliveries = fanout.deliveries(callId, [event]);
      await storeNewest(tx, deliveries, at);
      return { ok: true, note: text === '' ? null : { text, by, at }, hasDeliveries: deliveries.length > 0 } as const;
    });
    if (outcome.ok && 'hasDeliveries' in outcome && outcome.hasDeliveries) fanout.stored();
    return outcome;
  }
}

/** Stores deliveries that are due after {@link SETTLE_MS}. They replace those of earlier texts that are not due yet. */
async function storeNewest(
  tx: Parameters<typeof storeDeliveries>[0],
  deliveries: NewDelivery[],
  at: Instant,
): Promise<void> {
  for (const delivery of deliveries) {
    const { hook, flow_id, event, event_id, seq, body } = delivery;
    const replaced = await tx
      .updateTable('webhook_deliveries')
      .set({
        event_id,
        seq,
        body,
        due_at: sql<number>`case when due_at is null then null else cast(${at + SETTLE_MS} as bigint) end`,
      })
      .where('hook', '=', hook)
      .where('flow_id', '=', flow_id)
      .where('event', '=', event)
      .where('state', '=', 'waiting')
      // A delivery that is due may be on its way.
      .where(sql<boolean>`(due_at is null or due_at > ${at})`)
      .executeTakeFirst();
    if (replaced.numUpdatedRows > 0n) continue;
    await storeDeliveries(tx, [delivery]);
    await tx
      .updateTable('webhook_deliveries')
      .set({ due_at: at + SETTLE_MS })
      .where('event_id', '=', event_id)
      .where('hook', '=', hook)
      .where('due_at', 'is not', null)
      .execute();
  }
}
