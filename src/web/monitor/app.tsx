import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { State } from '../../monitor/protocol.js';
import { OtherCalls, Queues, RingingCalls } from './calls.js';
import { Connection, type Live } from './connection.js';
import { useCrosses, withHeld } from './crosses.js';
import { Handsets } from './handsets.js';
import type { Own } from './own.js';
import { isFresh, Pops, wantsPops, type Pop, type PopsHere } from './pops.js';
import { texts } from './texts.js';
import { nameOf, ringsHere } from './words.js';

const LABEL = 'cordboard-monitor-label';

interface AppProps {
  labels: string[];
  mayReject: boolean;
  own: Own | undefined;
  /** Whether callers' pages open here, and whose. */
  pops: { here: PopsHere; operator: string };
}

export function App({ labels, mayReject, own, pops: { here, operator } }: AppProps) {
  const [label, setLabel] = useState<string | null>(() => chosenLabel());
  const [live, setLive] = useState<Live>({ state: undefined, lostAt: undefined, clockAheadMs: 0 });
  const [pops, setPops] = useState<Pop[]>([]);
  const connection = useMemo(() => {
    const take = (pop: Pop) => isFresh(pop) && setPops((before) => [...before.slice(-9), pop]);
    return new Connection(setLive, label, here === 'off' ? undefined : { wanted: wantsPops, take });
  }, []);
  const now = useNow() - live.clockAheadMs;
  useEffect(() => {
    connection.open();
    const again = () => connection.again();
    const events = ['online', 'focus'] as const;
    for (const event of events) addEventListener(event, again);
    return () => events.forEach((event) => removeEventListener(event, again));
  }, []);
  const { state } = live;
  const stale = live.lostAt !== undefined || state?.current === false;
  const crosses = useCrosses(state, mayReject);
  const shown = state && withHeld(state, crosses.held);
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
        <Standing live={live} />
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
      {here !== 'off' && state !== undefined && (
        <Pops {...{ here, operator, pops, state }} onWish={() => connection.tellPops()} />
      )}
      {state !== undefined && shown !== undefined && (
        <div class={stale ? 'board stale' : 'board'} aria-busy={stale}>
          <div class="left">
            <RingingCalls state={shown} now={now} crosses={crosses} />
            <OtherCalls state={shown} now={now} crosses={crosses} />
          </div>
          <Queues state={shown} now={now} crosses={crosses} />
          <Handsets state={state} now={now} own={own} />
        </div>
      )}
    </>
  );
}

function standingOf({ state, lostAt }: Live): string {
  if (lostAt !== undefined) return texts.lostSince(new Date(lostAt).toLocaleTimeString(document.documentElement.lang));
  if (state === undefined) return texts.connecting;
  if (!state.current) return texts.asteriskAway;
  return state.durable ? texts.live : texts.notDurable;
}

function Standing({ live }: { live: Live }) {
  const { state, lostAt } = live;
  const stale = lostAt !== undefined || state?.current === false;
  const bad = stale || state?.durable === false;
  return (
    <p class={bad ? 'standing bad' : 'standing'} role="status" data-standing={stale ? 'stale' : state ? 'live' : 'new'}>
      <span class="dot" aria-hidden="true" />
      {standingOf(live)}
    </p>
  );
}

/** Says who rings, once for each call, to those who do not look. */
function Announcer({ state }: { state: State | undefined }) {
  const said = useRef(new Set<string>());
  const [words, setWords] = useState('');
  useEffect(() => {
    const ringing = Object.values(state?.calls ?? {}).filter(ringsHere);
    const fresh = ringing.filter(({ id }) => !said.current.has(id));
    said.current = new Set([...said.current].filter((id) => state?.calls[id] !== undefined));
    for (const { id } of fresh) said.current.add(id);
    if (fresh.length > 0) setWords(texts.newRinging(fresh.map(nameOf).join(', ')));
  }, [state]);
  return (
    <p class="unseen" aria-live="polite">
      {words}
    </p>
  );
}

/**
 * When the button that had the focus is gone, the heading above has it: never nobody, and never the button of another call, which the next
 * press would hit.
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
