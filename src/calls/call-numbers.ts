import type { Database } from '../storage/database.js';

/**
 * Integer ids of calls, for APIs with integer ids. The database assigns them when calls are stored: each call keeps
 * its number,
and no number is used twice.
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

  /** Undefined when no stored call has this number. */
  async callId(number: number): Promise<string | undefined> {
    const row = await this.db
      .selectFrom('call_numbers')
      .select('call_id')
      .where('number', '=', number)
      .executeTakeFirst();
    return row?.call_id;
  }
}
