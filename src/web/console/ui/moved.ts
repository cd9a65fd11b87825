/** A copy of the list with one item at another place. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const others = items.filter((_, index) => index !== from);
  return [...others.slice(0, to), ...items.slice(from, from + 1), ...others.slice(to)];
}

/**
 * Where a dragged item belongs: it passes a neighbour when the pointer is beyond the middle of the neighbour's row.
 * @param rows places of the items on the screen, in their order
 * @param from the present place of the item
 */
export function placeUnder(rows: readonly { top: number; height: number }[], pointerY: number, from: number): number {
  const middle = (row: { top: number; height: number } | undefined) => (row ? row.top + row.height / 2 : 0);
  let place = from;
  while (place + 1 < rows.length && pointerY > middle(rows[place + 1])) place += 1;
  while (place > 0 && pointerY < middle(rows[place - 1])) place -= 1;
  return place;
}
