import { sql } from 'kysely';
import type { Instant } from '../lib/clock.js';
import type { History } from '../storage/database.js';
import { LIFETIME_MS } from './schedule.js';

/** Of all webhooks; older successes do not change what is shown. Bounds the reading of a table that holds months. */
const NEWEST_DELIVERED = 5_000;

/** How deliveries to one webhook go at present. */
export interface ReceiverHealth {
  /** Deliveries that wait, those behind a failing one of the same call included. */
  waiting: number;
  /** Waiting deliveries whose last attempt failed. */
  failing: number;
  /** The first failed attempt of the deliveries that fail now; null when none does. */
  failingSince: Instant | null;
  /** Deliveries that were given up. */
  dead: number;
  /** The last acknowledged delivery among the newest. */
  deliveredAt: Instant | null;
  /** The last failed attempt of a delivery that waits or was given up. */
  lastFailure: { at: Instant; status: number | null; failed: string | null } | null;
}

/** Computes the health of webhooks from their stored deliveries. */
export class ReceiverHealthReader {
  constructor(private readonly db: History) {}

  async of(hook: string): Promise<ReceiverHealth> {
    const [counts, delivered, since, lastFailure] = await Promise.all([
      this.#counts(hook),
      this.#deliveredAt(hook),
      this.#failingSince(hook),
      this.#lastFailure(hook),
    ]);
    return { ...counts, deliveredAt: delivered, failingSince: since, lastFailure };
  }

  async #counts(hook: string) {
    const { rows } = await sql<{ state: 'waiting' | 'dead'; count: number; failing: number }>`
      select 'waiting' as state, count(*) as count, count(*) filter (where tries > 0 and due_at is not null) as failing
        from webhook_deliveries where hook = ${hook} and state = 'waiting'
      union all
      select 'dead', count(*), 0 from webhook_deliveries where state = 'dead' and hook = ${hook}`.execute(this.db);
    const of = (state: 'waiting' | 'dead') => rows.find((row) => row.state === state);
    return { waiting: of('waiting')?.count ?? 0, failing: of('waiting')?.failing ?? 0, dead: of('dead')?.count ?? 0 };
  }

  async #deliveredAt(hook: string): Promise<Instant | null> {
    const { rows } = await sql<{ at: Instant | null }>`
      select max(finished_at) as at from (select hook, finished_at from webhook_deliveries
        where state = 'delivered' order by id desc limit ${NEWEST_DELIVERED}) newest where hook = ${hook}`.execute(
      this.db,
    );
    return rows[0]?.at ?? null;
  }

  /** Attempts before a delivery was queued again do not count. */
  async #failingSince(hook: string): Promise<Instant | null> {
    const { rows } = await sql<{ at: Instant | null }>`
      select min(a.at) as at from webhook_deliveries d join webhook_attempts a on a.delivery_id = d.id
        where d.hook = ${hook} and d.state = 'waiting' and d.tries > 0 and d.due_at is not null
          and a.at >= d.expires_at - ${LIFETIME_MS}`.execute(this.db);
    return rows[0]?.at ?? null;
  }

  async #lastFailure(hook: string): Promise<ReceiverHealth['lastFailure']> {
    const { rows } = await sql<{ at: Instant; status: number | null; failed: string | null }>`
      select a.at, a.status, a.failed from webhook_attempts a where a.delivery_id in (
          select id from webhook_deliveries where hook = ${hook} and state = 'waiting' and tries > 0
          union all
          select * from (select id from webhook_deliveries where state = 'dead' and hook = ${hook} order by id desc limit 1) newest)
        order by a.at desc, a.delivery_id desc, a.number desc limit 1`.execute(this.db);
    return rows[0] ?? null;
  }
}
