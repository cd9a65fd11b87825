import { createHash, timingSafeEqual } from 'node:crypto';
import { scopes, type Identity, type Scope } from './route.js';

/** Looks up the holders of tokens. */
export interface Tokens {
  verify(token: string): Identity | undefined;
  /** By {@link nameOf}; undefined when there is no such token or person. The fingerprint changes with the secret. */
  named(name: string): (Identity & { fingerprint: string }) | undefined;
}

/** A person is `@login`, which cannot be the name of a token. */
export function nameOf({ name, operator }: Identity): string {
  return operator === undefined ? name : `@${name}`;
}

/** Authenticates people by password; implemented by accounts/. */
export interface Passwords {
  authenticate(
    login: string,
    password: string,
    address: string,
  ): Promise<{ who: Identity } | { refused: 'wrong' } | { refused: 'locked'; waitS: number }>;
}

interface KnownToken extends Identity {
  sha256: Buffer;
}

/** A fixed list of tokens, kept as hashes. */
export class TokenList implements Tokens {
  readonly #known: KnownToken[];

  constructor(entries: { name: string; token: string; scopes: readonly Scope[] }[]) {
    this.#known = entries.map(({ name, token, scopes: granted }) => ({ name, scopes: granted, sha256: hash(token) }));
  }

  /** Compares with every token in constant time, so that the duration reveals nothing. */
  verify(token: string): Identity | undefined {
    const given = hash(token);
    const found = this.#known.filter((known) => timingSafeEqual(known.sha256, given))[0];
    return found && { name: found.name, scopes: found.scopes };
  }

  named(name: string): (Identity & { fingerprint: string }) | undefined {
    const found = this.#known.find((known) => known.name === name);
    return found && { name, scopes: found.scopes, fingerprint: found.sha256.toString('hex') };
  }
}

/** The token with all scopes. */
export function adminToken(token: string): { name: string; token: string; scopes: readonly Scope[] } {
  return { name: 'admin', token, scopes };
}

/** The token that may read everything except phone numbers and digits. */
export function readerToken(token: string): { name: string; token: string; scopes: readonly Scope[] } {
  return {
    name: 'reader',
    token,
    scopes: [
      'calls:read',
      'monitor:read',
      'operators:read',
      'prompts:read',
      'config:read',
      'lines:read',
      'metrics:read',
    ],
  };
}

function hash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
