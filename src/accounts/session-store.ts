import type { Session, SessionStore } from '../http/sessions.js';
import type { Logger } from '../lib/logger.js';
import type { Database } from '../storage/database.js';

/** Sessions in the database. A failed write is only logged: the session stays valid while the process runs. */
export class SqlSessionStore implements SessionStore {
  #writes: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly logger: Logger,
  ) {}

  async load(): Promise<Session[]> {
    const rows = await this.db.selectFrom('sessions').selectAll().execute();
    return rows.map(({ begun_at: begunAt, seen_at: seenAt, ...row }) => ({ ...row, begunAt, seenAt }));
  }

  put({ id, name, fingerprint, begunAt: begun_at, seenAt: seen_at }: Session): void {
    this.#write(() =>
      this.db
        .insertInto('sessions')
        .values({ id, name, fingerprint, begun_at, seen_at })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at }))
        .execute(),
    );
  }

  remove(id: string): void {
    this.#write(() => this.db.deleteFrom('sessions').where('id', '=', id).execute());
  }

  /** Resolves when everything is written. */
  async stop(): Promise<void> {
    await this.#writes;
  }

  #write(job: () => Promise<unknown>): void {
    this.#writes = this.#writes
      .then(job)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'storing a session failed'));
  }
}
