import type { FlowSummary } from '../kernel/flow.js';
import type { Clock, Instant } from '../lib/clock.js';

/** How long a place stays reserved for a call that has not stored it yet. */
const RESERVED_MS = 10_000;

interface ParkingPlacesOptions {
  /** Of all running calls. */
  summaries: () => Pick<FlowSummary, 'live'>[];
  /** How many places the company has. */
  count: () => number;
  clock: Clock;
}

/** Assigns the numbered places in which callers are parked. */
export class ParkingPlaces {
  /** Places that were assigned a moment ago, with the end of their reservation. */
  readonly #reserved = new Map<number, Instant>();

  constructor(private readonly options: ParkingPlacesOptions) {}

  /** @returns the lowest free place, from 1; null when all are taken */
  assign(): number | null {
    const { summaries, count, clock } = this.options;
    const now = clock.now();
    const taken = new Set(summaries().flatMap(({ live }) => live?.parked?.place ?? []));
    for (let place = 1; place <= count(); place += 1) {
      if (taken.has(place) || (this.#reserved.get(place) ?? now) > now) continue;
      this.#reserved.set(place, now + RESERVED_MS);
      return place;
    }
    return null;
  }
}
