import type { Clock } from '../lib/clock.js';

/** One token bucket for each key: `burst` requests at once, then `perSecond` a second. */
export class RateLimit {
  /** In order of last use. */
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(
    private readonly options: { perSecond: number; burst: number; clock: Clock },
    /** Above this many, the least recently used bucket is dropped: the number of foreign addresses has no limit. */
    private readonly maxBuckets = 10_000,
  ) {}

  /** Takes a token of the bucket. @returns the seconds to wait when it is empty, else 0 */
  take(key: string): number {
    const { perSecond, burst, clock } = this.options;
    const now = clock.now();
    const { left, at } = this.#buckets.get(key) ?? { left: burst, at: now };
    // A clock that was set back must not drain the bucket.
    const filled = Math.min(burst, left + (Math.max(0, now - at) / 1000) * perSecond);
    const taken = filled < 1 ? 0 : 1;
    this.#keep(key, { left: filled - taken, at: now });
    return taken === 1 ? 0 : Math.max(1, Math.ceil((1 - filled) / perSecond));
  }

  /** Returns a token that was not needed. */
  giveBack(key: string): void {
    const bucket = this.#buckets.get(key);
    if (bucket !== undefined) bucket.left = Math.min(this.options.burst, bucket.left + 1);
  }

  #keep(key: string, bucket: { left: number; at: number }): void {
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    const oldest = this.#buckets.keys().next();
    if (this.#buckets.size > this.maxBuckets && oldest.done !== true) this.#buckets.delete(oldest.value);
  }
}
