import type { Session, SessionStore } from '../http/sessions.js';
import type { Logger } from '../lib/logger.js';
import { recordAudit } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';

/** Sessions in the database. A failed write is only logged: the session stays valid while the process runs. */
export class SqlSessionStore implements SessionStore {
  #writes: Promise<unknown> = Promise.resolve();
  /** Those whose beginning could not be stored. */
  readonly #unstored = new Set<string>();

  constructor(
    private readonly db: Database,
    private readonly logger: Logger,
    /** Id of the operator by the name of the session's holder. */
    private readonly operatorId: (name: string) => number | null,
    /** Called when a session is stored or removed. */
    private readonly onStored: () => void = () => undefined,
  ) {}

  async load(): Promise<Session[]> {
    await this.#writes;
    const rows = await this.db.selectFrom('sessions').selectAll().execute();
    return rows.map(({ begun_at: begunAt, seen_at: seenAt, ...row }) => ({ ...row, begunAt, seenAt }));
  }

  begin({ id, name, fingerprint, begunAt: begun_at, seenAt: seen_at }: Session): void {
    const actor = { kind: name.startsWith('@') ? 'operator' : 'token', id: this.operatorId(name), name } as const;
    this.#write(async () => {
      this.#unstored.add(id);
      await this.db.transaction().execute(async (tx) => {
        await tx.insertInto('sessions').values({ id, name, fingerprint, begun_at, seen_at }).execute();
        await recordAudit(tx, { at: begun_at, action: 'logged_in', actor });
      });
      this.#unstored.delete(id);
    });
  }

  touch(session: Session, onEnded: () => void): void {
    const { id, seenAt: seen_at } = session;
    this.#write(async () => {
      const known = await this.db.updateTable('sessions').set({ seen_at }).where('id', '=', id).executeTakeFirst();
      if (known.numUpdatedRows > 0n) return;
      if (this.#unstored.has(id)) this.begin(session);
      else onEnded();
    });
  }

  remove(id: string): void {
    this.#write(async () => {
      this.#unstored.delete(id);
      await this.db.deleteFrom('sessions').where('id', '=', id).execute();
    });
  }

  /** Resolves when everything is written. */
  async stop(): Promise<void> {
    await this.#writes;
  }

  #write(job: () => Promise<unknown>): void {
    this.#writes = this.#writes
      .then(job)
      .then(this.onStored)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'storing a session failed'));
  }
}
