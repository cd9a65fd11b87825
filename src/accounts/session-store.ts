import type { Session, SessionStore } from '../http/sessions.js';
import type { Logger } from '../lib/logger.js';
import { recordAudit } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';

/** Sessions in the database. A failed write is only logged: the session stays valid while the process runs. */
export class SqlSessionStore implements SessionStore {
  #writes: Promise<unknown> = Promise.resolve();

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

  put({ id, name, fingerprint, begunAt: begun_at, seenAt: seen_at }: Session): void {
    const actor = { kind: name.startsWith('@') ? 'operator' : 'token', id: this.operatorId(name), name } as const;
    this.#write(() =>
      this.db.transaction().execute(async (tx) => {
        const known = await tx.updateTable('sessions').set({ seen_at }).where('id', '=', id).executeTakeFirst();
        if (known.numUpdatedRows > 0n) return;
        await tx.insertInto('sessions').values({ id, name, fingerprint, begun_at, seen_at }).execute();
        await recordAudit(tx, { at: begun_at, action: 'logged_in', actor });
      }),
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
      .then(this.onStored)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'storing a session failed'));
  }
}
