import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { State } from '../../monitor/protocol.js';
import { OtherCalls, QueueList, RingingCalls } from './calls.js';
import { MonitorConnection, type Live } from './connection.js';
import { useRejectControl, withHeldRows } from './reject-control.js';
import { HandsetList } from './handsets.js';
import type { Own } from './own-handset.js';
import { recordPop, Pops, isAutoOpenOn, type Pop, type PopsMode } from './pops.js';
import { texts } from './texts.js';
import { callerName, isRingingHere } from './format.js';

const LABEL = 'cordboard-monitor-label';

interface AppProps {
  labels: string[];
  mayReject: boolean;
  own: Own | undefined;
  /** Settings of screen pops for the logged-in operator. */
  pops: { mode: PopsMode; operator: string };
}

export function MonitorApp({ labels, mayReject, own, pops: { mode, operator } }: AppProps) {
  const [label, setLabel] = useState<string | null>(() => chosenLabel());
  const [live, setLive] = useState<Live>({ state: undefined, lostAt: undefined, clockAheadMs: 0 });
  const [pops, setPops] = useState<Pop[]>([]);
  const connection = useMemo(() => {
    const onPop = (pop: Pop) => recordPop(pop) && setPops((before) => [...before.slice(-9), pop]);
    return new MonitorConnection(setLive, label, mode === 'off' ? undefined : { autoOpen: isAutoOpenOn, onPop });
  }, []);
  const now = useNow() - live.clockAheadMs;
  useEffect(() => {
    connection.open();
    const reconnect = () => connection.reconnectNow();
    const events = ['online', 'focus'] as const;
    for (const event of events) addEventListener(event, reconnect);
    return () => events.forEach((event) => removeEventListener(event, reconnect));
  }, []);
  const { state } = live;
  const stale = live.lostAt !== undefined || state?.current === false;
  const rejects = useRejectControl(state, mayReject);
  const shown = state && withHeldRows(state, rejects.held);
  useKeptFocus(shown);
  const choose = (chosen: string | null) => {
    setLabel(chosen);
    if (chosen === null) localStorage.removeItem(LABEL);
    else localStorage.setItem(LABEL, chosen);
    connection.watch(chosen);
  };
  return (
    <>
      <div class="bar">
        <ConnectionStatus live={live} />
        <label class="choice">
          {texts.show}{' '}
          <select value={label ?? ''} onChange={({ currentTarget: { value } }) => choose(value === '' ? null : value)}>
            <option value="">{texts.allHandsets}</option>
            {withChosen(labels, label).map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Announcer state={state} />
      {mode !== 'off' && state !== undefined && (
        <Pops {...{ mode, operator, pops, state }} onAutoOpenChange={() => connection.sendPopsSetting()} />
      )}
      {state !== undefined && shown !== undefined && (
        <div class={stale ? 'board stale' : 'board'} aria-busy={stale}>
          <div class="left">
            <RingingCalls state={shown} now={now} rejects={rejects} />
            <OtherCalls state={shown} now={now} rejects={rejects} />
          </div>
          <QueueList state={shown} now={now} rejects={rejects} />
          <HandsetList state={state} now={now} own={own} />
        </div>
      )}
    </>
  );
}

function statusText({ state, lostAt }: Live): string {
  if (lostAt !== undefined)
    return texts.disconnectedSince(new Date(lostAt).toLocaleTimeString(document.documentElement.lang));
  if (state === undefined) return texts.connecting;
  if (!state.current) return texts.asteriskUnreachable;
  return state.durable ? texts.live : texts.notDurable;
}

function ConnectionStatus({ live }: { live: Live }) {
  const { state, lostAt } = live;
  const stale = lostAt !== undefined || state?.current === false;
  const bad = stale || state?.durable === false;
  return (
    <p class={bad ? 'standing bad' : 'standing'} role="status" data-standing={stale ? 'stale' : state ? 'live' : 'new'}>
      <span class="dot" aria-hidden="true" />
      {statusText(live)}
    </p>
  );
}

/** Announces each ringing call once, for screen readers. */
function Announcer({ state }: { state: State | undefined }) {
  const announced = useRef(new Set<string>());
  const [words, setWords] = useState('');
  useEffect(() => {
    const ringing = Object.values(state?.calls ?? {}).filter(isRingingHere);
    const fresh = ringing.filter(({ id }) => !announced.current.has(id));
    announced.current = new Set([...announced.current].filter((id) => state?.calls[id] !== undefined));
    for (const { id } of fresh) announced.current.add(id);
    if (fresh.length > 0) setWords(texts.newRinging(fresh.map(callerName).join(', ')));
  }, [state]);
  return (
    <p class="unseen" aria-live="polite">
      {words}
    </p>
  );
}

/**
 * Moves the focus to the heading of the section when the focused button disappears. Otherwise a key press would reach the button of
 * another call, or the focus would be lost.
 */
function useKeptFocus(state: State | undefined): void {
  const last = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      const button = (target as Element | null)?.closest('button[data-call]');
      last.current = button?.closest('section')?.getAttribute('aria-labelledby') ?? undefined;
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, []);
  useLayoutEffect(() => {
    if (last.current === undefined || document.activeElement !== document.body) return;
    (document.getElementById(last.current) ?? document.getElementById('ringing'))?.focus();
  }, [state]);
}

function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return Math.max(now, Date.now());
}

function chosenLabel(): string | null {
  return new URLSearchParams(location.search).get('handset') ?? localStorage.getItem(LABEL);
}

function withChosen(labels: string[], chosen: string | null): string[] {
  return chosen === null || labels.includes(chosen) ? labels : [...labels, chosen];
}
