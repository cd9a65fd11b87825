import { expect, it } from 'vitest';
import { becomes } from './becomes.js';

it('returns the value found, and names what it waited for in vain', async () => {
  const looks = [undefined, false, Promise.resolve(undefined), 0];
  expect(await becomes('found', () => looks.shift())).toBe(0);
  expect(looks).toEqual([]);
  await expect(becomes('the rain is over', () => false, 1)).rejects.toThrow('not within 1 ms: the rain is over');
});
