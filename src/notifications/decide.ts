import type { Instant } from '../lib/clock.js';
import { isWithin, nextOpening, type CallingWindow } from './window.js';
import { MINUTE_MS } from '../lib/time.js';

/** Decides which waiting notifications are called, finished or deferred now. Pure. */

export interface WaitingNotification {
  id: string;
  orderId: string;
  /** E.164. */
  to: string;
  trunk: string;
  expiresAt: Instant;
  window: CallingWindow | null;
}

/** A call in progress. */
export interface ActiveCall {
  orderId: string;
  to: string;
  trunk: string;
}

interface Cap {
  maxConcurrent: number;
  perMinute: number;
}

export interface NotificationLimits extends Cap {
  /** Additional limits of single trunks. */
  trunks: Record<string, Partial<Cap>>;
}

export interface Situation {
  now: Instant;
  /** Notifications that are due, in the order in which they are to be called. */
  due: readonly WaitingNotification[];
  calling: readonly ActiveCall[];
  /** All calls begun in the last minute, whatever their outcome. */
  begun: readonly { at: Instant; trunk: string }[];
  limits: NotificationLimits;
}

export interface Decision {
  start: string[];
  finish: { id: string; result: 'expired' | 'window_missed' }[];
  /** Not due again before `until`. */
  defer: { id: string; until: Instant }[];
  /** When the rate limit allows the next call that it rejected now; undefined when it rejected none. */
  wakeAt: Instant | undefined;
}

/** Never two calls at the same time for one order or to one number: the second would only find the line busy. */
export function decide({ now, due, calling, begun, limits }: Situation): Decision {
  const decision: Decision = { start: [], finish: [], defer: [], wakeAt: undefined };
  const busy = new Set(calling.flatMap(({ orderId, to }) => [`order ${orderId}`, to]));
  const room = new Capacity(limits, calling, begun, now);
  for (const { id, orderId, to, trunk, expiresAt, window } of due) {
    if (now >= expiresAt) {
      decision.finish.push({ id, result: window && !isWithin(window, expiresAt) ? 'window_missed' : 'expired' });
    } else if (window && !isWithin(window, now)) {
      if (window.policy === 'drop') decision.finish.push({ id, result: 'window_missed' });
      // A window that does not open in time: due again when the notification expires.
      else decision.defer.push({ id, until: Math.min(nextOpening(window, now) ?? expiresAt, expiresAt) });
    } else if (!busy.has(`order ${orderId}`) && !busy.has(to) && room.reserve(trunk)) {
      decision.start.push(id);
      busy.add(`order ${orderId}`).add(to);
    }
  }
  decision.wakeAt = room.nextFreeAt;
  return decision;
}

/** The number of calls that the limits still allow, in all and for each trunk. */
class Capacity {
  /** When the rate limit allows the next call that it rejected. */
  nextFreeAt: Instant | undefined;
  readonly #open = new Map<string, number>();
  readonly #begun = new Map<string, Instant[]>();

  constructor(
    private readonly limits: NotificationLimits,
    calling: readonly ActiveCall[],
    begun: readonly { at: Instant; trunk: string }[],
    private readonly now: Instant,
  ) {
    for (const { trunk } of calling) this.#count(trunk);
    for (const { at, trunk } of begun) {
      // An instant in the future: the clock was set back since.
      if (at <= now - MINUTE_MS || at > now) continue;
      for (const key of [ALL, trunk]) this.#begun.set(key, [...(this.#begun.get(key) ?? []), at]);
    }
  }

  /** Counts one more call. False, and nothing counted, when a limit is reached. */
  reserve(trunk: string): boolean {
    const caps: [string, Partial<Cap>][] = [
      [ALL, this.limits],
      [trunk, this.limits.trunks[trunk] ?? {}],
    ];
    if (caps.some(([key, { maxConcurrent }]) => (this.#open.get(key) ?? 0) >= (maxConcurrent ?? Infinity)))
      return false;
    const freeAt = Math.max(...caps.map(([key, { perMinute }]) => this.#freeAt(key, perMinute)));
    if (freeAt > this.now) {
      this.nextFreeAt = Math.min(this.nextFreeAt ?? freeAt, freeAt);
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

/** Key of the limits that count all trunks; not a valid trunk name. */
const ALL = '*';
