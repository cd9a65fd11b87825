import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConfigItem } from '../../../src/company/store/config-store.js';
import { mergeItems } from '../../../src/company/store/merge-items.js';

const bodies = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 0, max: 2 }), {
  noNullPrototype: true,
});
const itemsOf = (all: Record<string, number>): ConfigItem[] =>
  Object.entries(all).map(([key, body]) => ({ section: 'parts', key, body }));
const recordOf = (items: readonly ConfigItem[]) => Object.fromEntries(items.map(({ key, body }) => [key, body]));

test('of three versions each item is that of the side that changed it, or a conflict', () => {
  fc.assert(
    fc.property(bodies, bodies, bodies, (base, draft, current) => {
      const merged = mergeItems(itemsOf(base), itemsOf(draft), itemsOf(current));
      const keys = [...new Set([base, draft, current].flatMap((each) => Object.keys(each)))];
      const clashing = keys.filter(
        (key) => draft[key] !== base[key] && current[key] !== base[key] && draft[key] !== current[key],
      );
      if (!merged.ok) {
        expect(merged.conflicts.map(({ key }) => key).sort()).toEqual(clashing.sort());
        return;
      }
      expect(clashing).toEqual([]);
      const expected = Object.fromEntries(
        keys
          .map((key) => [key, draft[key] === base[key] ? current[key] : draft[key]] as const)
          .filter(([, body]) => body !== undefined),
      );
      expect(recordOf(merged.items)).toEqual(expected);
    }),
  );
});

test('without changes of others the draft keeps its order', () => {
  const base = itemsOf({ a: 1, b: 2 });
  const draft = itemsOf({ b: 2, c: 3, a: 1 });
  expect(mergeItems(base, draft, base)).toEqual({ ok: true, items: draft });
});
