import type { Database } from '../storage/database.js';
import type { Ban } from './ban-list.js';

/** Bans in the database. */
export class BanStore {
  constructor(private readonly db: Database) {}

  async load(): Promise<Ban[]> {
    return this.db.selectFrom('bans').selectAll().execute();
  }

  async put(ban: Ban): Promise<void> {
    await this.db
      .insertInto('bans')
      .values(ban)
      .onConflict((conflict) => conflict.column('address').doUpdateSet(ban))
      .execute();
  }

  async remove(addresses: string[]): Promise<void> {
    await this.db.deleteFrom('bans').where('address', 'in', addresses).execute();
  }
}
