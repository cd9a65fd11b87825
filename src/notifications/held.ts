import { sql } from 'kysely';
import type { Clock } from '../lib/clock.js';
import type { Database } from '../storage/database.js';
import { greater } from '../storage/sql.js';
import type { NotificationStore } from './store.js';

interface HeldNotificationsOptions {
  db: Database;
  store: Pick<NotificationStore, 'finish'>;
  clock: Clock;
  /** Called when notifications may have become due. */
  onReleased: () => void;
}

/**
 * Notifications that were due when the data folder was copied or restored: the lost gateway may have called these people, so a
 * person decides whether they are called. Until then they wait, and expire as all others.
 */
export class HeldNotifications {
  constructor(private readonly options: HeldNotificationsOptions) {}

  /** Holds the notifications that are due. @param interrupted ids of those whose call was in progress, whenever they are due */
  async hold(interrupted: readonly string[]): Promise<void> {
    const { db, clock } = this.options;
    const now = clock.now();
    const waiting = db.updateTable('notifications').set({ held_since: now }).where('state', '=', 'waiting');
    await waiting.where('due_at', '<=', now).execute();
    for (const id of interrupted) await waiting.where('id', '=', id).execute();
  }

  async count(): Promise<number> {
    const { n } = await this.options.db
      .selectFrom('notifications')
      .where('state', '=', 'waiting')
      .where('held_since', 'is not', null)
      .select((e) => e.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    return n;
  }

  /** Lets the scheduler call them. @returns their number */
  async release(): Promise<number> {
    const { db, onReleased } = this.options;
    const { numUpdatedRows } = await db
      .updateTable('notifications')
      .set({ held_since: null, due_at: greater(sql.ref('due_at'), sql`${this.options.clock.now()}`) })
      .where('state', '=', 'waiting')
      .where('held_since', 'is not', null)
      .executeTakeFirst();
    onReleased();
    return Number(numUpdatedRows);
  }

  /** Ends them without a call; their webhooks report `canceled`. @returns their number */
  async cancel(): Promise<number> {
    const { db, store, clock } = this.options;
    const held = await db
      .selectFrom('notifications')
      .where('state', '=', 'waiting')
      .where('held_since', 'is not', null)
      .select('id')
      .execute();
    let canceled = 0;
    for (const { id } of held) if (await store.finish(id, 'canceled', clock.now())) canceled += 1;
    return canceled;
  }
}
