import { recordAudit, type AuditEntry } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';

/** Password hashes in the database, by operator id. */
export class PasswordStore {
  constructor(private readonly db: Database) {}

  async load(): Promise<Map<number, string>> {
    const rows = await this.db.selectFrom('passwords').select(['operator_id', 'hash']).execute();
    return new Map(rows.map(({ operator_id, hash }) => [operator_id, hash]));
  }

  /** @param audit the entry of the audit log; undefined when the password stays the same */
  async put(operatorId: number, hash: string, at: number, audit?: AuditEntry): Promise<void> {
    await this.db.transaction().execute(async (tx) => {
      await tx
        .insertInto('passwords')
        .values({ operator_id: operatorId, hash, changed_at: at })
        .onConflict((conflict) => conflict.column('operator_id').doUpdateSet({ hash, changed_at: at }))
        .execute();
      if (audit !== undefined) await recordAudit(tx, audit);
    });
  }

  /** Records a login with a wrong password. @param login of an existing operator; empty for an unknown login, which can be a mistyped password */
  async recordFailedLogin(login: string, address: string, at: number): Promise<void> {
    const subject = login === '' ? '' : `@${login}`;
    await recordAudit(this.db, { at, action: 'login_failed', subject, detail: { address } });
  }

  async remove(operatorId: number): Promise<void> {
    await this.db.deleteFrom('passwords').where('operator_id', '=', operatorId).execute();
  }
}
