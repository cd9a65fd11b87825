import type { Clock } from '../../src/lib/clock.js';
import { systemClock } from '../../src/lib/clock.js';
import { DEFAULT_TIMING } from '../../src/asterisk/link.js';
import type { LinkContext, LinkTiming } from '../../src/asterisk/link.js';
import { AsteriskError } from '../../src/asterisk/port.js';

export const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined };

/** A clock that waits a twentieth of the time, and records the requested duration of each wait. */
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

/** The error of a failed request; throws when it succeeded. */
export async function failure(request: Promise<unknown>): Promise<AsteriskError> {
  const error: unknown = await request.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof AsteriskError) return error;
  throw error;
}
