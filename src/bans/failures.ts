import { z } from 'zod';
import type { Clock, Instant } from '../lib/clock.js';
import type { SharedCount } from '../shared-state/counts.js';

/** Addresses with failures that are remembered; above it, the one that failed least recently is forgotten. */
const MOST_ADDRESSES = 10_000;
/** Failures of one address that are remembered: more than any limit. */
const MOST_FAILURES = 1_000;

/** Address and times. */
const keptFailures = z.tuple([z.string(), z.array(z.number()).max(MOST_FAILURES)]);

/** Counts wrong passwords and tokens of each address. */
export class Failures {
  readonly #byAddress = new Map<string, Instant[]>();

  /** @param shared failures at other gateways; undefined: there are no others */
  constructor(
    private readonly clock: Clock,
    private readonly shared?: SharedCount,
  ) {
    shared?.onAdded((address, failures) => {
      const now = clock.now();
      const more = Array.from({ length: Math.min(failures, MOST_FAILURES) }, () => now);
      this.#keep(address, [...(this.#byAddress.get(address) ?? []), ...more].slice(-MOST_FAILURES));
    });
    shared?.keep({
      schema: keptFailures,
      save: () => [...this.#byAddress].reverse(),
      restore: ([address, times]) => {
        if ((this.#byAddress.get(address)?.length ?? 0) < times.length) this.#keep(address, times);
      },
    });
  }

  /** Counts a failure. @returns true when the limit is reached; counting then begins anew */
  reachLimit(address: string, limit: { failures: number; within: number }): boolean {
    const now = this.clock.now();
    const recent = (this.#byAddress.get(address) ?? []).filter((at) => at > now - limit.within && at <= now);
    recent.push(now);
    this.shared?.add(address);
    if (recent.length >= limit.failures) {
      this.#byAddress.delete(address);
      return true;
    }
    this.#keep(address, recent);
    return false;
  }

  forget(address: string): void {
    this.#byAddress.delete(address);
  }

  #keep(address: string, recent: Instant[]): void {
    this.#byAddress.delete(address);
    this.#byAddress.set(address, recent);
    const oldest = this.#byAddress.keys().next();
    if (this.#byAddress.size > MOST_ADDRESSES && oldest.done !== true) this.#byAddress.delete(oldest.value);
  }
}
