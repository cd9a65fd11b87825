import { sql, type Selectable } from 'kysely';
import type { Instant } from '../lib/clock.js';
import { recordAudit } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';
import { guardable } from '../storage/guard.js';
import { fencedTransaction, NO_FENCE, type Fence } from '../storage/node-lease/fence.js';
import { runStatement } from '../storage/run-statement.js';
import type { WebhookDeliveryRow } from '../storage/schema.js';
import { scheduleNext } from '../storage/outbox-line.js';
import { LIFETIME_MS, type AttemptResult, type Standing } from './schedule.js';
import { Setups, setupStatement, type SetupMark } from './setups.js';

/** A literal: with a parameter SQLite would not use the partial indexes of waiting deliveries. */
const WAITING = sql<boolean>`state = 'waiting'`;
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

/** Parameters: the webhook, the busy calls as JSON, the limit. */
const DUE = `select d.*, exists (select 1 from webhook_deliveries later where later.hook = d.hook and later.flow_id = d.flow_id
    and later.state = 'waiting' and later.id > d.id) as overtaken
  from webhook_deliveries d
  where hook = ? and state = 'waiting' and due_at is not null and flow_id not in (select value from json_each(?))
  order by due_at, id limit ?`;
/** A delivery that was deleted while its request was in progress has no row any more: nothing is stored. */
const ATTEMPT = guardable(`insert into webhook_attempts (delivery_id, number, at, latency_ms, status, failed, answer)
  select id, coalesce((select max(number) from webhook_attempts where delivery_id = d.id), 0) + 1, ?, ?, ?, ?, ?
  from webhook_deliveries d where id = ?`);
const FINISHED =
  'update webhook_deliveries set state = ?, due_at = null, finished_at = ?, tries = tries + 1 where id = ?';
const POSTPONED = "update webhook_deliveries set state = 'waiting', due_at = ?, tries = tries + 1 where id = ?";
/** The first delivery that waits behind the finished one. */
const NEXT_IN_CALL = `update webhook_deliveries set due_at = ? where due_at is null
  and id = (select min(id) from webhook_deliveries where hook = ? and flow_id = ? and state = 'waiting')`;

/** What a webhook has to deliver now. */
interface DueDeliveries {
  due: DueDelivery[];
  /** When the first of the others is due; undefined when there are none, or more are due than were read. */
  nextDueAt: Instant | undefined;
  /** Nothing else waits, calls in progress aside. */
  isComplete: boolean;
}

/** Waiting deliveries in the database. Of each call at most one is due; those behind it have no due time. */
export class Outbox {
  constructor(
    private readonly db: Database,
    private readonly fence: Fence = NO_FENCE,
    readonly setups = new Setups(db),
  ) {}

  /** Due deliveries of a webhook, longest due first, without those of `busy` calls. */
  async due(hook: string, now: Instant, busy: string[], limit: number): Promise<DueDeliveries> {
    const { rows } = await runStatement<Selectable<WebhookDeliveryRow> & { overtaken: number }>(this.db, {
      sql: DUE,
      parameters: [hook, JSON.stringify(busy), limit],
    });
    const isDue = ({ due_at: at }: { due_at: Instant | null }) => at !== null && at <= now;
    const due = rows.filter(isDue).map((row) => ({
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
    return { due, nextDueAt: rows[due.length]?.due_at ?? undefined, isComplete: rows.length < limit };
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

  /** Stores an attempt and the resulting state of its delivery, and makes the next one of the call due. */
  async attempted(
    hook: string,
    { id, flowId, setup }: Pick<DueDelivery, 'id' | 'flowId' | 'setup'>,
    result: AttemptResult,
    fate: 'delivered' | 'dead' | { againAt: Instant },
    { startedAt, now }: { startedAt: Instant; now: Instant },
  ): Promise<void> {
    const answer = 'answer' in result ? result.answer.slice(0, KEPT_ANSWER) : '';
    const status = 'status' in result ? result.status : null;
    const failed = 'failed' in result ? result.failed : null;
    const received = fate === 'delivered' ? setup : null;
    const statements = [
      { ...ATTEMPT, parameters: [startedAt, result.latencyMs, status, failed, answer, id] },
      ...(typeof fate === 'string'
        ? [
            { sql: FINISHED, parameters: [fate, now, id] },
            { sql: NEXT_IN_CALL, parameters: [now, hook, flowId] },
          ]
        : [{ sql: POSTPONED, parameters: [fate.againAt, id] }]),
      ...(received === null ? [] : [setupStatement(hook, received)]),
    ];
    await this.fence((guards) => this.db.write(() => [...guards, ...statements]));
    if (received !== null) this.setups.received(hook, received);
  }

  /** Stores a final state without an attempt. */
  async settle({ id, flowId }: Pick<DueDelivery, 'id' | 'flowId'>, fate: 'dropped' | 'dead', now: Instant) {
    await fencedTransaction(this.db, this.fence, async (tx) => {
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
    const [delivery] = again;
    if (delivery === undefined) return false;
    await this.#recordResent(delivery.hook, 1, now);
    await this.#putBack(again, now);
    return true;
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
    if (dead.length > 0) await this.#recordResent(hook, dead.length, now);
    for (let start = 0; start < dead.length; start += PUT_BACK_AT_ONCE)
      await this.#putBack(dead.slice(start, start + PUT_BACK_AT_ONCE), now);
    return dead.length;
  }

  async #recordResent(hook: string, count: number, at: Instant): Promise<void> {
    await recordAudit(this.db, { at, action: 'deliveries_resent', subject: hook, detail: { count } });
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
