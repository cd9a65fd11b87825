import type { Clock, Instant } from '../lib/clock.js';

interface Timer {
  at: Instant;
  /** Timers due at the same instant fire in the order in which they were set. */
  order: number;
  wake: () => void;
}

/** A clock that advances only by {@link advanceTo}. */
export class VirtualClock implements Clock {
  #now: Instant;
  #lastOrder = 0;
  readonly #timers = new Set<Timer>();

  constructor(start: Instant) {
    this.#now = start;
  }

  now(): Instant {
    return this.#now;
  }

  wakeAt(at: Instant, wake: () => void): () => void {
    const timer: Timer = { at: Math.max(at, this.#now), order: ++this.#lastOrder, wake };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** When the next timer fires; undefined without timers. */
  nextDueAt(): Instant | undefined {
    return this.#next()?.at;
  }

  /**
   * Fires every timer due until then at its own instant, including those set meanwhile. Promises run only after this returns; to let them
   * run, advance from one {@link nextDueAt} to the next.
   */
  advanceTo(at: Instant): void {
    for (let timer = this.#next(); timer !== undefined && timer.at <= at; timer = this.#next()) {
      this.#timers.delete(timer);
      this.#now = timer.at;
      timer.wake();
    }
    this.#now = Math.max(this.#now, at);
  }

  advanceBy(ms: number): void {
    this.advanceTo(this.#now + ms);
  }

  #next(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (next === undefined || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) next = timer;
    }
    return next;
  }
}
