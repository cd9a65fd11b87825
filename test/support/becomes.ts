import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 50;

/**
 * Polls `look` until it returns something other than undefined and false, and returns that.
 * @throws naming `what` after the timeout, which is long enough for a busy machine
 */
export async function becomes<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 30_000,
): Promise<T> {
  for (const late = Date.now() + withinMs; ;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > late) throw new Error(`not within ${withinMs} ms: ${what}`);
    await delay(POLL_MS);
  }
}
