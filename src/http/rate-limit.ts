import { z } from 'zod';
import type { Clock } from '../lib/clock.js';
import type { SharedCount } from '../shared-state/counts.js';

/** Key, tokens left, and when that was. */
const keptBucket = z.tuple([z.string(), z.number(), z.number()]);
type KeptBucket = z.output<typeof keptBucket>;

interface RateLimitOptions {
  perSecond: number;
  burst: number;
  clock: Clock;
  /** Requests that other gateways have let through; undefined: there are no others. */
  shared?: SharedCount | undefined;
}

/** One token bucket for each key: `burst` requests at once, then `perSecond` a second. */
export class RateLimit {
  /** In order of last use. */
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(
    private readonly options: RateLimitOptions,
    /** Above this many, the least recently used bucket is dropped: the number of foreign addresses has no limit. */
    private readonly maxBuckets = 10_000,
  ) {
    options.shared?.onAdded((key, taken) => this.#keep(key, this.#fill(key) - taken));
    options.shared?.keep({
      schema: keptBucket,
      save: () => [...this.#buckets].reverse().map(([key, { left, at }]): KeptBucket => [key, left, at]),
      restore: ([key, left, at]) => {
        const { burst, clock } = this.options;
        const own = this.#fill(key);
        this.#buckets.set(key, { left: Math.min(left, burst), at: Math.min(at, clock.now()) });
        this.#keep(key, Math.min(own, this.#fill(key)));
      },
    });
  }

  /** Takes a token of the bucket. @returns the seconds to wait when it is empty, else 0 */
  take(key: string): number {
    const { perSecond, shared } = this.options;
    const filled = this.#fill(key);
    const taken = filled < 1 ? 0 : 1;
    this.#keep(key, filled - taken);
    if (taken === 0) return Math.max(1, Math.ceil((1 - filled) / perSecond));
    shared?.add(key);
    return 0;
  }

  /** Returns a token that was not needed. */
  giveBack(key: string): void {
    if (!this.#buckets.has(key)) return;
    this.#keep(key, this.#fill(key) + 1);
    this.options.shared?.add(key, -1);
  }

  /** The tokens that the bucket has now. */
  #fill(key: string): number {
    const { perSecond, burst, clock } = this.options;
    const now = clock.now();
    const { left, at } = this.#buckets.get(key) ?? { left: burst, at: now };
    // A clock that was set back must not drain the bucket.
    return Math.min(burst, left + (Math.max(0, now - at) / 1000) * perSecond);
  }

  #keep(key: string, left: number): void {
    const { burst, clock } = this.options;
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: Math.min(burst, Math.max(0, left)), at: clock.now() });
    const oldest = this.#buckets.keys().next();
    if (this.#buckets.size > this.maxBuckets && oldest.done !== true) this.#buckets.delete(oldest.value);
  }
}
