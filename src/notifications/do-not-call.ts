import type { Instant } from '../lib/clock.js';
import { recordAudit } from '../storage/audit-log.js';
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
    return this.db.transaction().execute(async (tx) => {
      const added = await tx
        .insertInto('do_not_call')
        .values(entry)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      const isNew = (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
      if (isNew) await recordAudit(tx, { at: entry.at, action: 'do_not_call_added' });
      return isNew;
    });
  }

  /** False when the number was not on the list. */
  async remove(number: string, at: Instant): Promise<boolean> {
    return this.db.transaction().execute(async (tx) => {
      const removed = await tx.deleteFrom('do_not_call').where('number', '=', number).executeTakeFirst();
      const wasThere = removed.numDeletedRows > 0n;
      if (wasThere) await recordAudit(tx, { at, action: 'do_not_call_removed' });
      return wasThere;
    });
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
