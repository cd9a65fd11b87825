import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Identity, Scope } from '../http/route.js';
import { sha256Hex } from '../lib/sha256.js';
import type { Tokens } from '../http/tokens.js';
import type { Clock } from '../lib/clock.js';
import { recordAudit } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';
import type { Tables } from '../storage/schema.js';
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

type NewToken = Pick<ApiToken, 'name' | 'scopes' | 'expiresAt'>;

/** API tokens of programs, created and revoked at run time. The database has only their hashes. */
export class ApiTokens implements Tokens {
  readonly #byHash = new Map<string, ApiToken>();
  readonly #writes = new Set<Promise<unknown>>();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    /** Called when a token is created or revoked. */
    private readonly onStored: () => void = () => undefined,
  ) {}

  async start(): Promise<void> {
    await this.reload();
  }

  /** Reads the tokens again, after another gateway has changed one. */
  async reload(): Promise<void> {
    const rows = await this.db.selectFrom('api_tokens').selectAll().execute();
    this.#byHash.clear();
    for (const row of rows)
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
  async create(spec: NewToken): Promise<string | undefined> {
    return (await this.createAll([spec], { replace: false })).get(spec.name);
  }

  /**
   * Creates tokens in one transaction. A name that is in use keeps its token; with `replace` that token is revoked in the same transaction, so
   * it stays valid when there is no new one.
   *
   * @returns the created tokens by name; they cannot be read again
   */
  async createAll(specs: readonly NewToken[], { replace }: { replace: boolean }): Promise<Map<string, string>> {
    const created = specs
      .map((spec) => ({ spec, former: this.#find(spec.name), token: randomBytes(TOKEN_BYTES).toString('base64url') }))
      .filter(({ former }) => replace || former === undefined);
    const at = this.clock.now();
    await this.db.transaction().execute(async (tx) => {
      for (const { spec, former, token } of created) {
        if (former !== undefined) await revokeIn(tx, spec.name, at);
        await createIn(tx, spec, token, at);
      }
    });
    for (const { spec, former, token } of created) {
      if (former !== undefined) this.#byHash.delete(former.hash);
      this.#byHash.set(sha256Hex(token), { ...spec, createdAt: at, lastUsedAt: null });
    }
    this.onStored();
    return new Map(created.map(({ spec, token }) => [spec.name, token]));
  }

  /** @returns false when there is no such token */
  async revoke(name: string): Promise<boolean> {
    const found = this.#find(name);
    if (found === undefined) return false;
    await this.db.transaction().execute((tx) => revokeIn(tx, name, this.clock.now()));
    this.#byHash.delete(found.hash);
    this.onStored();
    return true;
  }

  /** Looks the token up by its hash, so that the duration reveals nothing about it. */
  verify(token: string): Identity | undefined {
    const found = this.#byHash.get(sha256Hex(token));
    if (found === undefined || this.#isExpired(found)) return undefined;
    this.#recordUse(found);
    return { name: found.name, scopes: found.scopes };
  }

  named(name: string): (Identity & { fingerprint: string }) | undefined {
    const found = this.#find(name);
    if (found === undefined || this.#isExpired(found.token)) return undefined;
    return { name, scopes: found.token.scopes, fingerprint: found.hash };
  }

  #find(name: string): { hash: string; token: ApiToken } | undefined {
    for (const [hash, token] of this.#byHash) if (token.name === name) return { hash, token };
    return undefined;
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

async function createIn(tx: Kysely<Tables>, { name, scopes, expiresAt }: NewToken, token: string, at: number) {
  const row = { name, sha256: sha256Hex(token), scopes: JSON.stringify(scopes), created_at: at, expires_at: expiresAt };
  await tx
    .insertInto('api_tokens')
    .values({ ...row, last_used_at: null })
    .execute();
  const detail = { scopes, expires_at: expiresAt === null ? null : new Date(expiresAt).toISOString() };
  await recordAudit(tx, { at, action: 'token_created', subject: name, detail });
}

async function revokeIn(tx: Kysely<Tables>, name: string, at: number): Promise<void> {
  await tx.deleteFrom('api_tokens').where('name', '=', name).execute();
  await recordAudit(tx, { at, action: 'token_revoked', subject: name });
}
