import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../lib/clock.js';
import type { Identity } from './route.js';
import type { Tokens } from './tokens.js';

const COOKIE = 'cordboard_session';

/**
 * Sessions of browsers, in a signed cookie: `name.id.expiresAt.signature`. The signature covers the token's
 * fingerprint, so a token that is replaced or removed ends its sessions. A session that was logged out is remembered
 * until it would have expired, or until the gateway starts again.
 */
export class Sessions {
  readonly #ended = new Map<string, number>();

  constructor(
    private readonly options: {
      tokens: Tokens;
      /** Key of the signatures; sessions end when it changes. */
      secret: string;
      lifetimeMs: number;
      /** True when browsers come over HTTPS. */
      secureCookie: boolean;
      clock: Clock;
    },
  ) {}

  /** The `Set-Cookie` of a new session for the holder of `token`; undefined when there is no such token. */
  begin(token: string): string | undefined {
    const identity = this.options.tokens.verify(token);
    const known = identity && this.options.tokens.named(identity.name);
    if (!known) return undefined;
    const expiresAt = this.options.clock.now() + this.options.lifetimeMs;
    const content = [
      Buffer.from(known.name).toString('base64url'),
      randomBytes(12).toString('base64url'),
      expiresAt,
    ].join('.');
    return this.#cookie(`${content}.${this.#sign(content, known.fingerprint)}`, this.options.lifetimeMs / 1000);
  }

  identify(cookieHeader: string | undefined): Identity | undefined {
    const session = this.#read(cookieHeader);
    if (!session || session.expiresAt <= this.options.clock.now() || this.#ended.has(session.id)) return undefined;
    const known = this.options.tokens.named(session.name);
    if (!known || !equal(session.signature, this.#sign(session.content, known.fingerprint))) return undefined;
    return { name: known.name, scopes: known.scopes };
  }

  /** The `Set-Cookie` that removes the session from the browser; it is worth nothing from now on. */
  end(cookieHeader: string | undefined): string {
    const session = this.identify(cookieHeader) && this.#read(cookieHeader);
    const now = this.options.clock.now();
    for (const [id, expiresAt] of this.#ended) if (expiresAt <= now) this.#ended.delete(id);
    if (session) this.#ended.set(session.id, session.expiresAt);
    return this.#cookie('', 0);
  }

  #read(cookieHeader: string | undefined) {
    const value = cookieHeader
      ?.split(';')
      .map((pair) => pair.trim().split('='))
      .find(([name]) => name === COOKIE)?.[1];
    const [name, id, expiresAt, signature] = value?.split('.') ?? [];
    if (name === undefined || id === undefined || expiresAt === undefined || signature === undefined) return undefined;
    return {
      name: Buffer.from(name, 'base64url').toString(),
      id,
      expiresAt: Number(expiresAt),
      signature,
      content: `${name}.${id}.${expiresAt}`,
    };
  }

  #sign(content: string, fingerprint: string): string {
    return createHmac('sha256', this.options.secret).update(`${fingerprint}.${content}`).digest('base64url');
  }

  #cookie(value: string, maxAgeS: number): string {
    const secure = this.options.secureCookie ? '; Secure' : '';
    return `${COOKIE}=${value}; Path=/; Max-Age=${Math.floor(maxAgeS)}; HttpOnly; SameSite=Strict${secure}`;
  }
}

function equal(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
