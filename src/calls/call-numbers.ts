import type { Database } from '../storage/database.js';

/**
 * Integers for calls, for clients that take an id for one. The database gives them as calls are stored: each call has one
 * for as long as it is kept, and none is given twice.
 */
export class CallNumbers {
  constructor(private readonly db: Database) {}

  /** By call id; calls that are not stored are left out. */
  async of(callIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (callIds.length === 0) return new Map();
    const rows = await this.db
      .selectFrom('call_numbers')
      .select(['number', 'call_id'])
      .where('call_id', 'in', [...callIds])
      .execute();
    return new Map(rows.map(({ number, call_id }) => [call_id, number]));
  }

  /** Undefined: no call has this number, or it is not kept any more. */
  async callId(number: number): Promise<string | undefined> {
    const row = await this.db
      .selectFrom('call_numbers')
      .select('call_id')
      .where('number', '=', number)
      .executeTakeFirst();
    return row?.call_id;
  }
}
