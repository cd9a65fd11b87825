import type { Instant } from '../lib/clock.js';

/** The timers of a flow that are set: those with an instant. */
export function pendingTimers(timers: Readonly<Record<string, Instant | null | undefined>>): Record<string, Instant> {
  const pending: Record<string, Instant> = {};
  for (const name of Object.keys(timers)) {
    const at = timers[name];
    if (typeof at === 'number') pending[name] = at;
  }
  return pending;
}
