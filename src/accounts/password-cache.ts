import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../lib/clock.js';
import { MINUTE_MS } from '../lib/time.js';

/** HTTP Basic sends the password with every request. */
const REMEMBERED_MS = 5 * MINUTE_MS;
const MOST_REMEMBERED = 1000;

/** Passwords that were right a short time ago, so that they need not be hashed again; as hashes under a key of this process. */
export class PasswordCache {
  readonly #until = new Map<string, number>();
  readonly #key = randomBytes(32);

  constructor(private readonly clock: Clock) {}

  /** Stands for a password together with the hash that is stored of it: worth nothing once another is stored. */
  markOf(password: string, stored: string): string {
    return createHmac('sha256', this.#key).update(`${stored} ${password}`).digest('base64');
  }

  has(mark: string): boolean {
    return (this.#until.get(mark) ?? 0) > this.clock.now();
  }

  add(mark: string): void {
    if (this.#until.size >= MOST_REMEMBERED) this.#until.clear();
    this.#until.set(mark, this.clock.now() + REMEMBERED_MS);
  }
}
