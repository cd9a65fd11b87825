import type { ShownCall } from '../../../monitor/protocol.js';
import { api } from '../api/client.js';
import { state } from '../now/live.js';
import { callerName, handsetTitle } from '../now/names.js';
import { Since } from '../now/since.js';
import { session } from '../session.js';
import '../styles/parked.css';
import { Badge } from '../ui/badge.js';
import { showFailure } from '../ui/toasts.js';
import { expectCall, expectedCall } from './expected-call.js';
import { texts } from './texts.js';

type Parked = ShownCall & { parked: NonNullable<ShownCall['parked']> };

/** The parked callers by their places: who, since when and by whom. Every operator can pick them up. */
export function ParkedCalls() {
  const calls = Object.values(state.value?.calls ?? {})
    .filter((call): call is Parked => call.parked !== undefined)
    .sort((a, b) => a.parked.place - b.parked.place);
  if (calls.length === 0) return null;
  return (
    <ul class="parked-calls" aria-label={texts.parkedCalls}>
      {calls.map((call) => (
        <ParkedCall key={call.id} call={call} />
      ))}
    </ul>
  );
}

function ParkedCall({ call }: { call: Parked }) {
  const { place, by, since } = call.parked;
  const ringing = call.rings.map(({ handset }) => handsetTitle(state.value, handset ?? '')).join(', ');
  return (
    <li data-place={place}>
      <Badge tone="pause" icon="pause">
        {texts.place(place)}
      </Badge>
      <b>{callerName(call)}</b>
      <span class="soft">
        {ringing === '' ? texts.parkedBy(handsetTitle(state.value, by)) : texts.ringsAt(ringing)}
      </span>
      <Since since={since} />
      {session.handset !== null && (
        <button
          type="button"
          aria-label={texts.pickUpOf(callerName(call))}
          disabled={expectedCall.value === call.id}
          onClick={() => void pickUp(call.id)}
        >
          {texts.pickUp}
        </button>
      )}
    </li>
  );
}

async function pickUp(callId: string): Promise<void> {
  const name = session.handset ?? '';
  expectCall(callId);
  const body = { call_id: callId };
  const outcome = await api.post('/api/v1/handsets/{name}/pick-up', { path: { name }, body });
  if (outcome.ok) return;
  expectedCall.value = undefined;
  showFailure(outcome.status);
}
