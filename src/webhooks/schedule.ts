import type { Instant } from '../lib/clock.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../lib/time.js';
import { isTransientEvent } from '../telephony/domain-events.js';

/** The retry schedule of deliveries. Pure. */

const SECOND_MS = 1000;
/** Delays after each failed attempt; later ones are hourly. */
const PAUSES_MS = [1, 5, 30, 120, 600].map((seconds) => seconds * SECOND_MS);

/** No waiting delivery is due later than this after now. Includes a margin for small corrections of the clock. */
export const LONGEST_PAUSE_MS = HOUR_MS + MINUTE_MS;

/** How long a delivery is tried after it was queued. */
export const LIFETIME_MS = DAY_MS;
/** Deliveries that wait longer than this are a backlog. */
const BACKLOG_MS = 5 * SECOND_MS;

/** The receiver refuses the event permanently (410 Gone). */
const GONE = 410;

export interface Standing {
  event: string;
  /** Attempts since it was queued. */
  tries: number;
  expiresAt: Instant;
  /** A later event of the same call is waiting. */
  overtaken: boolean;
}

export type AttemptResult =
  { status: number; answer: string; latencyMs: number } | { failed: string; latencyMs: number };

/** Decides whether a due delivery is sent. */
export function beforeAttempt({ event, expiresAt, overtaken }: Standing, now: Instant): 'send' | 'dropped' | 'dead' {
  if (now >= expiresAt) return 'dead';
  const waitedMs = now - (expiresAt - LIFETIME_MS);
  return overtaken && isTransientEvent(event) && waitedMs > BACKLOG_MS ? 'dropped' : 'send';
}

/** Decides the state of a delivery after an attempt. `tries` includes that attempt. */
export function afterAttempt(
  { tries, expiresAt }: Pick<Standing, 'tries' | 'expiresAt'>,
  result: AttemptResult,
  now: Instant,
): 'delivered' | 'dead' | { againAt: Instant } {
  if ('status' in result) {
    if (result.status >= 200 && result.status <= 299) return 'delivered';
    if (result.status === GONE) return 'dead';
  }
  const againAt = now + (PAUSES_MS[tries - 1] ?? HOUR_MS);
  return againAt < expiresAt ? { againAt } : 'dead';
}
