import { createHash, randomBytes } from 'node:crypto';
import { conflict, Problem } from '../http/problem.js';
import { RateLimit } from '../http/rate-limit.js';
import type { Clock, Instant } from '../lib/clock.js';
import { DAY_MS } from '../lib/time.js';
import { recordAudit } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';
import { readMeta, writeMeta } from '../storage/meta.js';
import type { Accounts } from './accounts.js';
import { requireStrongPassword } from './weak-passwords.js';

/** Entry of `meta` with the hash of the code and its end. */
const META_KEY = 'setup_code';
const CODE_BYTES = 32;
const LIFETIME_MS = DAY_MS;
/** Wrong codes of one address: the code cannot be guessed, this limits the attempts in the log. */
const WRONG_CODES = { burst: 10, perSecond: 1 / 30 };

interface FirstAccountOptions {
  db: Database;
  clock: Clock;
  accounts: Pick<Accounts, 'list' | 'setPassword'>;
  /** Makes this person an admin in the company's document. @throws {Problem} 422 for an invalid login */
  addAdmin: (person: { login: string; name: string }) => Promise<void>;
}

interface NewAccount {
  login: string;
  name: string;
  password: string;
}

/**
 * Creates the account of the first admin, for the holder of a one-time code. Only one code is valid at a time, for a day, and only
 * until an operator has a password. The database has its hash.
 */
export class FirstAccount {
  readonly #wrongCodes: RateLimit;
  #isCreating = false;

  constructor(private readonly options: FirstAccountOptions) {
    this.#wrongCodes = new RateLimit({ ...WRONG_CODES, clock: options.clock });
  }

  /** True while no operator has a password. */
  get isMissing(): boolean {
    return !this.options.accounts.list().some(({ hasPassword }) => hasPassword);
  }

  /** Makes a code, which replaces the former one. @throws {Problem} 409 when there is an account */
  async issueCode(): Promise<{ code: string; expiresAt: Instant }> {
    if (!this.isMissing) throw accountExists();
    const code = randomBytes(CODE_BYTES).toString('base64url');
    const at = this.options.clock.now();
    const expiresAt = at + LIFETIME_MS;
    await recordAudit(this.options.db, { at, action: 'setup_link_created' });
    await writeMeta(this.options.db, META_KEY, storedForm(code, expiresAt));
    return { code, expiresAt };
  }

  /**
   * Checks a code without using it up.
   *
   * @param address source address of the request
   * @throws {Problem} 410 when there is an account, 403 for a code that is not valid, 429 after several of them
   */
  async check(code: string, address: string): Promise<void> {
    await this.#storedFormOf(code, address);
  }

  /**
   * Creates the account and uses the code up. A refused login or password does not use it up.
   *
   * @param address source address of the request
   * @throws {Problem} as {@link check}; 422 for an invalid login or password; 409 while another request creates it
   */
  async create(code: string, { login, name, password }: NewAccount, address: string): Promise<void> {
    const stored = await this.#storedFormOf(code, address);
    requireStrongPassword(password, login);
    if (this.#isCreating) throw conflict('the account is being created', {}, 'busy');
    this.#isCreating = true;
    try {
      if (!(await this.#remove(stored))) throw invalidCode();
      await this.#createAccount({ login, name, password }).catch(async (error: unknown) => {
        if (this.isMissing) await writeMeta(this.options.db, META_KEY, stored);
        throw error;
      });
    } finally {
      this.#isCreating = false;
    }
  }

  async #createAccount({ login, name, password }: NewAccount): Promise<void> {
    const { accounts, addAdmin } = this.options;
    await addAdmin({ login, name });
    await accounts.setPassword(login, password);
  }

  /** The stored form of a valid code. @throws {Problem} 403, 410, 429 */
  async #storedFormOf(code: string, address: string): Promise<string> {
    if (!this.isMissing) throw accountExists(410);
    const stored = await readMeta(this.options.db, META_KEY);
    const expiresAt = Number(stored?.split(' ')[1] ?? 0);
    // Compares hashes: the duration reveals nothing about the code.
    if (stored !== undefined && this.options.clock.now() < expiresAt && stored === storedForm(code, expiresAt))
      return stored;
    const waitS = this.#wrongCodes.take(address);
    if (waitS > 0)
      throw new Problem(429, 'Too many requests', `wait ${waitS} s and open the link again`, {
        headers: { 'retry-after': String(waitS) },
      });
    throw invalidCode();
  }

  /** @returns false when another request has removed it */
  async #remove(stored: string): Promise<boolean> {
    const removed = await this.options.db
      .deleteFrom('meta')
      .where('key', '=', META_KEY)
      .where('value', '=', stored)
      .executeTakeFirst();
    return removed.numDeletedRows > 0n;
  }
}

function storedForm(code: string, expiresAt: Instant): string {
  return `${createHash('sha256').update(code).digest('hex')} ${expiresAt}`;
}

function invalidCode(): Problem {
  const detail =
    'this set-up link is not valid: it was used, replaced or is too old; `cordboard setup-link` prints one';
  return new Problem(403, 'Forbidden', detail, { code: 'setup_code_invalid' });
}

function accountExists(status: 409 | 410 = 409): Problem {
  return new Problem(status, status === 409 ? 'Conflict' : 'Gone', 'there is an account already: log in', {
    code: 'account_exists',
  });
}
