import { expect, it } from 'vitest';
import { orStop } from './or-stop.js';

it('stops the started services when the start fails, and none when it succeeds', async () => {
  let stopped = 0;
  const stop = () => Promise.resolve((stopped += 1));
  expect(await orStop(Promise.resolve('it'), { stop })).toBe('it');
  expect(stopped).toBe(0);
  await expect(orStop(Promise.reject(new Error('no')), { stop }, { stop })).rejects.toThrow('no');
  expect(stopped).toBe(2);
});
