import type { Clock } from '../lib/clock.js';

/** One token bucket for each key: `burst` requests at once, then `perSecond` a second. */
export class RateLimit {
  /** Those used last are last. */
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(
    private readonly options: { perSecond: number; burst: number; clock: Clock },
    /** Beyond these the bucket that has not been used for longest is forgotten: strangers' addresses have no end. */
    private readonly maxBuckets = 10_000,
  ) {}

  /** Takes one; returns for how many seconds to wait when there is none, else 0. */
  take(key: string): number {
    const { perSecond, burst, clock } = this.options;
    const now = clock.now();
    const { left, at } = this.#buckets.get(key) ?? { left: burst, at: now };
    // A clock that was set back takes nothing away.
    const filled = Math.min(burst, left + (Math.max(0, now - at) / 1000) * perSecond);
    const taken = filled < 1 ? 0 : 1;
    this.#keep(key, { left: filled - taken, at: now });
    return taken === 1 ? 0 : Math.max(1, Math.ceil((1 - filled) / perSecond));
  }

  /** Gives one back that was taken for nothing. */
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
