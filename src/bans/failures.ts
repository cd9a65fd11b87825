import type { Clock, Instant } from '../lib/clock.js';

/** Addresses with failures that are remembered; above it, the one that failed least recently is forgotten. */
const MOST_ADDRESSES = 10_000;

/** Counts wrong passwords and tokens of each address. */
export class Failures {
  readonly #byAddress = new Map<string, Instant[]>();

  constructor(private readonly clock: Clock) {}

  /** Counts a failure. @returns true when the limit is reached; counting then begins anew */
  reachLimit(address: string, limit: { failures: number; within: number }): boolean {
    const now = this.clock.now();
    const recent = (this.#byAddress.get(address) ?? []).filter((at) => at > now - limit.within && at <= now);
    recent.push(now);
    this.#byAddress.delete(address);
    if (recent.length >= limit.failures) return true;
    this.#byAddress.set(address, recent);
    const oldest = this.#byAddress.keys().next();
    if (this.#byAddress.size > MOST_ADDRESSES && oldest.done !== true) this.#byAddress.delete(oldest.value);
    return false;
  }

  forget(address: string): void {
    this.#byAddress.delete(address);
  }
}
