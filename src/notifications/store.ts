import type { Kysely } from 'kysely';
import type { MessageOutcome, MessageReport } from '../calls/message-call.js';
import { attemptCallId } from '../kernel/ids.js';
import type { Instant } from '../lib/clock.js';
import type { Database } from '../storage/database.js';
import { fencedTransaction, NO_FENCE, type Fence } from '../storage/node-lease/fence.js';
import type { NotificationRow, Tables } from '../storage/schema.js';
import type { ActiveCall, Decision, WaitingNotification } from './decide.js';
import type { DigitAction, NotificationResult } from './port.js';
import { nextAfterCall } from './retry.js';
import type { Terms } from './terms.js';
import { DAY_MS } from '../lib/time.js';

/** How long a call counts for the budget of its order. */
const ORDER_MS = DAY_MS;

type Tx = Kysely<Tables>;

/** Publishes the result of a notification within the transaction that stores it. */
export interface ResultPublisher {
  publish(tx: Tx, notification: NotificationRow, at: Instant): Promise<void>;
  /** Called after the transaction was committed. */
  onCommitted(): void;
}

/** The notifications in the database. Each change is one transaction and does nothing when the state has changed meanwhile. */
export class NotificationStore {
  constructor(
    private readonly db: Database,
    private readonly publisher: ResultPublisher,
    /** Of the gateway that makes the calls. */
    private readonly fence: Fence = NO_FENCE,
    /** Of any gateway. */
    private readonly ownFence: Fence = fence,
  ) {}

  find(id: string): Promise<NotificationRow | undefined> {
    return this.db.selectFrom('notifications').where('id', '=', id).selectAll().executeTakeFirst();
  }

  findExternal(externalId: string): Promise<NotificationRow | undefined> {
    return this.db.selectFrom('notifications').where('external_id', '=', externalId).selectAll().executeTakeFirst();
  }

  findAttempts(id: string) {
    return this.db
      .selectFrom('notification_attempts')
      .where('notification_id', '=', id)
      .selectAll()
      .orderBy('number')
      .execute();
  }

  /**
   * Stores a notification unless its external id exists. @param supersede end waiting notifications of the same order
   * @returns the stored notification, or the existing one
   */
  async add(row: NotificationRow, supersede: boolean): Promise<{ row: NotificationRow; isNew: boolean }> {
    const added = await fencedTransaction(this.db, this.ownFence, async (tx) => {
      const known = await tx
        .selectFrom('notifications')
        .where('external_id', '=', row.external_id)
        .selectAll()
        .executeTakeFirst();
      if (known !== undefined) return { row: known, isNew: false };
      if (supersede) await this.#supersede(tx, row.order_id, row.created_at);
      await tx.insertInto('notifications').values(row).execute();
      if (row.state === 'done') await this.publisher.publish(tx, row, row.created_at);
      return { row, isNew: true };
    });
    this.publisher.onCommitted();
    return added;
  }

  /** Ends the waiting notifications of an order; one that is being called is not called again. */
  async supersede(orderId: string, at: Instant): Promise<void> {
    await fencedTransaction(this.db, this.ownFence, (tx) => this.#supersede(tx, orderId, at));
    this.publisher.onCommitted();
  }

  async #supersede(tx: Tx, orderId: string, at: Instant): Promise<void> {
    const older = await tx
      .selectFrom('notifications')
      .where('order_id', '=', orderId)
      .where('state', '=', 'waiting')
      .selectAll()
      .execute();
    for (const row of older) await this.#finish(tx, row, 'superseded', at);
    await tx
      .updateTable('notifications')
      .set({ withdrawn: 'superseded' })
      .where('order_id', '=', orderId)
      .where('state', '=', 'calling')
      .execute();
  }

  /** Ends a waiting notification. False when it does not wait. */
  async finish(id: string, result: NotificationResult, at: Instant): Promise<boolean> {
    const finished = await fencedTransaction(this.db, this.ownFence, async (tx) => {
      const row = await this.#inState(tx, id, 'waiting');
      if (row !== undefined) await this.#finish(tx, row, result, at);
      return row !== undefined;
    });
    this.publisher.onCommitted();
    return finished;
  }

  /** Ends a waiting notification; one that is being called is not called again. False when it is done already. */
  async cancel(id: string, at: Instant): Promise<boolean> {
    if (await this.finish(id, 'canceled', at)) return true;
    const marked = await this.db
      .updateTable('notifications')
      .set({ withdrawn: 'canceled' })
      .where('id', '=', id)
      .where('state', '=', 'calling')
      .executeTakeFirst();
    return marked.numUpdatedRows > 0n;
  }

  async defer(ids: Decision['defer']): Promise<void> {
    for (const { id, until } of ids) {
      await this.db
        .updateTable('notifications')
        .set({ due_at: until })
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .execute();
    }
  }

