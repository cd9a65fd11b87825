import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { within } from '../../src/lib/within.js';

it('is what the work results in, or what happens when that takes longer', async () => {
  expect(await within(Promise.resolve('done'), 1000, () => 'late')).toBe('done');
  expect(await within(new Promise(() => undefined), 5, () => 'late')).toBe('late');
  await expect(within(Promise.reject(new Error('failed')), 1000, () => 'late')).rejects.toThrow('failed');
  const refusal = () => {
    throw new Error('too slow');
  };
  await expect(within(new Promise(() => undefined), 5, refusal)).rejects.toThrow('too slow');
});

it('ignores a failure that comes too late', async () => {
  const work = delay(20).then(() => {
    throw new Error('nobody waits any more');
  });
  expect(await within(work, 5, () => 'late')).toBe('late');
  await delay(30);
});
