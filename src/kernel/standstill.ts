import type { Clock, Instant } from '../lib/clock.js';

/** A timer that fires so much later (ms) than it was due shows that this process stood still. */
const LATE_MS = 1000;
/** An answer that takes so long (ms) shows that Asterisk stood still. */
const SLOW_MS = 500;

/**
 * `on_time`: a deadline that is due now has passed. Else what happened before it may not have been heard yet:
 * `late`: this process stood still. `unanswered`: Asterisk did, or does.
 */
type Punctuality = 'on_time' | 'late' | 'unanswered';

/** Whether a timer that fires too late may be believed without asking. */
export function isLate(dueAt: Instant, now: Instant): boolean {
  return now - dueAt > LATE_MS;
}

/** Pings Asterisk to check that it is responsive. Never rejects. */
export async function punctuality(clock: Clock, ping: () => Promise<void>): Promise<Punctuality> {
  const askedAt = clock.now();
  try {
    await ping();
  } catch {
    return 'unanswered';
  }
  return clock.now() - askedAt > SLOW_MS ? 'unanswered' : 'on_time';
}
