import type { Instant } from '../lib/clock.js';

/** When a delivery is tried, and when no more. Pure. */

const SECOND_MS = 1000;
const HOUR_MS = 3600 * SECOND_MS;
/** Pauses after each failed attempt; afterwards hourly. */
const PAUSES_MS = [1, 5, 30, 120, 600].map((seconds) => seconds * SECOND_MS);

/** Nothing that waits is due later than this, with room for clocks that are put right by little. */
export const LONGEST_PAUSE_MS = HOUR_MS + 60 * SECOND_MS;

/** For how long after it was put in line a delivery is tried. */
export const LIFETIME_MS = 24 * HOUR_MS;
/** What waits for longer than this waits in a backlog. */
const BACKLOG_MS = 5 * SECOND_MS;
/** Events that are worth nothing once a later one of the same call has happened. */
const FLEETING: ReadonlySet<string> = new Set(['queue_joined', 'ringing', 'queue_left']);

/** The receiver wants no more of it (410 Gone). */
const GONE = 410;

export interface Standing {
  event: string;
  /** Attempts since it was put in line. */
  tries: number;
  expiresAt: Instant;
  /** A later event of the same call waits behind it. */
  overtaken: boolean;
}

export type AttemptResult =
  { status: number; answer: string; latencyMs: number } | { failed: string; latencyMs: number };

/** What to do with a delivery whose turn it is. */
export function beforeAttempt({ event, expiresAt, overtaken }: Standing, now: Instant): 'send' | 'dropped' | 'dead' {
  if (now >= expiresAt) return 'dead';
  const waitedMs = now - (expiresAt - LIFETIME_MS);
  return overtaken && FLEETING.has(event) && waitedMs > BACKLOG_MS ? 'dropped' : 'send';
}

/** What becomes of it after an attempt that is over now. `tries` counts that attempt. */
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
