import type { ShownCall, State } from '../../../monitor/protocol.js';
import { FirstRows } from './first-rows.js';
import { activityOf, personName } from './names.js';
import { LiveCallRow, RingingRow } from './rows.js';
import { texts } from './texts.js';

/** Calls of one list that are shown at first. */
const MAX_SHOWN = 12;

/** The ringing calls with the caller's data, on top of the page. */
export function RingingCalls({ calls, state }: { calls: ShownCall[]; state: State }) {
  return (
    <section aria-labelledby="ringing">
      <h2 id="ringing" tabIndex={-1}>
        {texts.ringing}
      </h2>
      {calls.length === 0 && <p class="soft">{texts.nothingRings}</p>}
      <FirstRows items={calls} first={MAX_SHOWN} more={texts.more}>
        {(shown) => (
          <ul class="ringing">
            {shown.map((call) => (
              <RingingRow
                key={call.id}
                call={call}
                rings={call.rings.map((each) => personName(state, each)).join(', ')}
              />
            ))}
          </ul>
        )}
      </FirstRows>
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
      <FirstRows items={calls} first={MAX_SHOWN} more={texts.moreCalls}>
        {(shown) => (
          <ul class="rows">
            {shown.map((call) => (
              <LiveCallRow key={call.id} call={call} activity={activityOf(state, call)} />
            ))}
          </ul>
        )}
      </FirstRows>
    </section>
  );
}
