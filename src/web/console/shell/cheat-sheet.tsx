import { Dialog } from '../ui/dialog.js';
import { PAGE_KEYS } from './page-keys.js';
import { offeredPages } from './place.js';
import { texts } from './command-texts.js';

/** The list of keyboard shortcuts. */
export function CheatSheet({ onClose }: { onClose: () => void }) {
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