  /** Moves a notification to the state `calling` and adds an attempt. Undefined when it does not wait any more. */
  async claim(id: string, at: Instant): Promise<{ row: NotificationRow; callId: string } | undefined> {
    return fencedTransaction(this.db, this.fence, async (tx) => {
      const row = await this.#inState(tx, id, 'waiting');
      if (row === undefined) return undefined;
      const number = row.attempts + 1;
      const callId = attemptCallId(id, number);
      await tx.updateTable('notifications').set({ state: 'calling', attempts: number }).where('id', '=', id).execute();
      const { order_id, trunk } = row;
      const attempt = { notification_id: id, number, flow_id: callId, order_id, trunk, started_at: at };
      await tx
        .insertInto('notification_attempts')
        .values({ ...attempt, ended_at: null, outcome: null })
        .execute();
      return { row: { ...row, state: 'calling', attempts: number }, callId };
    });
  }

  /** Undoes {@link claim} for a call that never started. @param next time of the next attempt, or the final result */
  async release(id: string, next: { dueAt: Instant } | { result: NotificationResult }, now: Instant): Promise<void> {
    await fencedTransaction(this.db, this.fence, async (tx) => {
      const row = await this.#inState(tx, id, 'calling');
      if (row === undefined) return;
      const attempts = row.attempts - 1;
      await tx
        .deleteFrom('notification_attempts')
        .where('notification_id', '=', id)
        .where('number', '=', row.attempts)
        .execute();
      const result = row.withdrawn ?? ('result' in next ? next.result : null);
      if (result !== null) await this.#finish(tx, { ...row, attempts }, result, now);
      else if ('dueAt' in next)
        await tx
          .updateTable('notifications')
          .set({ state: 'waiting', attempts, due_at: next.dueAt })
          .where('id', '=', id)
          .execute();
    });
    this.publisher.onCommitted();
  }

  /** Stores the outcome of a call, and either the next attempt or the result of the notification. */
  settle(id: string, report: MessageReport, now: Instant): Promise<void> {
    return this.#settle(this.fence, id, report, now);
  }

  /** As {@link settle}, before any gateway makes calls of notifications. */
  settleInterrupted(id: string, report: MessageReport, now: Instant): Promise<void> {
    return this.#settle(this.ownFence, id, report, now);
  }

