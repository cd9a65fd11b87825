import { state } from '../../now/live.js';
import { Waiting } from '../../now/since.js';
import { texts } from './texts.js';

/** How long the first caller of these queues has waited. */
export function LongestWait({ queues }: { queues: readonly number[] }) {
  const waiting = Object.values(state.value?.calls ?? {}).filter(
    (call) => call.state === 'waiting' && call.queue !== undefined && queues.includes(call.queue),
  );
  const [since] = waiting.map((call) => call.since).sort();
  if (since === undefined) return null;
  return (
    <span class="soft">
      {texts.longestWait} <Waiting since={since} />
    </span>
  );
}
