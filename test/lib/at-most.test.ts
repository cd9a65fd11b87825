import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { atMost } from '../../src/lib/at-most.js';

test('runs so many jobs at once, and keeps the order of the results', async () => {
  let running = 0;
  let most = 0;
  const results = await atMost(3, [1, 2, 3, 4, 5, 6, 7], async (n) => {
    running += 1;
    most = Math.max(most, running);
    for (let turn = 0; turn < 8 - n; turn += 1) await nextTurn();
    running -= 1;
    return n * 2;
  });
  expect(most).toBe(3);
  expect(results).toEqual([2, 4, 6, 8, 10, 12, 14]);
});

test('starts no job after one that failed, and waits for those that run', async () => {
  const ended: number[] = [];
  const all = atMost(2, [1, 2, 3, 4], async (n) => {
    if (n === 1) throw new Error('the first');
    await nextTurn();
    ended.push(n);
  });
  await expect(all).rejects.toThrow('the first');
  expect(ended).toEqual([2]);
});
