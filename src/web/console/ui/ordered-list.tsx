import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { texts } from '../config/texts.js';
import { Icon } from './icon.js';
import { moved, placeUnder } from './moved.js';

interface OrderedListProps {
  /** Name of the list, for screen readers. */
  label: string;
  items: readonly string[];
  nameOf: (item: string) => string;
  /** Beside the name of an item. */
  detailOf?: ((item: string) => preact.ComponentChildren) | undefined;
  onChange: (items: string[]) => void;
  disabled?: boolean | undefined;
}

/** A list whose order matters. Items are moved with a pointer at their handle, or with buttons and arrow keys. */
export function OrderedList({ label, items, nameOf, detailOf, onChange, disabled }: OrderedListProps) {
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<string | undefined>(undefined);
  const [words, setWords] = useState('');
  // A row that changes its place loses the focus in the browser.
  const toFocus = useRef<{ item: string; control: string } | undefined>(undefined);
  useLayoutEffect(() => {
    const { item, control } = toFocus.current ?? {};
    if (item === undefined) return;
    toFocus.current = undefined;
    const row = list.current?.children[items.indexOf(item)];
    const wanted = row?.querySelector<HTMLElement>(`.${control}:enabled`) ?? row?.querySelector<HTMLElement>('.grip');
    wanted?.focus();
  });
  const take = (item: string) => {
    const index = items.indexOf(item);
    const neighbour = items[index + 1] ?? items[index - 1];
    if (neighbour !== undefined) toFocus.current = { item: neighbour, control: 'take' };
    onChange(items.filter((each) => each !== item));
  };
  const move = (item: string, to: number, control = 'grip') => {
    const from = items.indexOf(item);
    const place = Math.max(0, Math.min(items.length - 1, to));
    if (from === place) return;
    toFocus.current = { item, control };
    onChange(moved(items, from, place));
    setWords(texts.movedTo(nameOf(item), place + 1, items.length));
  };
  const drag = (item: string, event: PointerEvent) => {
    if (event.button !== 0) return;
    event.preventDefault();
    setDragged(item);
    let order = items;
    const onMove = ({ clientY }: PointerEvent) => {
      const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect());
      const to = placeUnder(rows, clientY, order.indexOf(item));
      if (to === order.indexOf(item)) return;
      order = moved(order, order.indexOf(item), to);
      onChange([...order]);
    };
    const end = () => {
      setDragged(undefined);
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      setWords(texts.movedTo(nameOf(item), order.indexOf(item) + 1, order.length));
    };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
  };
  const onKeyDown = (item: string, event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    move(item, items.indexOf(item) + step);
  };
  return (
    <>
      <ol ref={list} class="ordered" aria-label={label}>
        {items.map((item, index) => (
          <li key={item} class={item === dragged ? 'dragged' : ''}>
            {disabled !== true && (
              <button
                type="button"
                class="icon-only grip"
                aria-label={`${texts.drag}: ${nameOf(item)}`}
                title={texts.drag}
                onPointerDown={(event) => drag(item, event)}
                onKeyDown={(event) => onKeyDown(item, event)}
              >
                <Icon name="grip" />
              </button>
            )}
            <span class="name">{nameOf(item)}</span>
            {detailOf?.(item)}
            {disabled !== true && (
              <span class="actions">
                <button
                  type="button"
                  class="icon-only up"
                  aria-label={texts.up(nameOf(item))}
                  title={texts.up(nameOf(item))}
                  disabled={index === 0}
                  onClick={() => move(item, index - 1, 'up')}
                >
                  <Icon name="up" />
                </button>
                <button
                  type="button"
                  class="icon-only down"
                  aria-label={texts.down(nameOf(item))}
                  title={texts.down(nameOf(item))}
                  disabled={index === items.length - 1}
                  onClick={() => move(item, index + 1, 'down')}
                >
                  <Icon name="down" />
                </button>
                <button
                  type="button"
                  class="icon-only take"
                  aria-label={texts.take(nameOf(item))}
                  title={texts.take(nameOf(item))}
                  onClick={() => take(item)}
                >
                  <Icon name="close" />
                </button>
              </span>
            )}
          </li>
        ))}
      </ol>
      <p class="unseen" role="status">
        {words}
      </p>
    </>
  );
}
