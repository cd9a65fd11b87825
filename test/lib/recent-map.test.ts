import { expect, it } from 'vitest';
import { RecentMap } from '../../src/lib/recent-map.js';

it('keeps entries in use and drops the others, within its bound', () => {
  const cache = new RecentMap<number, string>(10);
  cache.set(0, 'in use');
  for (let key = 1; key <= 1000; key += 1) {
    cache.set(key, String(key));
    expect(cache.get(0)).toBe('in use');
  }
  expect(cache.get(1000)).toBe('1000');
  expect(cache.get(500)).toBeUndefined();
  const kept = Array.from({ length: 1001 }, (_, key) => key).filter((key) => cache.has(key));
  expect(kept.length).toBeLessThanOrEqual(20);
});

it('tells an entry without a value from none, and forgets all when cleared', () => {
  const cache = new RecentMap<string, string | undefined>(1);
  cache.set('a', undefined);
  expect(cache.has('a')).toBe(true);
  cache.set('b', 'b');
  expect(cache.get('a')).toBeUndefined();
  expect(cache.has('a')).toBe(true);
  cache.clear();
  expect(cache.has('a')).toBe(false);
});
