import type { QueueMembership } from '../directory/queue-membership.js';
import type { Instant } from '../lib/clock.js';
import type { Database } from '../storage/database.js';

export const loginEventNames = ['logged_in', 'logged_out', 'paused', 'unpaused'] as const;
export type LoginEventName = (typeof loginEventNames)[number];

/** What happened to a handset's standing in a queue: the history of who worked when. */
export interface LoginEvent {
  at: Instant;
  handset: string;
  /** Login of the operator whose handset it was then; null when it was nobody's. */
  operator: string | null;
  queue: number;
  event: LoginEventName;
  /** Of a pause; else empty. */
  reason: string;
  /** Who did it: a token's or an operator's name, `handset` for a feature code, `asterisk` for what was done there. */
  by: string;
}

export interface MembershipChange {
  queue: number;
  handset: string;
  standing: QueueMembership;
  /** Left out when it is no news: the first time that a handset is put into a queue. */
  event?: LoginEvent;
}

/** The gateway's memory of who is logged in where: rows of the handsets that have been put into Asterisk's queues. */
export class MembershipStore {
  readonly #known = new Map<string, QueueMembership>();

  constructor(private readonly db: Database) {}

  async load(): Promise<void> {
    this.#known.clear();
    for (const row of await this.db.selectFrom('standings').selectAll().execute()) {
      const paused = row.paused === 1;
      const standing = { loggedIn: row.logged_in === 1, paused, pauseReason: row.pause_reason };
      this.#known.set(keyOf(row.queue, row.handset), standing);
    }
  }

  /** Undefined for a handset that has not been in that queue yet. */
  get(queue: number, handset: string): QueueMembership | undefined {
    return this.#known.get(keyOf(queue, handset));
  }

  /** All or none, with their events. */
  async change(changes: MembershipChange[]): Promise<void> {
    if (changes.length === 0) return;
    await this.db.transaction().execute(async (tx) => {
      for (const { queue, handset, standing, event } of changes) {
        const row = {
          logged_in: standing.loggedIn ? 1 : 0,
          paused: standing.paused ? 1 : 0,
          pause_reason: standing.pauseReason,
        };
        await tx
          .insertInto('standings')
          .values({ queue, handset, ...row })
          .onConflict((conflict) => conflict.columns(['queue', 'handset']).doUpdateSet(row))
          .execute();
        if (event !== undefined) await tx.insertInto('duty_events').values(event).execute();
      }
    });
    for (const { queue, handset, standing } of changes) this.#known.set(keyOf(queue, handset), standing);
  }

  /** Forgets all others: who comes into a queue again begins anew. */
  async keepOnly(pairs: { queue: number; handset: string }[]): Promise<void> {
    const kept = new Set(pairs.map(({ queue, handset }) => keyOf(queue, handset)));
    for (const key of [...this.#known.keys()].filter((one) => !kept.has(one))) {
      const [queue = '', handset = ''] = key.split(/\/(.*)/s);
      await this.db.deleteFrom('standings').where('queue', '=', Number(queue)).where('handset', '=', handset).execute();
      this.#known.delete(key);
    }
  }
}

function keyOf(queue: number, handset: string): string {
  return `${queue}/${handset}`;
}
