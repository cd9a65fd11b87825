import { expect, it } from 'vitest';
import { orStop } from './or-stop.js';

it('what was started for something that did not start is stopped, and nothing is when it did', async () => {
  let stopped = 0;
  const stop = () => Promise.resolve((stopped += 1));
  expect(await orStop(Promise.resolve('it'), { stop })).toBe('it');
  expect(stopped).toBe(0);
  await expect(orStop(Promise.reject(new Error('no')), { stop }, { stop })).rejects.toThrow('no');
  expect(stopped).toBe(2);
});
