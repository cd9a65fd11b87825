import { useId, useRef } from 'preact/hooks';
import type { IconName } from '../../icons.js';
import { Icon } from './icon.js';

export interface MenuItem {
  name: string;
  icon: IconName;
  run: () => void;
}

/** A button that opens a list of actions. Arrow keys move in it, Escape closes it. */
export function Menu({ label, items }: { label: string; items: MenuItem[] }) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const buttons = () => [...(list.current?.querySelectorAll('button') ?? [])];
  const place = (open: boolean) => {
    const [menu, at] = [list.current, button.current?.getBoundingClientRect()];
    if (!open || menu === null || at === undefined) return;
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`;
    menu.style.top = `${at.bottom + height > innerHeight ? Math.max(8, at.top - height - 4) : at.bottom + 4}px`;
    buttons()[0]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    all[(at + step + all.length) % all.length]?.focus();
  };
  return (
    <>
      <button ref={button} type="button" class="icon-only" aria-label={label} title={label} popovertarget={id}>
        <Icon name="more" />
      </button>
      <div
        ref={list}
        id={id}
        class="menu"
        popover="auto"
        role="group"
        aria-label={label}
        onToggle={({ newState }) => place(newState === 'open')}
        onKeyDown={onKeyDown}
      >
        {items.map(({ name, icon, run }) => (
          <button
            key={name}
            type="button"
            onClick={() => {
              list.current?.hidePopover();
              run();
            }}
          >
            <Icon name={icon} />
            {name}
          </button>
        ))}
      </div>
    </>
  );
}
