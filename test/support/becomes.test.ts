import { expect, it } from 'vitest';
import { becomes } from './becomes.js';

it('gives what is found in the end, and says what did not come', async () => {
  const looks = [undefined, false, Promise.resolve(undefined), 0];
  expect(await becomes('found', () => looks.shift())).toBe(0);
  expect(looks).toEqual([]);
  await expect(becomes('the rain is over', () => false, 1)).rejects.toThrow('not within 1 ms: the rain is over');
});
