import { useId, useState } from 'preact/hooks';
import { Dialog } from '../ui/dialog.js';
import { plainText } from '../ui/search.js';
import { texts } from './command-texts.js';
import { offeredPages } from './place.js';

interface Command {
  name: string;
  run: () => void;
}

/** Pages of things that people look for under other names than that of the page. */
const PLACES: Record<keyof typeof texts.places, string> = {
  hours: '/plans',
  closeToday: '/plans',
  holidays: '/plans',
  rejectPrompt: '/settings',
};

interface PaletteProps {
  goTo: (path: string) => void;
  showShortcuts: () => void;
  onClose: () => void;
}

/** The pages that the visitor may open, and what is found on them. */
function commandsOf({ goTo, showShortcuts }: PaletteProps): Command[] {
  const offered = offeredPages();
  const places = Object.entries(PLACES).flatMap(([place, path]) => {
    const page = offered.find((each) => each.path === path);
    if (page === undefined) return [];
    const name = `${texts.places[place as keyof typeof texts.places]} · ${page.name}`;
    return [{ name, run: () => goTo(path) }];
  });
  return [
    ...offered.map(({ name, path }) => ({ name: texts.goTo(name), run: () => goTo(path) })),
    ...places,
    { name: texts.shortcuts, run: showShortcuts },
  ];
}

/** Finds a command by a part of its name. Arrow keys choose, Enter runs it. */
export function Palette(props: PaletteProps) {
  const { onClose } = props;
  const commands = commandsOf(props);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const found = commands.filter(({ name }) => plainText(name).includes(plainText(typed)));
  const at = Math.min(chosen, found.length - 1);
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setChosen((at + step + found.length) % found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(found[at]);
    }
  };
  return (
    <Dialog title={texts.search} onClose={onClose} class="palette">
      <input
        type="text"
        role="combobox"
        aria-label={texts.search}
        aria-expanded={found.length > 0}
        aria-controls={id}
        aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
        autocomplete="off"
        autofocus
        value={typed}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={id} role="listbox" aria-label={texts.search}>
        {found.map((command, index) => (
          <li
            key={command.name}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onClick={() => run(command)}
            onPointerMove={() => setChosen(index)}
          >
            {command.name}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="soft">{texts.nothingFound}</p>}
    </Dialog>
  );
}
