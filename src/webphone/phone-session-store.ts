import type { Logger } from '../lib/logger.js';
import type { Database } from '../storage/database.js';
import type { PhoneSession, PhoneSessionStore } from './phone-sessions.js';

/** Sessions of embedded phones in the database. A failed write is only logged: the session stays valid while the process runs. */
export class SqlPhoneSessionStore implements PhoneSessionStore {
  #writes: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly logger: Logger,
  ) {}

  async load(): Promise<PhoneSession[]> {
    const rows = await this.db.selectFrom('phone_sessions').selectAll().execute();
    return rows.map((row) => ({
      id: row.id,
      handset: row.handset,
      operator: row.operator_id,
      origin: row.origin,
      issuer: { name: row.issuer, fingerprint: row.issuer_fingerprint },
      begunAt: row.begun_at,
      renewedAt: row.renewed_at,
    }));
  }

  put({ id, handset, operator, origin, issuer, begunAt, renewedAt }: PhoneSession): void {
    const row = {
      id,
      handset,
      operator_id: operator,
      origin,
      issuer: issuer.name,
      issuer_fingerprint: issuer.fingerprint,
      begun_at: begunAt,
      renewed_at: renewedAt,
    };
    this.#write(() => this.db.replaceInto('phone_sessions').values(row).execute());
  }

  remove(id: string): void {
    this.#write(() => this.db.deleteFrom('phone_sessions').where('id', '=', id).execute());
  }

  /** Resolves when everything is written. */
  async stop(): Promise<void> {
    await this.#writes;
  }

  #write(job: () => Promise<unknown>): void {
    this.#writes = this.#writes
      .then(job)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'storing a session of an embedded phone failed'));
  }
}
