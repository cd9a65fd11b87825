import { sql } from 'kysely';
import type { Instant } from '../lib/clock.js';
import type { Database } from '../storage/database.js';
import { scheduleNext } from '../storage/outbox-line.js';
import { LIFETIME_MS, type AttemptResult, type Standing } from './schedule.js';
import { Setups, type SetupMark } from './setups.js';

/** A literal: with a parameter SQLite would not use the partial indexes of waiting deliveries. */
const WAITING = sql<boolean>`state = 'waiting'`;
const NOTHING = (): void => undefined;
/** Deliveries per transaction. While a transaction runs, no call can be stored. */
const PUT_BACK_AT_ONCE = 100;
/** Characters of a response that are stored. */
const KEPT_ANSWER = 2000;

export interface DueDelivery extends Standing {
  id: number;
  flowId: string;
  eventId: string;
  contentType: string;
  body: string;
  /** Undefined: the address of the webhook. */
  url: string | undefined;
  /** The line setup that the body contains. */
  setup: SetupMark | null;
}

/** Waiting deliveries in the database. Of each call at most one is due; those behind it have no due time. */
export class Outbox {
  constructor(
    private readonly db: Database,
    readonly setups = new Setups(db),
  ) {}

  /** Due deliveries of a webhook, longest due first, without those of `busy` calls. */
  async due(hook: string, now: Instant, busy: string[], limit: number): Promise<DueDelivery[]> {
    const rows = await this.db
      .selectFrom('webhook_deliveries as d')
      .where('hook', '=', hook)
      .where(WAITING)
      .where('due_at', '<=', now)
      .$if(busy.length > 0, (query) => query.where('flow_id', 'not in', busy))
      .selectAll()
      .select(
        sql<number>`exists (select 1 from webhook_deliveries later where later.hook = d.hook
          and later.flow_id = d.flow_id and later.state = 'waiting' and later.id > d.id)`.as('overtaken'),
      )
      .orderBy('due_at')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      flowId: row.flow_id,
      eventId: row.event_id,
      event: row.event,
      contentType: row.content_type,
      body: row.body,
      url: row.url ?? undefined,
      setup: setupOf(row),
      tries: row.tries,
      expiresAt: row.expires_at,
      overtaken: row.overtaken === 1,
    }));
  }

  /** When the next delivery is due, not counting `busy` calls. */
  async nextDueAt(hook: string, busy: string[]): Promise<Instant | undefined> {
    const row = await this.db
      .selectFrom('webhook_deliveries')
      .where('hook', '=', hook)
      .where(WAITING)
      .where('due_at', 'is not', null)
      .$if(busy.length > 0, (query) => query.where('flow_id', 'not in', busy))
      .select((e) => e.fn.min('due_at').as('at'))
      .executeTakeFirst();
    return row?.at ?? undefined;
  }

  /** Makes the first waiting delivery of each call due. */
  async dueNow(hook: string, now: Instant): Promise<void> {
    await this.db
      .updateTable('webhook_deliveries')
      .set({ due_at: now })
      .where('hook', '=', hook)
      .where(WAITING)
      .where('due_at', 'is not', null)
      .execute();
  }

  /** Stores an attempt and the resulting state of its delivery. Does nothing when the delivery was deleted. */
  async attempted(
    hook: string,
    { id, flowId, setup }: Pick<DueDelivery, 'id' | 'flowId' | 'setup'>,
    result: AttemptResult,
    fate: 'delivered' | 'dead' | { againAt: Instant },
    { startedAt, now }: { startedAt: Instant; now: Instant },
  ): Promise<void> {
    const stored = await this.db.transaction().execute(async (tx): Promise<() => void> => {
      const known = await tx.selectFrom('webhook_deliveries').where('id', '=', id).select('id').executeTakeFirst();
      // Deleted while the request was in progress.
      if (known === undefined) return NOTHING;
      const last = await tx
        .selectFrom('webhook_attempts')
        .where('delivery_id', '=', id)
        .select((e) => e.fn.max('number').as('number'))
        .executeTakeFirst();
      await tx
        .insertInto('webhook_attempts')
        .values({
          delivery_id: id,
          number: (last?.number ?? 0) + 1,
          at: startedAt,
          latency_ms: result.latencyMs,
          status: 'status' in result ? result.status : null,
          failed: 'failed' in result ? result.failed : null,
          answer: 'answer' in result ? result.answer.slice(0, KEPT_ANSWER) : '',
        })
        .execute();
      const after =
        typeof fate === 'string'
          ? { state: fate, due_at: null, finished_at: now }
          : { state: 'waiting' as const, due_at: fate.againAt };
      await tx
        .updateTable('webhook_deliveries')
        .set((e) => ({ ...after, tries: e('tries', '+', 1) }))
        .where('id', '=', id)
        .execute();
      await scheduleNext(tx, flowId, now);
      return fate === 'delivered' && setup !== null ? this.setups.take(tx, hook, setup) : NOTHING;
    });
    stored();
  }

  /** Stores a final state without an attempt. */
  async settle({ id, flowId }: Pick<DueDelivery, 'id' | 'flowId'>, fate: 'dropped' | 'dead', now: Instant) {
    await this.db.transaction().execute(async (tx) => {
      await tx
        .updateTable('webhook_deliveries')
        .set({ state: fate, due_at: null, finished_at: now })
        .where('id', '=', id)
        .execute();
      await scheduleNext(tx, flowId, now);
    });
  }

  /** Names of webhooks with waiting deliveries. */
  async hooksWithWaiting(): Promise<string[]> {
    const rows = await this.db.selectFrom('webhook_deliveries').where(WAITING).select('hook').distinct().execute();
    return rows.map(({ hook }) => hook);
  }

  /** Gives up the waiting deliveries of a removed webhook. */
  async abandon(hook: string, now: Instant): Promise<void> {
    await this.db
      .updateTable('webhook_deliveries')
      .set({ state: 'dead', due_at: null, finished_at: now })
      .where('hook', '=', hook)
      .where(WAITING)
      .execute();
  }

  /** Queues a delivery again, in any state, with the lifetime of a new one. @returns false when the id is unknown */
  async redeliver(id: number, now: Instant): Promise<boolean> {
    const again = await this.db
      .selectFrom('webhook_deliveries')
      .where('id', '=', id)
      .select(['id', 'hook', 'flow_id'])
      .execute();
    await this.#putBack(again, now);
    return again.length > 0;
  }

  /** Queues every dead letter of a webhook again, in order within a call. @returns their number */
  async redeliverDead(hook: string, now: Instant): Promise<number> {
    const dead = await this.db
      .selectFrom('webhook_deliveries')
      .where('hook', '=', hook)
      .where('state', '=', 'dead')
      .select(['id', 'hook', 'flow_id'])
      .orderBy('id')
      .execute();
    for (let start = 0; start < dead.length; start += PUT_BACK_AT_ONCE)
      await this.#putBack(dead.slice(start, start + PUT_BACK_AT_ONCE), now);
    return dead.length;
  }

  /** Later waiting deliveries of the same calls lose their due time. */
  async #putBack(deliveries: { id: number; hook: string; flow_id: string }[], now: Instant): Promise<void> {
    const fresh = {
      state: 'waiting',
      tries: 0,
      due_at: null,
      expires_at: now + LIFETIME_MS,
      finished_at: null,
    } as const;
    await this.db.transaction().execute(async (tx) => {
      for (const { id, hook, flow_id } of deliveries) {
        await tx.updateTable('webhook_deliveries').set(fresh).where('id', '=', id).execute();
        await tx
          .updateTable('webhook_deliveries')
          .set({ due_at: null })
          .where('hook', '=', hook)
          .where('flow_id', '=', flow_id)
          .where(WAITING)
          .where('id', '>', id)
          .execute();
      }
      for (const flowId of new Set(deliveries.map(({ flow_id }) => flow_id))) await scheduleNext(tx, flowId, now);
    });
  }
}

function setupOf({ setup_line: line, setup_mark: mark }: { setup_line: string | null; setup_mark: string | null }) {
  return line === null || mark === null ? null : { line, mark };
}
