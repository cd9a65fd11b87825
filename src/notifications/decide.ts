import type { Instant } from '../lib/clock.js';
import { isWithin, nextOpening, type CallingWindow } from './window.js';
import { MINUTE_MS } from '../lib/time.js';

/** What is to happen now with the notifications that wait. Pure: everything it knows comes in. */

export interface Waiting {
  id: string;
  orderId: string;
  /** E.164. */
  to: string;
  trunk: string;
  expiresAt: Instant;
  window: CallingWindow | null;
}

/** A call that has not come to its end yet. */
export interface Calling {
  orderId: string;
  to: string;
  trunk: string;
}

interface Cap {
  maxConcurrent: number;
  perMinute: number;
}

export interface Limits extends Cap {
  /** Of trunks that have limits of their own, besides. */
  trunks: Record<string, Partial<Cap>>;
}

export interface Situation {
  now: Instant;
  /** Whose time has come, in the order in which they are to be called. */
  due: readonly Waiting[];
  calling: readonly Calling[];
  /** The calls begun in the last minute, whatever became of them. */
  begun: readonly { at: Instant; trunk: string }[];
  limits: Limits;
}

export interface Decision {
  start: string[];
  finish: { id: string; result: 'expired' | 'window_missed' }[];
  /** Not to be looked at before. */
  defer: { id: string; until: Instant }[];
  /** When a call may begin that the rate keeps back now; undefined when it keeps none. */
  wakeAt: Instant | undefined;
}

/** Never two calls at the same time for one order, nor to one number: the second would only find it busy. */
export function decide({ now, due, calling, begun, limits }: Situation): Decision {
  const decision: Decision = { start: [], finish: [], defer: [], wakeAt: undefined };
  const busy = new Set(calling.flatMap(({ orderId, to }) => [`order ${orderId}`, to]));
  const room = new Room(limits, calling, begun, now);
  for (const { id, orderId, to, trunk, expiresAt, window } of due) {
    if (now >= expiresAt) {
      decision.finish.push({ id, result: window && !isWithin(window, expiresAt) ? 'window_missed' : 'expired' });
    } else if (window && !isWithin(window, now)) {
      if (window.policy === 'drop') decision.finish.push({ id, result: 'window_missed' });
      // What does not open before it expires is looked at again then.
      else decision.defer.push({ id, until: Math.min(nextOpening(window, now) ?? expiresAt, expiresAt) });
    } else if (!busy.has(`order ${orderId}`) && !busy.has(to) && room.take(trunk)) {
      decision.start.push(id);
      busy.add(`order ${orderId}`).add(to);
    }
  }
  decision.wakeAt = room.nextAt;
  return decision;
}

/** How many calls may be begun. */
class Room {
  /** When the rate lets the next call begin that it has refused. */
  nextAt: Instant | undefined;
  readonly #open = new Map<string, number>();
  readonly #begun = new Map<string, Instant[]>();

  constructor(
    private readonly limits: Limits,
    calling: readonly Calling[],
    begun: readonly { at: Instant; trunk: string }[],
    private readonly now: Instant,
  ) {
    for (const { trunk } of calling) this.#count(trunk);
    for (const { at, trunk } of begun) {
      // What seems to come was before the clock was set back.
      if (at <= now - MINUTE_MS || at > now) continue;
      for (const key of [ALL, trunk]) this.#begun.set(key, [...(this.#begun.get(key) ?? []), at]);
    }
  }

  take(trunk: string): boolean {
    const caps: [string, Partial<Cap>][] = [
      [ALL, this.limits],
      [trunk, this.limits.trunks[trunk] ?? {}],
    ];
    if (caps.some(([key, { maxConcurrent }]) => (this.#open.get(key) ?? 0) >= (maxConcurrent ?? Infinity)))
      return false;
    const freeAt = Math.max(...caps.map(([key, { perMinute }]) => this.#freeAt(key, perMinute)));
    if (freeAt > this.now) {
      this.nextAt = Math.min(this.nextAt ?? freeAt, freeAt);
      return false;
    }
    this.#count(trunk);
    for (const key of [ALL, trunk]) this.#begun.set(key, [...(this.#begun.get(key) ?? []), this.now]);
    return true;
  }

  #freeAt(key: string, perMinute = Infinity): Instant {
    const begun = (this.#begun.get(key) ?? []).sort((a, b) => a - b);
    if (begun.length < perMinute) return this.now;
    const leaves = begun[begun.length - perMinute];
    return leaves === undefined ? Infinity : leaves + MINUTE_MS;
  }

  #count(trunk: string): void {
    for (const key of [ALL, trunk]) this.#open.set(key, (this.#open.get(key) ?? 0) + 1);
  }
}

/** No trunk is called so. */
const ALL = '*';
