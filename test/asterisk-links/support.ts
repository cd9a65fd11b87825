import type { Clock } from '../../src/lib/clock.js';
import { systemClock } from '../../src/lib/clock.js';
import { DEFAULT_TIMING } from '../../src/asterisk/link.js';
import type { LinkContext, LinkTiming } from '../../src/asterisk/link.js';
import { AsteriskError } from '../../src/asterisk/port.js';

export const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined };

/** A clock on which waiting takes a twentieth of the time, and that remembers for how long each wait was meant to be. */
export class HurriedClock implements Clock {
  readonly waitsMs: number[] = [];

  now(): number {
    return systemClock.now();
  }

  wakeAt(at: number, wake: () => void): () => void {
    const waitMs = at - this.now();
    this.waitsMs.push(waitMs);
    return systemClock.wakeAt(this.now() + waitMs / 20, wake);
  }
}

export function context(timing: Partial<LinkTiming> = {}, clock: Clock = systemClock): LinkContext {
  return { clock, random: Math.random, log: quiet, timing: { ...DEFAULT_TIMING, ...timing } };
}

/** What a request failed with; throws when it did not. */
export async function failure(request: Promise<unknown>): Promise<AsteriskError> {
  const error: unknown = await request.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof AsteriskError) return error;
  throw error;
}
