import type { Clock } from '../lib/clock.js';
import { MINUTE_MS } from '../lib/time.js';

const FIRST_MS = 30_000;
const LONGEST_MS = 15 * MINUTE_MS;
const FORGOTTEN_AFTER_MS = 2 * LONGEST_MS;
const MOST_KEYS = 10_000;

interface Failures {
  count: number;
  until: number;
  lastAt: number;
}

/**
 * Who has failed several times has to wait: half a minute, then twice as long each time, a quarter of an hour at most.
 * Forgotten after half an hour without a failure, and when the gateway starts.
 */
export class Lockout {
  readonly #failures = new Map<string, Failures>();

  /** @param free failures before the first wait */
  constructor(
    private readonly clock: Clock,
    private readonly free: number,
  ) {}

  /** How long to wait, in milliseconds; 0 when there is no need. */
  waitMs(key: string): number {
    return Math.max(0, (this.#current(key)?.until ?? 0) - this.clock.now());
  }

  failed(key: string): void {
    this.#count(key, (this.#current(key)?.count ?? 0) + 1);
  }

  /** What was counted as a failure was none. */
  takeBack(key: string): void {
    const found = this.#current(key);
    if (found && found.count > 1) this.#count(key, found.count - 1);
    else this.#failures.delete(key);
  }

  forget(key: string): void {
    this.#failures.delete(key);
  }

  #count(key: string, count: number): void {
    const now = this.clock.now();
    const waitMs = count < this.free ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (count - this.free));
    this.#failures.delete(key);
    this.#failures.set(key, { count, until: now + waitMs, lastAt: now });
    const oldest = this.#failures.keys().next();
    if (this.#failures.size > MOST_KEYS && oldest.done !== true) this.#failures.delete(oldest.value);
  }

  #current(key: string): Failures | undefined {
    const found = this.#failures.get(key);
    const agoMs = this.clock.now() - (found?.lastAt ?? 0);
    // What seems to come was before the clock was set back: nobody waits for it to come again.
    if (agoMs > FORGOTTEN_AFTER_MS || agoMs < 0) this.#failures.delete(key);
    return this.#failures.get(key);
  }
}
