import type { Instant } from '../lib/clock.js';
import type { Database } from '../storage/database.js';

export interface DoNotCallEntry {
  /** E.164. */
  number: string;
  reason: string;
  /** Name of the token or person who added it. */
  by: string;
  at: Instant;
}

/** The stored list of numbers that notifications never call. */
export class DoNotCallList {
  constructor(private readonly db: Database) {}

  async has(number: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('do_not_call')
      .where('number', '=', number)
      .select('number')
      .executeTakeFirst();
    return row !== undefined;
  }

  /** False when it is there already; then nothing changes. */
  async add(entry: DoNotCallEntry): Promise<boolean> {
    const added = await this.db
      .insertInto('do_not_call')
      .values(entry)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  /** False when the number was not on the list. */
  async remove(number: string): Promise<boolean> {
    const removed = await this.db.deleteFrom('do_not_call').where('number', '=', number).executeTakeFirst();
    return removed.numDeletedRows > 0n;
  }

  /** Sorted by number. @param after last number of the previous page */
  list(after: string, limit: number): Promise<DoNotCallEntry[]> {
    return this.db
      .selectFrom('do_not_call')
      .selectAll()
      .where('number', '>', after)
      .orderBy('number')
      .limit(limit)
      .execute();
  }
}
