import { useComputed } from '@preact/signals';
import { formatDuration } from '../format.js';
import { now } from '../ui/clock.js';
import { clockAheadMs } from './live.js';

/** Waiting longer than this stands out, and than that even more. */
const LONG_MS = 60_000; // eslint-disable-line no-restricted-syntax -- lib/time.ts is not for browsers
const TOO_LONG_MS = 120_000;

/** A running time. Only its text changes each second, nothing around it is rendered again. */
export function Since({ since }: { since: string }) {
  const text = useComputed(() => formatDuration(elapsedMs(since)));
  return (
    <time class="since" dateTime={since}>
      {text}
    </time>
  );
}

/** A waiting time, whose colour and weight show when it becomes long. */
export function Waiting({ since }: { since: string }) {
  const text = useComputed(() => formatDuration(elapsedMs(since)));
  const long = useComputed(() => {
    const elapsed = elapsedMs(since);
    return elapsed > TOO_LONG_MS ? 'since too-long' : elapsed > LONG_MS ? 'since long' : 'since';
  });
  return (
    <time class={long} dateTime={since}>
      {text}
    </time>
  );
}

function elapsedMs(since: string): number {
  return now.value - clockAheadMs.value - Date.parse(since);
}
