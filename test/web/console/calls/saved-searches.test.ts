import { expect, test } from 'vitest';
import { readSaved, storageKeyOf, withoutSaved, withSaved } from '../../../../src/web/console/calls/saved-searches.js';

const lost = { name: 'Lost', search: 'outcome=lost' };
const jana = { name: 'Jana', search: 'agent=a1&direction=incoming' };

test('searches are added by name, replaced and removed', () => {
  const both = withSaved(withSaved([], lost), jana);
  expect(both).toEqual([jana, lost]);
  expect(withSaved(both, { ...lost, search: 'outcome=busy' })).toEqual([jana, { ...lost, search: 'outcome=busy' }]);
  expect(withoutSaved(both, 'Jana')).toEqual([lost]);
  expect(readSaved(JSON.stringify(both))).toEqual(both);
});

test('searches of different people at one browser are kept apart', () => {
  expect(new Set([storageKeyOf(1), storageKeyOf(2), storageKeyOf(null)]).size).toBe(3);
});

test.each([null, '', 'no JSON', '{}', '[1, null, {"name": "x"}, {"name": "", "search": "q=1"}]'])(
  'what was stored as %s is no search',
  (stored) => {
    expect(readSaved(stored)).toEqual([]);
  },
);
