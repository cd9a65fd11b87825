import { createHash, randomBytes } from 'node:crypto';
import type { Identity, Scope } from '../http/route.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { SharedCounts } from '../shared-state/counts.js';
import type { AuditEntry } from '../storage/audit-log.js';
import { LoginThrottle } from './login-throttle.js';
import { TooBusy, type PasswordHasher } from './password-hash.js';
import type { PasswordStore } from './password-store.js';
import { PasswordCache } from './password-cache.js';
import { requireStrongPassword } from './weak-passwords.js';
import { scopesOf, type Role, type RoleChanges } from './roles.js';

/** An operator of the company's document, as far as accounts need it. */
export interface AccountHolder {
  id: number;
  login: string;
  name: string;
  role: Role;
  handset?: string | undefined;
}

export interface Account extends AccountHolder {
  scopes: readonly Scope[];
  hasPassword: boolean;
}

export interface AccountsOptions {
  store: PasswordStore;
  clock: Clock;
  hasher: PasswordHasher;
  people: () => readonly AccountHolder[];
  roles: () => RoleChanges;
  logger: Logger;
  /** Counts of all gateways; undefined: there are no others. */
  counts?: Pick<SharedCounts, 'of'> | undefined;
  /** Called when a password is stored or removed. */
  onStored?: () => void;
}

type Login = { who: Identity } | { refused: 'wrong' } | { refused: 'locked'; waitS: number };

const GENERATED_BYTES = 12;
/** Logins are shorter; longer input is cut before it becomes a key of the throttle. */
const MAX_LOGIN_LENGTH = 80;
const BUSY_WAIT_S = 2;

/** Accounts of operators. The operators come from the company's document, the password hashes from the database. */
export class Accounts {
  /** By the operator's id. */
  #hashes = new Map<number, string>();
  /** Running checks: concurrent requests with the same credentials share one. */
  readonly #pendingChecks = new Map<string, Promise<Login>>();
  readonly #cache: PasswordCache;
  readonly #throttle: LoginThrottle;

  constructor(private readonly options: AccountsOptions) {
    this.#cache = new PasswordCache(options.clock);
    this.#throttle = new LoginThrottle(options.clock, options.counts);
  }

  async start(): Promise<void> {
    await this.reload();
    await this.forgetRemoved();
  }

  /** Reads the passwords again, after another gateway has changed one. */
  async reload(): Promise<void> {
    this.#hashes = await this.options.store.load();
  }

  /** Deletes the passwords of operators that the document no longer has, so that a later operator with the same id does not inherit one. */
  async forgetRemoved(): Promise<void> {
    const ids = new Set(this.options.people().map(({ id }) => id));
    for (const id of [...this.#hashes.keys()].filter((known) => !ids.has(known))) {
      this.#hashes.delete(id);
      await this.options.store.remove(id);
      this.options.onStored?.();
    }
  }

  /**
   * Checks a login and a password. An unknown login takes the same time and gives the same result as a wrong password. After several
   * failures, or while too many passwords are being checked, the result is `locked` with a waiting time, and nothing is checked.
   *
   * @param address source address of the request
   */
  async authenticate(login: string, password: string, address: string): Promise<Login> {
    const key = login.slice(0, MAX_LOGIN_LENGTH).toLowerCase();
    const waitMs = this.#throttle.waitMs(key, address);
    if (waitMs > 0) return { refused: 'locked', waitS: Math.ceil(waitMs / 1000) };
    const person = this.#find(login);
    const stored = person && this.#hashes.get(person.id);
    const cacheKey = this.#cache.keyFor(password, `${key} ${stored ?? ''}`);
    if (person !== undefined && this.#cache.has(cacheKey)) return { who: this.#identity(person) };
    const check =
      this.#pendingChecks.get(cacheKey) ?? this.#check({ key, password, address, person, stored, cacheKey });
    this.#pendingChecks.set(cacheKey, check);
    return check.finally(() => this.#pendingChecks.delete(cacheKey));
  }

  /** The fingerprint changes with the password, the role and the id. */
  named(login: string): (Identity & { fingerprint: string }) | undefined {
    const person = this.#find(login);
    const hash = person && this.#hashes.get(person.id);
    if (person === undefined || hash === undefined) return undefined;
    const fingerprint = createHash('sha256').update(`${hash} ${person.role} ${person.id}`).digest('hex');
    return { ...this.#identity(person), fingerprint };
  }

  list(): Account[] {
    return this.options.people().map((person) => ({
      ...person,
      scopes: scopesOf(person.role, this.options.roles()),
      hasPassword: this.#hashes.has(person.id),
    }));
  }

  /**
   * Sets a password, which ends the operator's sessions.
   *
   * @returns the password, generated when none is given; undefined when the operator does not exist
   * @throws {Problem} 422 for a weak password
   */
  async setPassword(login: string, password?: string): Promise<string | undefined> {
    const person = this.#find(login);
    if (person === undefined) return undefined;
    if (password !== undefined) requireStrongPassword(password, person.login);
    const chosen = password ?? randomBytes(GENERATED_BYTES).toString('base64url');
    const at = this.options.clock.now();
    const audit = { at, action: 'password_set', subject: `@${person.login}` } as const;
    await this.#store(person.id, await this.options.hasher.hash(chosen), audit);
    this.#throttle.clearLogin(person.login.toLowerCase());
    this.options.logger.info({ operator: person.id }, 'a password was set');
    return chosen;
  }

  async #check(login: {
    key: string;
    password: string;
    address: string;
    person: AccountHolder | undefined;
    stored: string | undefined;
    cacheKey: string;
  }): Promise<Login> {
    const { key, password, address, person, stored, cacheKey } = login;
    const { hasher, logger } = this.options;
    const attempt = this.#throttle.beginAttempt(key, address);
    const right = await hasher
      .verify(password, stored, { address, isKnown: this.#throttle.isKnown(key, address) })
      .catch((error: unknown) => {
        attempt.cancel();
        if (error instanceof TooBusy) return 'busy' as const;
        throw error;
      });
    if (right === 'busy') return { refused: 'locked', waitS: BUSY_WAIT_S };
    // The password may have changed during the check.
    const isCurrent = person !== undefined && this.#hashes.get(person.id) === stored;
    if (!right || !isCurrent || stored === undefined) {
      const waitS = Math.ceil(this.#throttle.waitMs(key, address) / 1000);
      logger.warn({ operator: person?.id ?? null, address, waitS }, 'a login was refused');
      await this.options.store
        .recordFailedLogin(person?.login ?? '', address, this.options.clock.now())
        .catch((error: unknown) => logger.warn({ err: error }, 'a refused login was not recorded'));
      return { refused: 'wrong' };
    }
    attempt.succeed();
    if (hasher.isOutdated(stored)) await this.#store(person.id, await hasher.hash(password));
    else this.#cache.add(cacheKey);
    return { who: this.#identity(person) };
  }

  #find(login: string): AccountHolder | undefined {
    return this.options.people().find((person) => person.login.toLowerCase() === login.toLowerCase());
  }

  #identity({ id, login, role, handset }: AccountHolder): Identity {
    const scopes = scopesOf(role, this.options.roles());
    return { name: login, scopes, operator: { id, handset } };
  }

  async #store(id: number, hash: string, audit?: AuditEntry): Promise<void> {
    await this.options.store.put(id, hash, this.options.clock.now(), audit);
    this.#hashes.set(id, hash);
    this.options.onStored?.();
  }
}
