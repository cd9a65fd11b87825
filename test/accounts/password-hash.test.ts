import { expect, test } from 'vitest';
import { PasswordHasher, TooBusy } from '../../src/accounts/password-hash.js';
import { CHEAP } from './support.js';

test('a hash says how it was made, and is verified at that cost whatever today’s is', async () => {
  const old = await new PasswordHasher(CHEAP).hash('a password');
  expect(old).toMatch(/^scrypt\$16\$1\$1\$[\w-]{22}\$[\w-]{43}$/);
  const today = new PasswordHasher({ N: 32, r: 1, p: 1 });
  expect(await today.verify('a password', old)).toBe(true);
  expect(await today.verify('a passwore', old)).toBe(false);
  expect(today.isOutdated(old)).toBe(true);
  expect(today.isOutdated(await today.hash('a password'))).toBe(false);
});

test('costs at least 32 MiB by default', async () => {
  const [, N, r, p] = (await new PasswordHasher().hash('a password')).split('$').map(Number);
  expect(128 * N! * r!).toBeGreaterThanOrEqual(32 * 1024 * 1024);
  expect(p).toBeGreaterThanOrEqual(3);
});

test('a flood is refused rather than lined up, and the event loop goes on', async () => {
  const hasher = new PasswordHasher({ N: 2 ** 12, r: 8, p: 1 });
  const flood = Array.from({ length: 100 }, () => hasher.verify('a guess', undefined).catch((error: unknown) => error));
  let turns = 0;
  const ticking = setInterval(() => (turns += 1), 1);
  const answers = await Promise.all(flood);
  clearInterval(ticking);
  expect(answers.filter((answer) => answer instanceof TooBusy)).toHaveLength(60);
  expect(answers.filter((answer) => answer === false)).toHaveLength(40);
  expect(turns).toBeGreaterThan(10);
  expect(await hasher.verify('a guess', undefined)).toBe(false);
});
