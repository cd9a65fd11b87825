import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { texts } from './texts.js';

interface FirstRowsProps<T> {
  items: readonly T[];
  /** How many are shown at first. */
  first: number;
  /** Says how many more there are. */
  more: (count: number) => string;
  children: (shown: readonly T[]) => ComponentChildren;
}

/** The first rows of a list; a button shows the others. */
export function FirstRows<T>({ items, first, more, children }: FirstRowsProps<T>) {
  const [isWhole, setWhole] = useState(false);
  return (
    <>
      {children(isWhole ? items : items.slice(0, first))}
      {items.length > first && (
        <button type="button" class="link" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? texts.showLess : more(items.length - first)}
        </button>
      )}
    </>
  );
}
