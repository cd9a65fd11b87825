import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Identity } from '../http/route.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { Database } from '../storage/database.js';
import { Lockout } from './lockout.js';
import { TooBusy, type PasswordHasher } from './password-hash.js';
import { scopesOf, type Role, type RoleChanges } from './roles.js';

/** What of an operator's entry in the company's document counts here. */
export interface Person {
  id: number;
  login: string;
  name: string;
  role: Role;
  handset?: string | undefined;
}

export interface AccountsOptions {
  db: Database;
  clock: Clock;
  hasher: PasswordHasher;
  people: () => readonly Person[];
  roles: () => RoleChanges;
  logger: Logger;
}

export type Login = { who: Identity } | { refused: 'wrong' } | { refused: 'locked'; waitS: number };

/** Wrong passwords for one login, and from one address, before one has to wait. */
const FREE_FAILURES = { login: 5, address: 50 };
/** For so long a password that was right is not hashed again: HTTP Basic sends it with every request. */
const REMEMBERED_MS = 5 * 60_000;
const MOST_REMEMBERED = 1000;
const GENERATED_BYTES = 12;

/** People who log in with a password. Who they are comes from the company's document, their passwords are kept here. */
export class Accounts {
  readonly #hashes = new Map<string, string>();
  readonly #remembered = new Map<string, { key: string; until: number }>();
  readonly #rememberingKey = randomBytes(32);
  readonly #byLogin: Lockout;
  readonly #byAddress: Lockout;

  constructor(private readonly options: AccountsOptions) {
    this.#byLogin = new Lockout(options.clock, FREE_FAILURES.login);
    this.#byAddress = new Lockout(options.clock, FREE_FAILURES.address);
  }

  async start(): Promise<void> {
    const rows = await this.options.db.selectFrom('passwords').selectAll().execute();
    for (const { login, hash } of rows) this.#hashes.set(login, hash);
  }

  /**
   * Whoever has this login and password. An unknown login takes as long as a wrong password, and is answered alike. When too many are asked for at once, one has to wait a second.
   */
  async authenticate(login: string, password: string, address: string): Promise<Login> {
    const key = login.toLowerCase();
    const person = this.#find(key);
    const stored = this.#hashes.get(key);
    if (person !== undefined && this.#isRemembered(key, password, stored)) return { who: this.#identity(person) };
    const waitMs = Math.max(this.#byLogin.waitMs(key), this.#byAddress.waitMs(address));
    if (waitMs > 0) return { refused: 'locked', waitS: Math.ceil(waitMs / 1000) };
    const right = await this.options.hasher.verify(password, person && stored).catch(busy);
    if (right === 'busy') return { refused: 'locked', waitS: 1 };
    if (!right || person === undefined || stored === undefined) {
      this.#byLogin.failed(key);
      this.#byAddress.failed(address);
      this.options.logger.warn({ operator: person?.id ?? null }, 'a login was refused');
      return { refused: 'wrong' };
    }
    this.#byLogin.succeeded(key);
    this.#remember(key, password, stored);
    if (this.options.hasher.isOutdated(stored)) await this.#store(key, await this.options.hasher.hash(password));
    return { who: this.#identity(person) };
  }

  /** The fingerprint changes with the password and with what the operator is and may do. */
  named(login: string): (Identity & { fingerprint: string }) | undefined {
    const person = this.#find(login);
    const hash = this.#hashes.get(login.toLowerCase());
    if (person === undefined || hash === undefined) return undefined;
    const fingerprint = createHash('sha256').update(`${hash} ${person.role} ${person.id}`).digest('hex');
    return { ...this.#identity(person), fingerprint };
  }

  list(): (Person & { hasPassword: boolean })[] {
    return this.options
      .people()
      .map((person) => ({ ...person, hasPassword: this.#hashes.has(person.login.toLowerCase()) }));
  }

  /** Ends the operator's sessions. @returns the password, which is made up when none is given; undefined: no such operator */
  async setPassword(login: string, password?: string): Promise<string | undefined> {
    const person = this.#find(login);
    if (person === undefined) return undefined;
    const chosen = password ?? randomBytes(GENERATED_BYTES).toString('base64url');
    await this.#store(login.toLowerCase(), await this.options.hasher.hash(chosen));
    this.#byLogin.succeeded(login.toLowerCase());
    this.options.logger.info({ operator: person.id }, 'a password was set');
    return chosen;
  }

  #find(login: string): Person | undefined {
    return this.options.people().find((one) => one.login.toLowerCase() === login.toLowerCase());
  }

  #identity({ id, login, role, handset }: Person): Identity {
    const scopes = scopesOf(role, this.options.roles());
    return { name: login, scopes, operator: { id, ...(handset !== undefined && { handset }) } };
  }

  async #store(login: string, hash: string): Promise<void> {
    const changed_at = this.options.clock.now();
    await this.options.db
      .insertInto('passwords')
      .values({ login, hash, changed_at })
      .onConflict((conflict) => conflict.column('login').doUpdateSet({ hash, changed_at }))
      .execute();
    this.#hashes.set(login, hash);
  }

  #remember(login: string, password: string, stored: string): void {
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    const key = this.#keyOf(password, stored);
    this.#remembered.set(login, { key, until: this.options.clock.now() + REMEMBERED_MS });
  }

  #isRemembered(login: string, password: string, stored: string | undefined): boolean {
    const known = this.#remembered.get(login);
    if (known === undefined || stored === undefined || known.until <= this.options.clock.now()) return false;
    return known.key === this.#keyOf(password, stored);
  }

  /** Worth nothing to whoever reads the memory later: the key is this process's own. */
  #keyOf(password: string, stored: string): string {
    return createHmac('sha256', this.#rememberingKey).update(`${stored} ${password}`).digest('base64');
  }
}

function busy(error: unknown): 'busy' {
  if (error instanceof TooBusy) return 'busy';
  throw error;
}
