import type { ComponentChildren } from 'preact';
import { ListEnd, type ListWords } from './list-end.js';
import type { LiveList } from './live-list.js';
import { Skeleton } from './skeleton.js';

interface ListFrameProps<T> extends Pick<LiveList<T>, 'list' | 'loadOlder'> {
  /** Of the placeholder, before the first response. */
  rows: number;
  words: ListWords;
  /** In place of a list without items. */
  empty: ComponentChildren;
  children: (items: T[]) => ComponentChildren;
}

/** A list from its placeholder to its end. */
export function ListFrame<T>({ list, loadOlder, rows, words, empty, children }: ListFrameProps<T>) {
  return (
    <>
      {list === undefined ? <Skeleton rows={rows} /> : list.items.length === 0 ? empty : children(list.items)}
      <ListEnd count={list?.items.length} hasMore={list?.next != null} words={words} onMore={loadOlder} />
    </>
  );
}
