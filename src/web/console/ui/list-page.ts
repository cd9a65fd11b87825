/** Items in the order of the list. `next`: cursor of the following ones; null on the last page. */
export interface ListPage<T> {
  items: T[];
  next: string | null;
}

/** The newest items as they are now, and the older ones that were loaded before. */
export function withNewest<T>(
  known: ListPage<T> | undefined,
  newest: ListPage<T>,
  idOf: (item: T) => string,
): ListPage<T> {
  const last = newest.items.at(-1);
  if (known === undefined || last === undefined || newest.next === null) return newest;
  const at = known.items.findIndex((item) => idOf(item) === idOf(last));
  const older = at === -1 ? [] : known.items.slice(at + 1);
  return older.length === 0 ? newest : { items: [...newest.items, ...older], next: known.next };
}
