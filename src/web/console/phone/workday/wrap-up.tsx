import { signal, useComputed } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../../api/client.js';
import { formatDuration } from '../../format.js';
import { clockAheadMs, state } from '../../now/live.js';
import { session } from '../../session.js';
import { Badge } from '../../ui/badge.js';
import { now } from '../../ui/clock.js';
import { showFailure, showProblem } from '../../ui/toasts.js';
import { phoneState } from '../own-phone.js';
import { texts } from './texts.js';

/** End of the own wrap-up time, by the gateway's clock; 0 for none. */
const endsAt = signal(0);

/** Asterisk knows the end of a talk a moment after the phone. */
const LOOK_AFTER_MS = [0, 1_500];

const name = session.handset ?? '';

async function look(): Promise<void> {
  const outcome = await api.get('/api/v1/handsets/{name}/queues', { path: { name } });
  if (outcome.ok) setEnd(outcome.data.queues);
}

function setEnd(queues: { wrap_up_until: string | null }[]): void {
  endsAt.value = Math.max(0, ...queues.map(({ wrap_up_until: until }) => (until === null ? 0 : Date.parse(until))));
}

/** The rest of the wrap-up time after a call of a queue, which the operator can end and extend. */
export function WrapUp() {
  const handset = state.value?.handsets[name];
  const hasCalls = phoneState.value.calls.length > 0;
  useEffect(() => {
    if (hasCalls) return undefined;
    const timers = LOOK_AFTER_MS.map((ms) => setTimeout(() => void look(), ms));
    return () => timers.forEach(clearTimeout);
  }, [handset, hasCalls]);
  const left = useComputed(() => endsAt.value - (now.value - clockAheadMs.value));
  const isRunning = useComputed(() => left.value > 0).value;
  const rest = useComputed(() => formatDuration(Math.max(0, left.value)));
  if (!isRunning || hasCalls) return null;
  return (
    <span class="wrap-up" data-wrap-up>
      <Badge tone="pause" icon="wait">
        {texts.wrapUp} <time class="since">{rest}</time>
      </Badge>
      <button type="button" onClick={() => void change('end-wrap-up')}>
        {texts.readyNow}
      </button>
      <button type="button" onClick={() => void change('extend-wrap-up')}>
        {texts.moreTime}
      </button>
    </span>
  );
}

async function change(command: 'end-wrap-up' | 'extend-wrap-up'): Promise<void> {
  const outcome = await api.post(`/api/v1/handsets/{name}/${command}`, { path: { name }, body: {} });
  if (outcome.ok) setEnd(outcome.data.queues);
  else if (outcome.status === 409) showProblem(texts.noMoreTime);
  else showFailure(outcome.status);
}
