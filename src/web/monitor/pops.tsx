import { useEffect, useRef, useState } from 'preact/hooks';
import type { MessageFromUs, State } from '../../monitor/protocol.js';
import { texts } from './texts.js';
import { nameOf } from './words.js';

export type Pop = Extract<MessageFromUs, { type: 'pop' }>;
/** `no_token`: pages would open if the operator's access token were set. */
export type PopsHere = 'off' | 'no_token' | 'on';

/** One tab for all callers' pages. */
const TAB = 'cordboard-dispatch';
const WISH = 'cordboard-pops';
/** Ids of calls whose pages were here: of calls, not of callers. */
const SEEN = 'cordboard-popped';
const MOST_SEEN = 50;
const MOST_SHOWN = 3;

export function wantsPops(): boolean {
  return localStorage.getItem(WISH) === 'on';
}

/** False when this browser has had the page already. */
export function isFresh({ call }: Pop): boolean {
  const seen = JSON.parse(localStorage.getItem(SEEN) ?? '[]') as string[];
  if (seen.includes(call)) return false;
  localStorage.setItem(SEEN, JSON.stringify([...seen, call].slice(-MOST_SEEN)));
  return true;
}

/** The wish to have pages open by themselves, which takes a click once; and a link for each page, which always works. */
export function Pops(props: {
  here: PopsHere;
  operator: string;
  pops: Pop[];
  state: State;
  onWish: (open: boolean) => void;
}) {
  const { here, operator, pops, state, onWish } = props;
  const [wish, setWish] = useState(wantsPops());
  const blocked = useOpened(pops, wish);
  const choose = (open: boolean) => {
    if (open) window.open('about:blank', TAB);
    localStorage.setItem(WISH, open ? 'on' : 'off');
    setWish(open);
    onWish(open);
  };
  return (
    <section class="pops" aria-label={texts.pops}>
      {here === 'no_token' ? (
        <p class="bad">
          {texts.popsNoToken} <a href={`/dispatch-token/${operator}`}>{texts.popsSetToken}</a>
        </p>
      ) : (
        <button type="button" aria-pressed={wish} onClick={() => choose(!wish)}>
          {texts.popsByThemselves}
        </button>
      )}
      <div role="status">
        {blocked && <p class="bad">{texts.popsBlocked}</p>}
        <ul>
          {pops.slice(-MOST_SHOWN).map(({ call, url }) => (
            <li key={call}>
              <a href={url} target={TAB} rel="opener" data-pop={call}>
                {texts.popOf(called(state, call))}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

/** Opens the newest page. @returns whether the browser has refused to */
function useOpened(pops: Pop[], wish: boolean): boolean {
  const last = useRef(pops.at(-1));
  const [blocked, setBlocked] = useState(false);
  const newest = pops.at(-1);
  useEffect(() => {
    if (newest === undefined || newest === last.current) return;
    last.current = newest;
    if (wish) setBlocked(window.open(newest.url, TAB) === null);
  }, [newest, wish]);
  return blocked && wish;
}

function called(state: State, id: string): string {
  const call = state.calls[id];
  return call === undefined ? '…' : nameOf(call);
}
