import type { Clock } from '../lib/clock.js';

/** One token bucket for each key: `burst` requests at once, then `perSecond` a second. */
export class RateLimit {
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(
    private readonly options: { perSecond: number; burst: number; clock: Clock },
    /** Buckets are looked through for full ones when there are more than this. */
    private readonly maxBuckets = 10_000,
  ) {}

  /** Takes one; returns for how many seconds to wait when there is none, else 0. */
  take(key: string): number {
    const { perSecond, burst, clock } = this.options;
    const now = clock.now();
    const bucket = this.#buckets.get(key) ?? { left: burst, at: now };
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > this.maxBuckets) this.#forgetFull(now);
    if (bucket.left < 1) return Math.max(1, Math.ceil((1 - bucket.left) / perSecond));
    bucket.left -= 1;
    return 0;
  }

  #forgetFull(now: number): void {
    const fillMs = (this.options.burst / this.options.perSecond) * 1000;
    for (const [key, bucket] of this.#buckets) if (now - bucket.at >= fillMs) this.#buckets.delete(key);
  }
}
