import { createHash, randomBytes } from 'node:crypto';
import type { Identity, Scope } from '../http/route.js';
import type { Tokens } from '../http/tokens.js';
import type { Clock } from '../lib/clock.js';
import { recordAudit } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';
import { MINUTE_MS } from '../lib/time.js';

const TOKEN_BYTES = 32;
/** Interval at which the last use of a token is stored. */
const LAST_USED_INTERVAL_MS = MINUTE_MS;

export interface ApiToken {
  name: string;
  scopes: readonly Scope[];
  createdAt: number;
  expiresAt: number | null;
  lastUsedAt: number | null;
}

/** API tokens of programs, created and revoked at run time. The database has only their hashes. */
export class ApiTokens implements Tokens {
  readonly #byHash = new Map<string, ApiToken>();
  readonly #writes = new Set<Promise<unknown>>();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async start(): Promise<void> {
    for (const row of await this.db.selectFrom('api_tokens').selectAll().execute())
      this.#byHash.set(row.sha256, {
        name: row.name,
        scopes: JSON.parse(row.scopes) as Scope[],
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        lastUsedAt: row.last_used_at,
      });
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.#writes);
  }

  list(): ApiToken[] {
    return [...this.#byHash.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** @returns the token, which cannot be read again; undefined when the name is in use */
  async create(spec: Pick<ApiToken, 'name' | 'scopes' | 'expiresAt'>): Promise<string | undefined> {
    if (this.list().some(({ name }) => name === spec.name)) return undefined;
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const created: ApiToken = { ...spec, createdAt: this.clock.now(), lastUsedAt: null };
    const { name, scopes, createdAt: created_at, expiresAt: expires_at } = created;
    const row = { name, sha256: sha256(token), scopes: JSON.stringify(scopes), created_at, expires_at };
    const detail = { scopes, expires_at: expires_at === null ? null : new Date(expires_at).toISOString() };
    await this.db.transaction().execute(async (tx) => {
      await tx
        .insertInto('api_tokens')
        .values({ ...row, last_used_at: null })
        .execute();
      await recordAudit(tx, { at: created_at, action: 'token_created', subject: name, detail });
    });
    this.#byHash.set(row.sha256, created);
    return token;
  }

  /** @returns false when there is no such token */
  async revoke(name: string): Promise<boolean> {
    const found = [...this.#byHash].find(([, token]) => token.name === name);
    if (found === undefined) return false;
    this.#byHash.delete(found[0]);
    await this.db.transaction().execute(async (tx) => {
      await tx.deleteFrom('api_tokens').where('name', '=', name).execute();
      await recordAudit(tx, { at: this.clock.now(), action: 'token_revoked', subject: name });
    });
    return true;
  }

  /** Looks the token up by its hash, so that the duration reveals nothing about it. */
  verify(token: string): Identity | undefined {
    const found = this.#byHash.get(sha256(token));
    if (found === undefined || this.#isExpired(found)) return undefined;
    this.#recordUse(found);
    return { name: found.name, scopes: found.scopes };
  }

  named(name: string): (Identity & { fingerprint: string }) | undefined {
    const found = [...this.#byHash].find(([, token]) => token.name === name);
    if (found === undefined || this.#isExpired(found[1])) return undefined;
    return { name, scopes: found[1].scopes, fingerprint: found[0] };
  }

  #isExpired({ expiresAt }: ApiToken): boolean {
    return expiresAt !== null && expiresAt <= this.clock.now();
  }

  #recordUse(token: ApiToken): void {
    const now = this.clock.now();
    if (token.lastUsedAt !== null && now - token.lastUsedAt < LAST_USED_INTERVAL_MS) return;
    token.lastUsedAt = now;
    const writing = this.db
      .updateTable('api_tokens')
      .set({ last_used_at: now })
      .where('name', '=', token.name)
      .execute()
      .catch(() => undefined)
      .finally(() => this.#writes.delete(writing));
    this.#writes.add(writing);
  }
}

function sha256(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
