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

/** The numbers that no notification calls. */
export class DoNotCall {
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

  /** False when it is not there. */
  async remove(number: string): Promise<boolean> {
    const removed = await this.db.deleteFrom('do_not_call').where('number', '=', number).executeTakeFirst();
    return removed.numDeletedRows > 0n;
  }

  /** By number. @param after the last one of the page before */
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
