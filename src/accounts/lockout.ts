import type { Clock } from '../lib/clock.js';
import { MINUTE_MS } from '../lib/time.js';

const FIRST_WAIT_MS = 30_000;
const MAX_WAIT_MS = 15 * MINUTE_MS;
const EXPIRY_MS = 2 * MAX_WAIT_MS;
const MAX_KEYS = 10_000;

interface Failures {
  count: number;
  until: number;
  lastAt: number;
}

/**
 * Enforces a waiting time after repeated failures of a key: 30 seconds, doubled with each failure, at most 15 minutes.
 * Failures expire after 30 minutes without another one, and when the gateway starts.
 */
export class Lockout {
  readonly #failures = new Map<string, Failures>();

  /** @param free number of failures before the first waiting time */
  constructor(
    private readonly clock: Clock,
    private readonly free: number,
  ) {}

  /** Remaining waiting time in milliseconds; 0 for none. */
  waitMs(key: string): number {
    return Math.max(0, (this.#current(key)?.until ?? 0) - this.clock.now());
  }

  recordFailure(key: string): void {
    this.#setCount(key, (this.#current(key)?.count ?? 0) + 1);
  }

  /** Removes one failure that was counted in advance. */
  removeFailure(key: string): void {
    const found = this.#current(key);
    if (found && found.count > 1) this.#setCount(key, found.count - 1);
    else this.#failures.delete(key);
  }

  clear(key: string): void {
    this.#failures.delete(key);
  }

  #setCount(key: string, count: number): void {
    const now = this.clock.now();
    const waitMs = count < this.free ? 0 : Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (count - this.free));
    this.#failures.delete(key);
    this.#failures.set(key, { count, until: now + waitMs, lastAt: now });
    const oldest = this.#failures.keys().next();
    if (this.#failures.size > MAX_KEYS && oldest.done !== true) this.#failures.delete(oldest.value);
  }

  #current(key: string): Failures | undefined {
    const found = this.#failures.get(key);
    const agoMs = this.clock.now() - (found?.lastAt ?? 0);
    // A failure in the future means that the clock was set back.
    if (agoMs > EXPIRY_MS || agoMs < 0) this.#failures.delete(key);
    return this.#failures.get(key);
  }
}
