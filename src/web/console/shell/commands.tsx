import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { deferred } from '../ui/deferred.js';
import { undoLast } from '../ui/undo.js';
import { PAGE_KEYS } from './page-keys.js';
import { offeredPages } from './place.js';

/** How long after `g` the key of a page counts. */
const SEQUENCE_MS = 1_500;

const Palette = deferred(() => import('./palette.js').then((module) => module.Palette), 0);
const CheatSheet = deferred(() => import('./cheat-sheet.js').then((module) => module.CheatSheet), 0);

type Shown = 'palette' | 'shortcuts' | undefined;

/** Keyboard shortcuts, their list (?) and the command palette (Ctrl+K). @param isConsolePage its page is opened without loading it */
export function Commands({ isConsolePage }: { isConsolePage: (path: string) => boolean }) {
  const [shown, setShown] = useState<Shown>();
  const { route } = useLocation();
  const goTo = (path: string) => (isConsolePage(path) ? route(path) : location.assign(path));
  useEffect(() => {
    let goingUntil = 0;
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setShown('palette');
        return;
      }
      if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      const page = PAGE_KEYS[event.key];
      if (Date.now() < goingUntil && page !== undefined) {
        if (offeredPages().some(({ path }) => path === page)) goTo(page);
      } else if (event.key === '?') setShown('shortcuts');
      else if (event.key === 'z') undoLast();
      else if (event.key === '/') focusFilter(event);
      goingUntil = event.key === 'g' ? Date.now() + SEQUENCE_MS : 0;
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const close = () => setShown(undefined);
  if (shown === 'palette') return <Palette goTo={goTo} showShortcuts={() => setShown('shortcuts')} onClose={close} />;
  return shown === 'shortcuts' ? <CheatSheet onClose={close} /> : null;
}

function focusFilter(event: KeyboardEvent): void {
  const filter = document.querySelector<HTMLElement>('main [data-filter]');
  if (filter === null) return;
  event.preventDefault();
  filter.focus();
}

/** Keys that are typed into a field, or in a dialog, are no shortcuts. */
function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('input, select, textarea, dialog, [contenteditable]') !== null;
}
