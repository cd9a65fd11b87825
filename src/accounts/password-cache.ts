import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../lib/clock.js';
import { MINUTE_MS } from '../lib/time.js';

/** Long enough for clients with HTTP Basic, which send the password with every request. */
const TTL_MS = 5 * MINUTE_MS;
const MAX_ENTRIES = 1000;

/** Correct passwords of the last minutes, which need no slow hash again. Stored as HMACs with a random key of this process. */
export class PasswordCache {
  readonly #expiresAt = new Map<string, number>();
  readonly #key = randomBytes(32);

  constructor(private readonly clock: Clock) {}

  /** The key of a password and its stored hash: it becomes invalid when another hash is stored. */
  keyFor(password: string, stored: string): string {
    return createHmac('sha256', this.#key).update(`${stored} ${password}`).digest('base64');
  }

  has(cacheKey: string): boolean {
    return (this.#expiresAt.get(cacheKey) ?? 0) > this.clock.now();
  }

  add(cacheKey: string): void {
    if (this.#expiresAt.size >= MAX_ENTRIES) this.#expiresAt.clear();
    this.#expiresAt.set(cacheKey, this.clock.now() + TTL_MS);
  }
}
