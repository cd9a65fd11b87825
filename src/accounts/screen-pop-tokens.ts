import type { Clock, Instant } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { recordAudit, type AuditEntry } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';
import { SecretBox } from './secret-box.js';

interface ScreenPopTokensOptions {
  db: Database;
  /** See {@link SecretBox}. */
  keyFile: string;
  people: () => readonly { id: number }[];
  clock: Clock;
  logger: Logger;
}

/** Operators' access tokens of the dispatch, stored encrypted. A token is only revealed in the page address for its own operator. */
export class ScreenPopTokens {
  /** By the operator's id. */
  readonly #sealed = new Map<number, { sealed: string; setAt: Instant }>();
  #box: SecretBox | undefined;

  constructor(private readonly options: ScreenPopTokensOptions) {}

  /** Loads the tokens. A token that is sealed with an older key is sealed again with the current one. */
  async start(): Promise<void> {
    const { db, keyFile, logger } = this.options;
    const box = await SecretBox.open(keyFile);
    this.#box = box;
    for (const { operator_id: id, sealed, set_at: setAt } of await db
      .selectFrom('dispatch_tokens')
      .selectAll()
      .execute()) {
      const token = box.unseal(sealed, labelOf(id));
      if (token === undefined) logger.warn({ operator: id }, 'a dispatch token cannot be decrypted, set it again');
      else if (box.isCurrent(sealed)) this.#sealed.set(id, { sealed, setAt });
      else await this.#store(id, token, setAt);
    }
    await this.forgetRemoved();
  }

  /** Deletes the tokens of operators that the document no longer has. */
  async forgetRemoved(): Promise<void> {
    const ids = new Set(this.options.people().map(({ id }) => id));
    for (const id of [...this.#sealed.keys()].filter((known) => !ids.has(known))) await this.remove(id);
  }

  /** @returns false when the operator does not exist */
  async set(id: number, token: string): Promise<boolean> {
    if (!this.isOperator(id)) return false;
    const at = this.options.clock.now();
    await this.#store(id, token, at, { at, action: 'screen_pop_token_set', subject: `operators/${id}` });
    this.options.logger.info({ operator: id }, 'a dispatch token was set');
    return true;
  }

  async remove(id: number): Promise<void> {
    await this.options.db.transaction().execute(async (tx) => {
      const removed = await tx.deleteFrom('dispatch_tokens').where('operator_id', '=', id).executeTakeFirst();
      if (removed.numDeletedRows === 0n) return;
      const at = this.options.clock.now();
      await recordAudit(tx, { at, action: 'screen_pop_token_removed', subject: `operators/${id}` });
    });
    this.#sealed.delete(id);
  }

  isOperator(id: number): boolean {
    return this.options.people().some((person) => person.id === id);
  }

  setSince(id: number): Instant | undefined {
    return this.#sealed.get(id)?.setAt;
  }

  /** Only for the operator's own screen. */
  reveal(id: number): string | undefined {
    const known = this.#sealed.get(id);
    return known && this.#box?.unseal(known.sealed, labelOf(id));
  }

  async #store(id: number, token: string, setAt: Instant, audit?: AuditEntry): Promise<void> {
    const sealed = this.#box?.seal(token, labelOf(id));
    if (sealed === undefined) throw new Error('the dispatch tokens are not loaded: call start() first');
    await this.options.db.transaction().execute(async (tx) => {
      await tx
        .insertInto('dispatch_tokens')
        .values({ operator_id: id, sealed, set_at: setAt })
        .onConflict((conflict) => conflict.column('operator_id').doUpdateSet({ sealed, set_at: setAt }))
        .execute();
      if (audit !== undefined) await recordAudit(tx, audit);
    });
    this.#sealed.set(id, { sealed, setAt });
  }
}

function labelOf(id: number): string {
  return `dispatch-token ${id}`;
}
