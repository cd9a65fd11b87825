import { useEffect, useRef, useState } from 'preact/hooks';
import { session } from '../session.js';
import { Switch } from '../ui/switch.js';
import { monitorConnection, pops, state } from './live.js';
import { callerName } from './names.js';
import { isAutoOpenOn, setAutoOpen, type Pop } from './pop-memory.js';
import { texts } from './texts.js';

/** Name of the tab in which all callers' pages open. */
const TAB = 'cordboard-dispatch';
const MAX_SHOWN = 3;

/** The switch for opening pages automatically, which needs one click per browser, and a link for each page as a fallback. */
export function Pops() {
  const [autoOpen, setOpen] = useState(isAutoOpenOn());
  const blocked = useOpened(pops.value, autoOpen);
  const choose = (open: boolean) => {
    if (open) window.open('about:blank', TAB);
    setAutoOpen(open);
    setOpen(open);
    monitorConnection.sendPopsSetting();
  };
  return (
    <section class="pops" aria-label={texts.pops}>
      {session.pops === 'no_token' ? (
        <p class="bad">
          {texts.popsNoToken} <a href="/account">{texts.popsSetToken}</a>
        </p>
      ) : (
        <Switch name={texts.popsAutoOpen} icon="person" on={autoOpen} onChange={choose} />
      )}
      <div role="status">
        {blocked && <p class="bad">{texts.popsBlocked}</p>}
        <ul>
          {pops.value.slice(-MAX_SHOWN).map(({ call, url }) => (
            <li key={call}>
              <a href={url} target={TAB} rel="opener" data-pop={call}>
                {texts.popOf(callName(call))}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

/** Opens the newest page. @returns whether the browser blocked it */
function useOpened(all: Pop[], autoOpen: boolean): boolean {
  const newest = all.at(-1);
  const last = useRef(newest);
  const [blocked, setBlocked] = useState(false);
  useEffect(() => {
    if (newest === undefined || newest === last.current) return;
    last.current = newest;
    if (autoOpen) setBlocked(window.open(newest.url, TAB) === null);
  }, [newest, autoOpen]);
  return blocked && autoOpen;
}

function callName(id: string): string {
  const call = state.value?.calls[id];
  return call === undefined ? '…' : callerName(call);
}
