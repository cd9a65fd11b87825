import type { ComponentChildren } from 'preact';

interface FilterBarProps {
  /** The address of the whole list; undefined while there is no condition. */
  all: string | undefined;
  /** Name of the link to it. */
  showAll: string;
  children: ComponentChildren;
}

/** The conditions of a list, and the way back to all of it. */
export function FilterBar({ all, showAll, children }: FilterBarProps) {
  return (
    <form class="filter" role="search" onSubmit={(event) => event.preventDefault()}>
      {children}
      {all !== undefined && (
        <a class="button" href={all}>
          {showAll}
        </a>
      )}
    </form>
  );
}
