import type { Database } from '../storage/database.js';

/** Password hashes in the database, by operator id. */
export class PasswordStore {
  constructor(private readonly db: Database) {}

  async load(): Promise<Map<number, string>> {
    const rows = await this.db.selectFrom('passwords').select(['operator_id', 'hash']).execute();
    return new Map(rows.map(({ operator_id, hash }) => [operator_id, hash]));
  }

  async put(operatorId: number, hash: string, at: number): Promise<void> {
    await this.db
      .insertInto('passwords')
      .values({ operator_id: operatorId, hash, changed_at: at })
      .onConflict((conflict) => conflict.column('operator_id').doUpdateSet({ hash, changed_at: at }))
      .execute();
  }

  async remove(operatorId: number): Promise<void> {
    await this.db.deleteFrom('passwords').where('operator_id', '=', operatorId).execute();
  }
}
