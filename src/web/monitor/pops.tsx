import { useEffect, useRef, useState } from 'preact/hooks';
import type { ServerMessage, State } from '../../monitor/protocol.js';
import { texts } from './texts.js';
import { callerName } from './format.js';

export type Pop = Extract<ServerMessage, { type: 'pop' }>;
/** `no_token`: pages would open if the operator's access token were set. */
export type PopsMode = 'off' | 'no_token' | 'on';

/** Name of the tab in which all callers' pages open. */
const TAB = 'cordboard-dispatch';
const AUTO_OPEN_KEY = 'cordboard-pops';
/** Ids of the calls whose pages this browser has received. */
const SEEN_KEY = 'cordboard-popped';
const MAX_SEEN = 50;
const MAX_SHOWN = 3;

export function isAutoOpenOn(): boolean {
  return localStorage.getItem(AUTO_OPEN_KEY) === 'on';
}

/** Records that this browser has received the page. @returns false when it had been recorded before */
export function recordPop({ call }: Pop): boolean {
  const seen = JSON.parse(localStorage.getItem(SEEN_KEY) ?? '[]') as string[];
  if (seen.includes(call)) return false;
  localStorage.setItem(SEEN_KEY, JSON.stringify([...seen, call].slice(-MAX_SEEN)));
  return true;
}

/** The switch for opening pages automatically, which needs one click per browser, and a link for each page as a fallback. */
export function Pops(props: {
  mode: PopsMode;
  operator: string;
  pops: Pop[];
  state: State;
  onAutoOpenChange: (open: boolean) => void;
}) {
  const { mode, operator, pops, state, onAutoOpenChange } = props;
  const [autoOpen, setAutoOpen] = useState(isAutoOpenOn());
  const blocked = useOpened(pops, autoOpen);
  const choose = (open: boolean) => {
    if (open) window.open('about:blank', TAB);
    localStorage.setItem(AUTO_OPEN_KEY, open ? 'on' : 'off');
    setAutoOpen(open);
    onAutoOpenChange(open);
  };
  return (
    <section class="pops" aria-label={texts.pops}>
      {mode === 'no_token' ? (
        <p class="bad">
          {texts.popsNoToken} <a href={`/dispatch-token/${operator}`}>{texts.popsSetToken}</a>
        </p>
      ) : (
        <button type="button" aria-pressed={autoOpen} onClick={() => choose(!autoOpen)}>
          {texts.popsAutoOpen}
        </button>
      )}
      <div role="status">
        {blocked && <p class="bad">{texts.popsBlocked}</p>}
        <ul>
          {pops.slice(-MAX_SHOWN).map(({ call, url }) => (
            <li key={call}>
              <a href={url} target={TAB} rel="opener" data-pop={call}>
                {texts.popOf(callName(state, call))}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

/** Opens the newest page. @returns whether the browser blocked it */
function useOpened(pops: Pop[], autoOpen: boolean): boolean {
  const last = useRef(pops.at(-1));
  const [blocked, setBlocked] = useState(false);
  const newest = pops.at(-1);
  useEffect(() => {
    if (newest === undefined || newest === last.current) return;
    last.current = newest;
    if (autoOpen) setBlocked(window.open(newest.url, TAB) === null);
  }, [newest, autoOpen]);
  return blocked && autoOpen;
}

function callName(state: State, id: string): string {
  const call = state.calls[id];
  return call === undefined ? '…' : callerName(call);
}