  async #settle(fence: Fence, id: string, report: MessageReport, now: Instant): Promise<void> {
    await fencedTransaction(this.db, fence, async (tx) => {
      const row = await this.#inState(tx, id, 'calling');
      if (row === undefined) return;
      const { outcome, answeredAt, endedAt, digit } = report;
      await tx
        .updateTable('notification_attempts')
        .set({ outcome, ended_at: endedAt })
        .where('notification_id', '=', id)
        .where('number', '=', row.attempts)
        .execute();
      const { retry, options } = JSON.parse(row.terms) as Terms;
      const attempts = await countCalls(tx, row);
      const orderRepeats = await countRepeatsOfOthers(tx, row, now);
      const { expires_at: expiresAt, withdrawn } = row;
      const next = nextAfterCall({ now, outcome, attempts, orderRepeats, expiresAt, withdrawn, retry });
      if ('againAt' in next)
        await tx
          .updateTable('notifications')
          .set({ state: 'waiting', due_at: next.againAt })
          .where('id', '=', id)
          .execute();
      else {
        const action: DigitAction | null = options.find((option) => option.digit === digit)?.action ?? null;
        const spoken = { answered_at: answeredAt, duration_ms: answeredAt === null ? null : endedAt - answeredAt };
        await this.#finish(tx, { ...row, ...spoken, digit, action }, next.result, now);
      }
    });
    this.publisher.onCommitted();
  }

  async #finish(tx: Tx, row: NotificationRow, result: NotificationResult, at: Instant): Promise<void> {
    const { attempts, answered_at, duration_ms, digit, action } = row;
    const done = { state: 'done' as const, result, finished_at: at };
    await tx
      .updateTable('notifications')
      .set({ ...done, attempts, answered_at, duration_ms, digit, action })
      .where('id', '=', row.id)
      .execute();
    await this.publisher.publish(tx, { ...row, ...done }, at);
  }

  #inState(tx: Tx, id: string, state: NotificationRow['state']): Promise<NotificationRow | undefined> {
    return tx
      .selectFrom('notifications')
      .where('id', '=', id)
      .where('state', '=', state)
      .selectAll()
      .executeTakeFirst();
  }

  /** The calls in progress. */
  async findActiveCalls(): Promise<(ActiveCall & { id: string; callId: string })[]> {
    const rows = await this.db
      .selectFrom('notifications')
      .where('state', '=', 'calling')
      .select(['id', 'order_id', 'to_number', 'trunk', 'attempts'])
      .execute();
    return rows.map(({ id, order_id: orderId, to_number: to, trunk, attempts }) => ({
      id,
      orderId,
      to,
      trunk,
      callId: attemptCallId(id, attempts),
    }));
  }

  /** Notifications that are due, oldest first, without those whose order or number is being called. @param most limit for each trunk */
  async findDue(now: Instant, most: number): Promise<WaitingNotification[]> {
    const trunks = await this.db
      .selectFrom('notifications')
      .where('state', '=', 'waiting')
      .where('due_at', '<=', now)
      .select('trunk')
      .distinct()
      .execute();
    const due = await Promise.all(
      trunks.map(({ trunk }) =>
        this.db
          .selectFrom('notifications as n')
          .where('n.state', '=', 'waiting')
          .where('n.trunk', '=', trunk)
          .where('n.held_since', 'is', null)
          .where('n.due_at', '<=', now)
          .where('n.expires_at', '>', now)
          .where((e) =>
            e.not(
              e.exists(
                e
                  .selectFrom('notifications as c')
                  .where('c.state', '=', 'calling')
                  .where((c) =>
                    c.or([c('c.order_id', '=', c.ref('n.order_id')), c('c.to_number', '=', c.ref('n.to_number'))]),
                  )
                  .select('c.id'),
              ),
            ),
          )
          .select(WAITING)
          .orderBy('n.due_at')
          .orderBy('n.created_at')
          .limit(most)
          .execute(),
      ),
    );
    return due
      .flat()
      .sort((a, b) => a.due_at - b.due_at)
      .map(waitingOf);
  }

  /** Waiting notifications that have expired. */
  async findExpired(now: Instant, most: number): Promise<WaitingNotification[]> {
    const rows = await this.db
      .selectFrom('notifications')
      .where('state', '=', 'waiting')
      .where('expires_at', '<=', now)
      .select(WAITING)
      .limit(most)
      .execute();
    return rows.map(waitingOf);
  }

  /** When the next waiting notification becomes due, and when the first one expires or has expired; Infinity: none does. */
  async outlook(now: Instant): Promise<{ dueAt: Instant; expiresAt: Instant }> {
    const { due_at, expires_at } = await this.db
      .selectNoFrom((e) => {
        const waiting = e.selectFrom('notifications').where('state', '=', 'waiting');
        return [
          waiting
            .where('due_at', '>', now)
            .select(({ fn }) => fn.min('due_at').as('at'))
            .as('due_at'),
          waiting.select(({ fn }) => fn.min('expires_at').as('at')).as('expires_at'),
        ];
      })
      .executeTakeFirstOrThrow();
    return { dueAt: due_at ?? Infinity, expiresAt: expires_at ?? Infinity };
  }

  begunSince(since: Instant): Promise<{ at: Instant; trunk: string }[]> {
    return this.db
      .selectFrom('notification_attempts')
      .where('started_at', '>', since)
      .select(['started_at as at', 'trunk'])
      .execute();
  }
}

const WAITING = ['id', 'order_id', 'to_number', 'trunk', 'expires_at', 'terms', 'due_at'] as const;

function waitingOf(row: Pick<NotificationRow, (typeof WAITING)[number]>): WaitingNotification {
  const { id, order_id: orderId, to_number: to, trunk, expires_at: expiresAt, terms } = row;
  return { id, orderId, to, trunk, expiresAt, window: (JSON.parse(terms) as Terms).window };
}

/** The outcome of a call that our own limits rejected; it does not count as a call. */
const LIMITED: MessageOutcome = 'limited';

async function countCalls(tx: Tx, { id }: NotificationRow): Promise<number> {
  const { n } = await tx
    .selectFrom('notification_attempts')
    .where('notification_id', '=', id)
    .where('outcome', 'is distinct from', LIMITED)
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return n;
}

/** Counts second and later calls of the order's other notifications. */
async function countRepeatsOfOthers(tx: Tx, { id, order_id }: NotificationRow, now: Instant): Promise<number> {
  const { n } = await tx
    .selectFrom('notification_attempts as later')
    .where('later.order_id', '=', order_id)
    .where('later.notification_id', '!=', id)
    .where('later.outcome', 'is distinct from', LIMITED)
    .where('later.started_at', '>', now - ORDER_MS)
    .where((e) =>
      e.exists(
        e
          .selectFrom('notification_attempts as first')
          .whereRef('first.notification_id', '=', 'later.notification_id')
          .whereRef('first.number', '<', 'later.number')
          .where('first.outcome', 'is distinct from', LIMITED)
          .select('first.number'),
      ),
    )
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return n;
}
