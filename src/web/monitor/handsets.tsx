import type { ShownHandset, State } from '../../monitor/protocol.js';
import { Since } from './calls.js';
import { OwnHandset, type Own } from './own-handset.js';
import { texts } from './texts.js';
import { callerName } from './format.js';

/** The handsets and their states, at the bottom. */
export function HandsetList({ state, now, own }: { state: State; now: number; own: Own | undefined }) {
  const handsets = Object.values(state.handsets);
  return (
    <section aria-labelledby="handsets">
      <h2 id="handsets">{texts.handsets}</h2>
      {handsets.length === 0 && <p class="soft">{texts.noHandsets}</p>}
      <ul class="handsets">
        {handsets.map((handset) => (
          <Handset
            key={handset.name}
            handset={handset}
            state={state}
            now={now}
            own={handset.name === own?.handset ? own : undefined}
          />
        ))}
      </ul>
    </section>
  );
}

function Handset(props: { handset: ShownHandset; state: State; now: number; own: Own | undefined }) {
  const { handset, state, now, own } = props;
  const { name, display_name, operator } = handset;
  const talk = Object.values(state.calls).find((call) => call.talk?.handset === name);
  const pauses = handset.queues.filter(({ paused }) => paused);
  const isPaused = pauses.length > 0 && pauses.length === handset.queues.length;
  const reason = pauses.find(({ pause_reason }) => pause_reason !== undefined)?.pause_reason;
  const shown = talk !== undefined ? 'busy' : isPaused && handset.state === 'free' ? 'paused' : handset.state;
  return (
    <li class={`handset ${shown}`} data-handset={name} data-state={shown}>
      <span class="dot" aria-hidden="true" />
      <span class="who">
        <b>{operator ?? (display_name || name)}</b>
        <span class="soft what">
          {talk === undefined ? stateText(shown, reason) : `${texts.talksWith} ${callerName(talk)}`}
        </span>
      </span>
      {talk?.talk !== undefined && <Since since={talk.talk.since} now={now} />}
      {own !== undefined && <OwnHandset handset={handset} reasons={own.reasons} />}
    </li>
  );
}

function stateText(state: ShownHandset['state'] | 'paused', reason: string | undefined): string {
  if (state === 'paused') return reason === undefined ? texts.paused : `${texts.paused}: ${reason}`;
  return state === 'ringing' ? texts.ringingNow : texts[state];
}
