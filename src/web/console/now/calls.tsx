import type { ShownCall, State } from '../../../monitor/protocol.js';
import { activityOf, personName } from './names.js';
import { LiveCallRow, RingingRow } from './rows.js';
import { texts } from './texts.js';

/** Calls that are shown in one list. */
const MAX_SHOWN = 12;

/** The ringing calls with the caller's data, on top of the page. */
export function RingingCalls({ calls, state }: { calls: ShownCall[]; state: State }) {
  return (
    <section aria-labelledby="ringing">
      <h2 id="ringing" tabIndex={-1}>
        {texts.ringing}
      </h2>
      {calls.length === 0 && <p class="soft">{texts.nothingRings}</p>}
      <ul class="ringing">
        {calls.slice(0, MAX_SHOWN).map((call) => (
          <RingingRow key={call.id} call={call} rings={call.rings.map((each) => personName(state, each)).join(', ')} />
        ))}
      </ul>
      {calls.length > MAX_SHOWN && <p class="soft">{texts.more(calls.length - MAX_SHOWN)}</p>}
    </section>
  );
}

/** A list of other calls; nothing when there are none. */
export function OtherCalls(props: { id: string; title: string; calls: ShownCall[]; state: State }) {
  const { id, title, calls, state } = props;
  if (calls.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>
        {title} <span class="count">{calls.length}</span>
      </h2>
      <ul class="rows">
        {calls.map((call) => (
          <LiveCallRow key={call.id} call={call} activity={activityOf(state, call)} />
        ))}
      </ul>
    </section>
  );
}
