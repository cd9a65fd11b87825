import { createHash, randomBytes } from 'node:crypto';
import { invalid } from '../http/problem.js';
import type { Identity, Scope } from '../http/route.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { LoginThrottle } from './login-throttle.js';
import { TooBusy, type PasswordHasher } from './password-hash.js';
import type { PasswordStore } from './password-store.js';
import { PasswordCache } from './password-cache.js';
import { weaknessOf } from './weak-passwords.js';
import { scopesOf, type Role, type RoleChanges } from './roles.js';

/** What of an operator's entry in the company's document counts here. */
export interface Person {
  id: number;
  login: string;
  name: string;
  role: Role;
  handset?: string | undefined;
}

export interface Account extends Person {
  scopes: readonly Scope[];
  hasPassword: boolean;
}

export interface AccountsOptions {
  store: PasswordStore;
  clock: Clock;
  hasher: PasswordHasher;
  people: () => readonly Person[];
  roles: () => RoleChanges;
  logger: Logger;
}

type Login = { who: Identity } | { refused: 'wrong' } | { refused: 'locked'; waitS: number };

const GENERATED_BYTES = 12;
/** No login is longer; what is longer is not kept in mind. */
const LONGEST_LOGIN = 80;
const BUSY_S = 2;

/** People who log in with a password. Who they are comes from the company's document, their passwords are kept here. */
export class Accounts {
  /** By the operator's id. */
  #hashes = new Map<number, string>();
  /** Checks that are under way: the same one, asked for twice, is made once. */
  readonly #checking = new Map<string, Promise<Login>>();
  readonly #remembered: PasswordCache;
  readonly #door: LoginThrottle;

  constructor(private readonly options: AccountsOptions) {
    this.#remembered = new PasswordCache(options.clock);
    this.#door = new LoginThrottle(options.clock);
  }

  async start(): Promise<void> {
    this.#hashes = await this.options.store.load();
    await this.forgetRemoved();
  }

  /** Passwords of operators who are not in the document any more: whoever gets that id later does not get the password. */
  async forgetRemoved(): Promise<void> {
    const ids = new Set(this.options.people().map(({ id }) => id));
    for (const id of [...this.#hashes.keys()].filter((known) => !ids.has(known))) {
      this.#hashes.delete(id);
      await this.options.store.remove(id);
    }
  }

  /**
   * Whoever has this login and password. An unknown login costs the same work as a wrong password and is answered alike. After
   * several failures, and when too many passwords are being checked at once, one has to wait: nothing is looked at before.
   *
   * @param address where the request comes from
   */
  async authenticate(login: string, password: string, address: string): Promise<Login> {
    const key = login.slice(0, LONGEST_LOGIN).toLowerCase();
    const waitMs = this.#door.waitMs(key, address);
    if (waitMs > 0) return { refused: 'locked', waitS: Math.ceil(waitMs / 1000) };
    const person = this.#find(login);
    const stored = person && this.#hashes.get(person.id);
    const mark = this.#remembered.markOf(password, `${key} ${stored ?? ''}`);
    if (person !== undefined && this.#remembered.has(mark)) return { who: this.#identity(person) };
    const found = this.#checking.get(mark) ?? this.#check({ key, password, address, person, stored, mark });
    this.#checking.set(mark, found);
    return found.finally(() => this.#checking.delete(mark));
  }

  /** The fingerprint changes with the password and with what the operator is. */
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

  /** Ends the operator's sessions. @throws {Problem} 422 for a password that is guessed first. @returns the password, which is made up when none is given; undefined: no such operator */
  async setPassword(login: string, password?: string): Promise<string | undefined> {
    const person = this.#find(login);
    if (person === undefined) return undefined;
    const weakness = password === undefined ? undefined : weaknessOf(password, person.login);
    if (weakness !== undefined)
      throw invalid([{ field: 'body.password', detail: `choose another password: ${weakness}` }]);
    const chosen = password ?? randomBytes(GENERATED_BYTES).toString('base64url');
    await this.#store(person.id, await this.options.hasher.hash(chosen));
    this.#door.forgive(person.login.toLowerCase());
    this.options.logger.info({ operator: person.id }, 'a password was set');
    return chosen;
  }

  async #check(login: {
    key: string;
    password: string;
    address: string;
    person: Person | undefined;
    stored: string | undefined;
    mark: string;
  }): Promise<Login> {
    const { key, password, address, person, stored, mark } = login;
    const { hasher, logger } = this.options;
    const attempt = this.#door.attempt(key, address);
    const right = await hasher
      .verify(password, stored, { address, known: this.#door.knows(key, address) })
      .catch((error: unknown) => {
        attempt.dropped();
        if (error instanceof TooBusy) return 'busy' as const;
        throw error;
      });
    if (right === 'busy') return { refused: 'locked', waitS: BUSY_S };
    // Another one may have been set meanwhile.
    const isCurrent = person !== undefined && this.#hashes.get(person.id) === stored;
    if (!right || !isCurrent || stored === undefined) {
      const waitS = Math.ceil(this.#door.waitMs(key, address) / 1000);
      logger.warn({ operator: person?.id ?? null, address, waitS }, 'a login was refused');
      return { refused: 'wrong' };
    }
    attempt.right();
    if (hasher.isOutdated(stored)) await this.#store(person.id, await hasher.hash(password));
    else this.#remembered.add(mark);
    return { who: this.#identity(person) };
  }

  #find(login: string): Person | undefined {
    return this.options.people().find((one) => one.login.toLowerCase() === login.toLowerCase());
  }

  #identity({ id, login, role, handset }: Person): Identity {
    const scopes = scopesOf(role, this.options.roles());
    return { name: login, scopes, operator: { id, ...(handset !== undefined && { handset }) } };
  }

  async #store(id: number, hash: string): Promise<void> {
    await this.options.store.put(id, hash, this.options.clock.now());
    this.#hashes.set(id, hash);
  }
}
