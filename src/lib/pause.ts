import { setTimeout as delay } from 'node:timers/promises';

/** Waits so long (ms). @returns false at once when the signal aborts */
export function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return delay(ms, true, { signal }).catch(() => false);
}
