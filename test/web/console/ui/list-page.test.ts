import { expect, test } from 'vitest';
import { withNewest, type ListPage } from '../../../../src/web/console/ui/list-page.js';

const page = (items: string, next: string | null = null): ListPage<string> => ({ items: items.split(''), next });
const idOf = (item: string) => item;

test.each([
  ['the first response', undefined, page('abc', 'c'), page('abc', 'c')],
  ['new items before the known ones', page('abc', 'c'), page('xab', 'b'), page('xabc', 'c')],
  ['older items that were loaded stay, with their cursor', page('abcdef', 'f'), page('abc', 'c'), page('abcdef', 'f')],
  ['an item that is no longer there', page('abcdef', 'f'), page('acd', 'd'), page('acdef', 'f')],
  ['so many new items that none is known', page('abc', 'c'), page('xyz', 'z'), page('xyz', 'z')],
  ['the last page is all there is', page('abcdef', 'f'), page('ab'), page('ab')],
  ['nothing is left', page('abc', 'c'), page(''), page('')],
])('%s', (_, known, newest, expected) => {
  expect(withNewest(known, newest, idOf)).toEqual(expected);
});
