import type { ShownCall, ShownHandset, State } from '../../../monitor/protocol.js';
import type { IconName } from '../../icons.js';
import { mayConfigure } from '../config/may-configure.js';
import { can, session } from '../session.js';
import { Badge, type Tone } from '../ui/badge.js';
import { EmptyState } from '../ui/empty-state.js';
import { memo } from '../ui/memo.js';
import { Menu, type MenuItem } from '../ui/menu.js';
import { supervisionItems } from './call-actions.js';
import { FirstRows } from './first-rows.js';
import { commandFor } from './handset-control.js';
import { activityOf, callerName, handsetTitle } from './names.js';
import { OwnHandset } from './own-handset.js';
import { Since } from './since.js';
import { texts } from './texts.js';

/** As in directory/queue-membership.ts. */
const EXTENDED_WRAP_UP = 'wrap_up';

type HandsetState = ShownHandset['state'] | 'paused';

const LOOKS: Record<HandsetState, { tone: Tone; icon: IconName }> = {
  free: { tone: 'free', icon: 'free' },
  ringing: { tone: 'ring', icon: 'ring' },
  busy: { tone: 'talk', icon: 'talk' },
  paused: { tone: 'pause', icon: 'pause' },
  unavailable: { tone: 'quiet', icon: 'off' },
  unknown: { tone: 'quiet', icon: 'off' },
};

/** Handsets that are shown at first. */
const MAX_SHOWN = 30;

/** The handsets and their states, the own one first. */
export function HandsetList({ state }: { state: State }) {
  const handsets = Object.values(state.handsets);
  const talks = new Map(
    Object.values(state.calls).flatMap((call) => talkingHandsets(call).map((name) => [name, call])),
  );
  const own = handsets.filter(({ name }) => name === session.handset);
  const others = handsets.filter(({ name }) => name !== session.handset);
  return (
    <section aria-labelledby="handsets">
      <h2 id="handsets">{texts.handsets}</h2>
      {handsets.length === 0 && (
        <EmptyState icon="people" title={texts.noHandsets}>
          {mayConfigure() && (
            <a class="button" href="/handsets?new=1">
              {texts.addHandset}
            </a>
          )}
        </EmptyState>
      )}
      <FirstRows items={[...own, ...others]} first={MAX_SHOWN} more={texts.moreHandsets}>
        {(shown) => (
          <ul class="handsets">
            {shown.map((handset) => {
              const talk = talks.get(handset.name);
              return (
                <Handset
                  key={handset.name}
                  handset={handset}
                  title={handsetTitle(state, handset.name)}
                  talk={talk}
                  talksWith={talk === undefined ? '' : otherParty(state, talk, handset.name)}
                />
              );
            })}
          </ul>
        )}
      </FirstRows>
    </section>
  );
}

const Handset = memo(
  (props: { handset: ShownHandset; title: string; talk: ShownCall | undefined; talksWith: string }) => {
    const { handset, title, talk, talksWith } = props;
    const pauses = handset.queues.filter(({ paused }) => paused);
    const isPaused = pauses.length > 0 && pauses.length === handset.queues.length;
    const reason = pauses.find(({ pause_reason }) => pause_reason !== undefined)?.pause_reason;
    const shown = talk !== undefined ? 'busy' : isPaused && handset.state === 'free' ? 'paused' : handset.state;
    const isOwn = handset.name === session.handset;
    const items = isOwn ? [] : actionsOf(handset, { title, isPaused, talk, talksWith });
    return (
      <li class={`handset ${shown}`} data-handset={handset.name} data-state={shown}>
        <span class="who">
          <b>{title}</b>
          {handset.operator !== undefined && handset.display_name !== '' && handset.display_name !== title && (
            <span class="soft"> {handset.display_name}</span>
          )}
          <Badge {...LOOKS[shown]}>
            {talk === undefined ? stateText(shown, reason) : talksWith}
            {isPaused && shown !== 'paused' && ` · ${stateText('paused', reason)}`}
          </Badge>
        </span>
        {talk?.talk !== undefined && <Since since={talk.talk.since} />}
        {items.length > 0 && <Menu label={texts.actions(title)} items={items} />}
        {isOwn && <OwnHandset handset={handset} />}
      </li>
    );
  },
);

function stateText(state: HandsetState, reason: string | undefined): string {
  if (state === 'paused' && reason === EXTENDED_WRAP_UP) return texts.wrapUp;
  if (state === 'paused') return reason === undefined ? texts.paused : `${texts.paused}: ${reason}`;
  return state === 'ringing' ? texts.ringingNow : texts[state];
}

/** What the visitor may do with somebody else's handset. */
function actionsOf(
  { name, queues }: ShownHandset,
  at: { title: string; isPaused: boolean; talk: ShownCall | undefined; talksWith: string },
): MenuItem[] {
  const { title, isPaused, talk, talksWith } = at;
  const items = talk === undefined ? [] : supervisionItems(talk, `${title}, ${talksWith}`);
  if (!can('operators:control')) return items;
  const command = (
    word: string,
    icon: IconName,
    ...rest: Parameters<typeof commandFor> extends [string, string, ...infer R] ? R : never
  ) => items.push({ name: word, icon, run: () => void commandFor(name, title, ...rest) });
  if (queues.length === 0) command(texts.enterQueues, 'check', 'log-in');
  else {
    if (isPaused) command(texts.unpause, 'play', 'unpause');
    else if (session.pauseReasons.length === 0) command(texts.pause, 'pause', 'pause');
    else for (const reason of session.pauseReasons) command(texts.pauseFor(reason), 'pause', 'pause', reason);
    command(texts.leaveQueues, 'logOut', 'log-out');
  }
  return items;
}

/** The handsets of the company that talk in the call. */
function talkingHandsets({ talk, from }: ShownCall): string[] {
  return talk === undefined ? [] : [talk.handset, from?.handset].filter((name) => name !== undefined);
}

function otherParty(state: State, call: ShownCall, handset: string): string {
  return call.talk?.handset === handset || call.from?.handset === handset
    ? texts.talksWith(callerName(call))
    : activityOf(state, call);
}
