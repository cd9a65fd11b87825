import { once } from 'node:events';
import type { Terminal } from './command.js';

/** Resolves when a command that runs until it is stopped is to end. */
export async function waitForStop({ until }: Terminal): Promise<void> {
  if (until?.aborted === true) return;
  const waiting = new AbortController();
  const { signal } = waiting;
  const ends = until
    ? [once(until, 'abort')]
    : [once(process, 'SIGINT', { signal }), once(process, 'SIGTERM', { signal })];
  // The signal that did not arrive.
  for (const end of ends) end.catch(() => undefined);
  await Promise.race(ends);
  waiting.abort();
}
