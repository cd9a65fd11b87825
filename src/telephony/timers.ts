import type { Instant } from '../lib/clock.js';

/** The timers of a flow that are set: those with an instant. */
export function pendingTimers(timers: Record<string, Instant | null | undefined>): Record<string, Instant> {
  return Object.fromEntries(
    Object.entries(timers).filter((entry): entry is [string, Instant] => typeof entry[1] === 'number'),
  );
}
