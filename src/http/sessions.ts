import { randomBytes } from 'node:crypto';
import type { Clock } from '../lib/clock.js';
import { sha256Hex } from '../lib/sha256.js';
import type { Identity } from './route.js';
import type { Tokens } from './tokens.js';
import { MINUTE_MS } from '../lib/time.js';

const COOKIE = 'cordboard_session';
const SECRET_BYTES = 32;
/** Resolution of `seenAt` in milliseconds; saves a write for each request. */
const SEEN_EVERY_MS = MINUTE_MS;

export interface Session {
  /** Hash of the secret in the cookie: read access to the store is not enough to forge a cookie. */
  id: string;
  /** The holder, by the name that {@link Tokens.named} knows. */
  name: string;
  fingerprint: string;
  begunAt: number;
  seenAt: number;
}

/** Persists sessions across restarts. */
export interface SessionStore {
  load(): Promise<Session[]>;
  begin(session: Session): void;
  /** Stores when the session was seen. @param onEnded called when it is not stored any more: another gateway has ended it */
  touch(session: Session, onEnded: () => void): void;
  remove(id: string): void;
}

interface SessionsOptions {
  tokens: Tokens;
  /** Milliseconds since the login, whatever the activity. */
  lifetimeMs: number;
  /** Milliseconds since the last request. */
  idleMs: number;
  /** Browsers connect by HTTPS. */
  secureCookie: boolean;
  clock: Clock;
  store?: SessionStore;
}

/** Browser sessions. A session ends by logout, by timeout, and when its holder is removed or gets another token, password or role. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();

  constructor(private readonly options: SessionsOptions) {}

  async start(): Promise<void> {
    await this.reload();
  }

  /** Reads the sessions again, after another gateway has changed one. */
  async reload(): Promise<void> {
    const stored = (await this.options.store?.load()) ?? [];
    this.#sessions.clear();
    for (const session of stored) this.#sessions.set(session.id, session);
  }

  /** The `Set-Cookie` of a new session for the holder of `token`; undefined when the token is unknown. */
  begin(token: string): string | undefined {
    const identity = this.options.tokens.verify(token);
    return identity && this.beginFor(identity.name);
  }

  /** The `Set-Cookie` of a new session for an authenticated holder. */
  beginFor(name: string): string | undefined {
    const known = this.options.tokens.named(name);
    if (!known) return undefined;
    this.#forgetEnded();
    const now = this.options.clock.now();
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const session = { id: sha256Hex(secret), name, fingerprint: known.fingerprint, begunAt: now, seenAt: now };
    this.#sessions.set(session.id, session);
    this.options.store?.begin(session);
    return this.#cookie(secret, this.options.lifetimeMs / 1000);
  }

  identify(cookieHeader: string | undefined): Identity | undefined {
    const session = this.#find(cookieHeader);
    if (!session) return undefined;
    const holder = this.#holder(session);
    if (!holder) {
      this.#remove(session.id);
      return undefined;
    }
    const now = this.options.clock.now();
    if (now - session.seenAt >= SEEN_EVERY_MS) this.#touch({ ...session, seenAt: now });
    const { name, scopes, operator } = holder;
    return { name, scopes, operator };
  }

  /** Ends the session. @returns the `Set-Cookie` that removes it from the browser */
  end(cookieHeader: string | undefined): string {
    const session = this.#find(cookieHeader);
    if (session) this.#remove(session.id);
    return this.#cookie('', 0);
  }

  #holder({ name, fingerprint, begunAt, seenAt }: Session): Identity | undefined {
    const { lifetimeMs, idleMs, tokens, clock } = this.options;
    const now = clock.now();
    if (now >= begunAt + lifetimeMs || now >= seenAt + idleMs) return undefined;
    const known = tokens.named(name);
    if (known?.fingerprint !== fingerprint) return undefined;
    return known;
  }

  #find(cookieHeader: string | undefined): Session | undefined {
    const value = cookieHeader
      ?.split(';')
      .map((pair) => pair.trim().split('='))
      .find(([name]) => name === COOKIE)?.[1];
    return value === undefined ? undefined : this.#sessions.get(sha256Hex(value));
  }

  #forgetEnded(): void {
    for (const session of this.#sessions.values()) if (!this.#holder(session)) this.#remove(session.id);
  }

  #touch(session: Session): void {
    this.#sessions.set(session.id, session);
    this.options.store?.touch(session, () => this.#sessions.delete(session.id));
  }

  #remove(id: string): void {
    this.#sessions.delete(id);
    this.options.store?.remove(id);
  }

  #cookie(value: string, maxAgeS: number): string {
    const secure = this.options.secureCookie ? '; Secure' : '';
    return `${COOKIE}=${value}; Path=/; Max-Age=${Math.floor(maxAgeS)}; HttpOnly; SameSite=Strict${secure}`;
  }
}
