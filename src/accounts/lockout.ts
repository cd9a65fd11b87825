import { z } from 'zod';
import type { Clock } from '../lib/clock.js';
import type { SharedCount } from '../shared-state/counts.js';
import { MINUTE_MS } from '../lib/time.js';

const FIRST_WAIT_MS = 30_000;
const MAX_WAIT_MS = 15 * MINUTE_MS;
const EXPIRY_MS = 2 * MAX_WAIT_MS;
const MAX_KEYS = 10_000;

/** Key, number of failures, end of the waiting time, time of the last failure. */
const keptFailures = z.tuple([z.string(), z.int(), z.number(), z.number()]);
type KeptFailures = z.output<typeof keptFailures>;

interface Failures {
  count: number;
  until: number;
  lastAt: number;
}

/**
 * Enforces a waiting time after repeated failures of a key: 30 seconds, doubled with each failure, at most 15 minutes.
 * Failures expire after 30 minutes without another one, and when the gateway starts without those that the one before kept.
 */
export class Lockout {
  readonly #failures = new Map<string, Failures>();

  /** @param free number of failures before the first waiting time @param shared failures at other gateways */
  constructor(
    private readonly clock: Clock,
    private readonly free: number,
    private readonly shared?: SharedCount,
  ) {
    shared?.onAdded((key, failures) => this.#add(key, failures));
    shared?.keep({
      schema: keptFailures,
      save: () =>
        [...this.#failures]
          .reverse()
          .map(([key, { count, until, lastAt }]): KeptFailures => [key, count, until, lastAt]),
      restore: ([key, count, until, lastAt]) => {
        if ((this.#current(key)?.count ?? 0) < count) this.#failures.set(key, { count, until, lastAt });
      },
    });
  }

  /** Remaining waiting time in milliseconds; 0 for none. */
  waitMs(key: string): number {
    return Math.max(0, (this.#current(key)?.until ?? 0) - this.clock.now());
  }

  recordFailure(key: string): void {
    this.#add(key, 1);
    this.shared?.add(key);
  }

  /** Removes one failure that was counted in advance. */
  removeFailure(key: string): void {
    this.#add(key, -1);
    this.shared?.add(key, -1);
  }

  clear(key: string): void {
    const failures = this.#current(key)?.count ?? 0;
    this.#failures.delete(key);
    this.shared?.add(key, -failures);
  }

  #add(key: string, failures: number): void {
    const count = (this.#current(key)?.count ?? 0) + failures;
    if (count > 0) this.#setCount(key, count);
    else this.#failures.delete(key);
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
