import { expect, test } from 'vitest';
import type { Item, ItemChange } from '../../../../src/web/console/plans/items.js';
import { UnsavedChanges } from '../../../../src/web/console/plans/unsaved.js';

const menu = (body: unknown): Item => ({ section: 'parts', key: 'menu', body });
const change = (body: unknown): ItemChange => ({ section: 'parts', key: 'menu', body });

function unsavedFrom(before: Item[], wanted: ItemChange): UnsavedChanges {
  const unsaved = new UnsavedChanges(1);
  unsaved.add(wanted, before);
  return unsaved;
}

test('a change clashes with another state than the one that it was based on', () => {
  const unsaved = unsavedFrom([menu(['answer'])], change(['answer', 'hang_up']));
  expect(unsaved.clashes([menu(['answer'])])).toEqual([]);
  expect(unsaved.clashes([menu(['hang_up'])])).toEqual([change(['answer', 'hang_up'])]);
  expect(unsaved.clashes([])).toHaveLength(1);
  // Somebody else has made the same change.
  expect(unsaved.clashes([menu(['answer', 'hang_up'])])).toEqual([]);
});

test('an item that somebody else has added meanwhile clashes with a new one', () => {
  expect(unsavedFrom([], change(['answer'])).clashes([menu(['hang_up'])])).toHaveLength(1);
});

test('what is typed while an earlier change is sent is based on that change', () => {
  const first = change(['answer']);
  const unsaved = unsavedFrom([menu([])], first);
  const second = change(['answer', 'hang_up']);
  unsaved.add(second, [menu([])]);
  unsaved.confirm([first]);
  expect(unsaved.changes).toEqual([second]);
  expect(unsaved.clashes([menu(['answer'])])).toEqual([]);
  unsaved.confirm([second]);
  expect(unsaved.isEmpty).toBe(true);
});

test('a clash is settled in favour of either', () => {
  const theirs = [menu(['hang_up'])];
  const mine = unsavedFrom([menu([])], change(['answer']));
  mine.settle(theirs, 'mine');
  expect([mine.clashes(theirs), mine.changes]).toEqual([[], [change(['answer'])]]);
  const given = unsavedFrom([menu([])], change(['answer']));
  given.settle(theirs, 'theirs');
  expect(given.isEmpty).toBe(true);
});
