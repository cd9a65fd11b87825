import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { Dialog } from '../ui/dialog.js';
import { undoLast } from '../ui/undo.js';
import { Palette } from './palette.js';
import { offeredPages } from './place.js';
import { texts } from './texts.js';

/** The key after `g` that leads to a page. */
const PAGE_KEYS: Record<string, string> = {
  n: '/now',
  c: '/calls',
  l: '/plans',
  m: '/missed',
  r: '/reports',
  h: '/handsets',
  p: '/prompts',
  w: '/webhooks',
};

/** Pages of things that people look for under other names than that of the page. */
const PLACES: Record<keyof typeof texts.places, string> = {
  hours: '/plans',
  closeToday: '/plans',
  holidays: '/plans',
  rejectPrompt: '/settings',
};

/** How long after `g` the key of a page counts. */
const SEQUENCE_MS = 1_500;

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
  if (shown === 'palette') {
    const showShortcuts = { name: texts.shortcuts, run: () => setShown('shortcuts') };
    const pages = offeredPages().map(({ name, path }) => ({ name: texts.goTo(name), run: () => goTo(path) }));
    return <Palette commands={[...pages, ...places(goTo), showShortcuts]} onClose={close} />;
  }
  return shown === 'shortcuts' ? <CheatSheet onClose={close} /> : null;
}

/** Commands that lead to {@link PLACES}. */
function places(goTo: (path: string) => void): { name: string; run: () => void }[] {
  const offered = offeredPages();
  return Object.entries(PLACES).flatMap(([place, path]) => {
    const page = offered.find((each) => each.path === path);
    if (page === undefined) return [];
    const name = `${texts.places[place as keyof typeof texts.places]} · ${page.name}`;
    return [{ name, run: () => goTo(path) }];
  });
}

function CheatSheet({ onClose }: { onClose: () => void }) {
  const offered = offeredPages();
  const rows: [keys: string[], meaning: string][] = [
    [['Ctrl', 'K'], texts.openPalette],
    [['?'], texts.showShortcuts],
    [['z'], texts.undoLast],
    [['/'], texts.focusSearch],
    ...Object.entries(PAGE_KEYS).flatMap(([key, path]): typeof rows => {
      const page = offered.find((each) => each.path === path);
      return page === undefined ? [] : [[['g', key], texts.goTo(page.name)]];
    }),
  ];
  return (
    <Dialog title={texts.shortcuts} onClose={onClose}>
      <dl class="keys">
        {rows.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
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
