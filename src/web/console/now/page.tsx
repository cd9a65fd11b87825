import { useLayoutEffect, useRef } from 'preact/hooks';
import { formatTime } from '../format.js';
import { session } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { deferred } from '../ui/deferred.js';
import { Skeleton } from '../ui/skeleton.js';
import { AlertSwitches, Announcer } from './alerts.js';
import { CallToolDialog } from './call-tools.js';
import { OtherCalls, RingingCalls } from './calls.js';
import type { Live } from './connection.js';
import { HandsetList } from './handsets.js';
import { label, live, watchLabel } from './live.js';
import { NeedsYou } from './needs-you.js';
import { Pops } from './pops.js';
import { updatePressPlaces } from './press-places.js';
import { QueueList } from './queues.js';
import { heldCalls } from './rejects.js';
import { sectionsOf } from './sections.js';
import { texts } from './texts.js';
import { TransferDialog } from './transfer.js';

/** Who rings, waits and talks now, and the handsets. */
export default function NowPage() {
  return (
    <>
      <PageHeader title={texts.title}>
        <ConnectionStatus live={live.value} />
      </PageHeader>
      <div class="bar">
        <LabelChoice />
        <AlertSwitches />
      </div>
      <NeedsYou />
      <Announcer />
      {session.pops !== 'off' && live.value.state !== undefined && <Pops />}
      <Board />
      <TransferDialog />
      <CallToolDialog />
    </>
  );
}

const ParkedCalls = deferred(async () => (await import('../phone/parked-calls.js')).ParkedCalls, 1);

function Board() {
  const { state, lostAt } = live.value;
  const held = heldCalls.value;
  useKeptFocus();
  if (state === undefined) return <Skeleton rows={6} />;
  const sections = sectionsOf(state, held);
  const isStale = lostAt !== undefined || !state.current;
  return (
    <div class={isStale ? 'board stale' : 'board'} aria-busy={isStale}>
      <div class="calls">
        <RingingCalls calls={sections.ringing} state={state} />
        <OtherCalls id="in-progress" title={texts.inProgress} calls={sections.inProgress} state={state} />
        <OtherCalls id="outgoing" title={texts.outgoing} calls={sections.outgoing} state={state} />
      </div>
      {Object.values(state.calls).some(({ parked }) => parked) && <ParkedCalls />}
      <QueueList queues={sections.queues} />
      <HandsetList state={state} />
    </div>
  );
}

function LabelChoice() {
  const { labels } = session;
  const chosen = label.value;
  if (labels.length === 0 && chosen === null) return null;
  const choices = chosen === null || labels.includes(chosen) ? labels : [...labels, chosen];
  return (
    <label class="choice">
      {texts.show}{' '}
      <select value={chosen ?? ''} onChange={({ currentTarget: { value } }) => watchLabel(value === '' ? null : value)}>
        <option value="">{texts.allHandsets}</option>
        {choices.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    </label>
  );
}

function statusText({ state, lostAt }: Live): string {
  if (lostAt !== undefined) return texts.disconnectedSince(formatTime(lostAt));
  if (state === undefined) return texts.connecting;
  if (!state.current) return texts.asteriskUnreachable;
  return state.durable ? texts.live : texts.notDurable;
}

function ConnectionStatus({ live: { state, lostAt, ...rest } }: { live: Live }) {
  const isStale = lostAt !== undefined || state?.current === false;
  const isBad = isStale || state?.durable === false;
  return (
    <p
      class={isBad ? 'standing bad' : 'standing'}
      role="status"
      data-standing={isStale ? 'stale' : state ? 'live' : 'new'}
    >
      <span class="dot" aria-hidden="true" />
      {statusText({ state, lostAt, ...rest })}
    </p>
  );
}

/**
 * Moves the focus to the heading of the section when the focused button disappears. Otherwise a key press would reach the button of
 * another call, or the focus would be lost.
 */
function useKeptFocus(): void {
  const last = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      const row = (target as Element | null)?.closest('li[data-id] button');
      last.current = row?.closest('section')?.getAttribute('aria-labelledby') ?? undefined;
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, []);
  useLayoutEffect(() => {
    updatePressPlaces();
    if (last.current === undefined || document.activeElement !== document.body) return;
    (document.getElementById(last.current) ?? document.getElementById('ringing'))?.focus();
  });
}
