import type { QueueMembership } from '../directory/queue-membership.js';
import type { Instant } from '../lib/clock.js';
import type { Database } from '../storage/database.js';

export const loginEventNames = ['logged_in', 'logged_out', 'paused', 'unpaused'] as const;
export type LoginEventName = (typeof loginEventNames)[number];

/** A login, logout or pause of a handset in a queue, for the history. */
export interface LoginEvent {
  at: Instant;
  handset: string;
  /** Login of the handset's operator at that time; null when it had none. */
  operator: string | null;
  queue: number;
  event: LoginEventName;
  /** Reason of a pause; otherwise empty. */
  reason: string;
  /** The author: name of a token or an operator, `handset` for a feature code, `asterisk` for a change in Asterisk. */
  by: string;
}

export interface MembershipChange {
  queue: number;
  handset: string;
  membership: QueueMembership;
  /** Left out when a handset enters a queue for the first time. */
  event?: LoginEvent;
}

/** Stores the agent logins of a node: one row for each handset that has been in a queue of its Asterisk. */
export class MembershipStore {
  readonly #known = new Map<string, QueueMembership>();
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly db: Database,
    private readonly node: string,
  ) {}

  async load(): Promise<void> {
    this.#known.clear();
    const rows = await this.db.selectFrom('node_standings').where('node', '=', this.node).selectAll().execute();
    for (const row of rows) {
      const paused = row.paused === 1;
      const end = row.paused_until === null ? {} : { pausedUntil: row.paused_until };
      const membership = { loggedIn: row.logged_in === 1, paused, pauseReason: row.pause_reason, ...end };
      this.#known.set(keyOf(row.queue, row.handset), membership);
    }
  }

  /** @returns undefined for a handset that has not been in the queue yet */
  get(queue: number, handset: string): QueueMembership | undefined {
    return this.#known.get(keyOf(queue, handset));
  }

  /** Calls the listener after each change. @returns the function that unsubscribes */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The pauses that end by themselves. */
  pausesWithEnd(): { queue: number; handset: string; until: Instant }[] {
    return [...this.#known].flatMap(([key, { pausedUntil: until }]) =>
      until === undefined ? [] : [{ ...pairOf(key), until }],
    );
  }

  /** Stores all changes with their events in one transaction. */
  async change(changes: MembershipChange[]): Promise<void> {
    if (changes.length === 0) return;
    await this.db.transaction().execute(async (tx) => {
      for (const { queue, handset, membership, event } of changes) {
        const row = {
          logged_in: membership.loggedIn ? 1 : 0,
          paused: membership.paused ? 1 : 0,
          pause_reason: membership.pauseReason,
          paused_until: membership.pausedUntil ?? null,
        };
        await tx
          .insertInto('node_standings')
          .values({ node: this.node, queue, handset, ...row })
          .onConflict((conflict) => conflict.columns(['node', 'queue', 'handset']).doUpdateSet(row))
          .execute();
        if (event !== undefined)
          await tx
            .insertInto('duty_events')
            .values({ ...event, node: this.node })
            .execute();
      }
    });
    for (const { queue, handset, membership } of changes) this.#known.set(keyOf(queue, handset), membership);
    for (const listener of this.#listeners) listener();
  }

  /** Deletes all other memberships: a handset that returns to a queue starts with the default. */
  async keepOnly(pairs: { queue: number; handset: string }[]): Promise<void> {
    const kept = new Set(pairs.map(({ queue, handset }) => keyOf(queue, handset)));
    for (const key of [...this.#known.keys()].filter((one) => !kept.has(one))) {
      const { queue, handset } = pairOf(key);
      await this.db
        .deleteFrom('node_standings')
        .where('node', '=', this.node)
        .where('queue', '=', queue)
        .where('handset', '=', handset)
        .execute();
      this.#known.delete(key);
    }
  }
}

function keyOf(queue: number, handset: string): string {
  return `${queue}/${handset}`;
}

function pairOf(key: string): { queue: number; handset: string } {
  const [queue = '', handset = ''] = key.split(/\/(.*)/s);
  return { queue: Number(queue), handset };
}
