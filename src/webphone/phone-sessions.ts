import { randomBytes } from 'node:crypto';
import type { Identity } from '../http/route.js';
import { sha256Hex } from '../lib/sha256.js';
import type { Clock } from '../lib/clock.js';
import { HOUR_MS, MINUTE_MS } from '../lib/time.js';
import type { PhoneGrant } from './phone-grant.js';
import type { PhoneHolder } from './short-lived-accounts.js';

/** Without a renewal. */
const IDLE_MS = 10 * MINUTE_MS;
/** In spite of renewals. */
const LIFETIME_MS = 12 * HOUR_MS;
const TOKEN_BYTES = 32;

export interface PhoneSession extends PhoneGrant {
  /** Hash of the session's token: read access to the store is not enough to use the session. */
  id: string;
  begunAt: number;
  renewedAt: number;
}

/** Keeps sessions over a restart. */
export interface PhoneSessionStore {
  load(): Promise<PhoneSession[]>;
  put(session: PhoneSession): void;
  remove(id: string): void;
}

interface PhoneSessionsOptions {
  store: PhoneSessionStore;
  clock: Clock;
  /** The person of a grant, with the rights of an embedded phone; undefined once the grant is no longer valid. */
  holderOf: (grant: PhoneGrant) => Identity | undefined;
}

/** Sessions of embedded phones. A session lives while its phone renews it, and ends with its person, handset, origin or API token. */
export class PhoneSessions {
  readonly #sessions = new Map<string, PhoneSession>();

  constructor(private readonly options: PhoneSessionsOptions) {}

  async start(): Promise<void> {
    for (const session of await this.options.store.load()) this.#sessions.set(session.id, session);
    this.#removeEnded();
  }

  /** @returns undefined when the grant is no longer valid */
  begin(grant: PhoneGrant): { token: string; expiresAt: number } | undefined {
    this.#removeEnded();
    if (this.options.holderOf(grant) === undefined) return undefined;
    const now = this.options.clock.now();
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const session = { ...grant, id: sha256Hex(token), begunAt: now, renewedAt: now };
    this.#put(session);
    return { token, expiresAt: endOf(session) };
  }

  /** @returns when the session ends without another renewal; undefined when it has ended */
  renew(id: string): number | undefined {
    const session = this.#open(id);
    if (session === undefined) return undefined;
    const renewed = { ...session, renewedAt: this.options.clock.now() };
    this.#put(renewed);
    return endOf(renewed);
  }

  end(id: string): void {
    if (this.#sessions.delete(id)) this.options.store.remove(id);
  }

  /** Identifies the holder of a session's token. */
  verify(token: string): Identity | undefined {
    const session = this.#open(sha256Hex(token));
    const holder = session && this.options.holderOf(session);
    return holder && { ...holder, phoneSession: session.id };
  }

  /** Whether this is an open session of this handset and operator. */
  isOpen({ session: id, handset, operator }: PhoneHolder): boolean {
    const session = id === undefined ? undefined : this.#open(id);
    return session?.handset === handset && session.operator === operator;
  }

  #open(id: string): PhoneSession | undefined {
    const session = this.#sessions.get(id);
    if (session === undefined) return undefined;
    const isOpen = this.options.clock.now() < endOf(session) && this.options.holderOf(session) !== undefined;
    return isOpen ? session : undefined;
  }

  #removeEnded(): void {
    for (const id of [...this.#sessions.keys()]) if (this.#open(id) === undefined) this.end(id);
  }

  #put(session: PhoneSession): void {
    this.#sessions.set(session.id, session);
    this.options.store.put(session);
  }
}

function endOf({ begunAt, renewedAt }: PhoneSession): number {
  return Math.min(renewedAt + IDLE_MS, begunAt + LIFETIME_MS);
}
