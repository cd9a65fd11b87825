import { expect, test } from 'vitest';
import { PasswordHasher, TooBusy } from '../../src/accounts/password-hash.js';
import { CHEAP } from './sample-accounts.js';

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

const stranger = (index: number) => ({ address: `198.51.100.${index}`, isKnown: false });

test('a flood is refused rather than lined up, and the event loop goes on', async () => {
  const hasher = new PasswordHasher({ N: 2 ** 12, r: 8, p: 1 });
  const flood = Array.from({ length: 100 }, (_, index) =>
    hasher.verify('a guess', undefined, stranger(index)).catch((error: unknown) => error),
  );
  let turns = 0;
  const ticking = setInterval(() => (turns += 1), 1);
  const answers = await Promise.all(flood);
  clearInterval(ticking);
  expect(answers.filter((answer) => answer instanceof TooBusy)).toHaveLength(60);
  expect(answers.filter((answer) => answer === false)).toHaveLength(40);
  expect(turns).toBeGreaterThan(10);
  expect(await hasher.verify('a guess', undefined)).toBe(false);
});

test('five of one address wait, and no more', async () => {
  const hasher = new PasswordHasher(CHEAP);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => hasher.verify('a guess', undefined, stranger(1)).catch((error: unknown) => error)),
  );
  expect(answers.filter((answer) => answer instanceof TooBusy)).toHaveLength(3);
});

test('who has logged in from there before waits for no stranger, even when those are too many', async () => {
  const hasher = new PasswordHasher({ N: 2 ** 12, r: 8, p: 1 });
  const stored = await hasher.hash('a password');
  const ended: string[] = [];
  const flood = Array.from({ length: 60 }, (_, index) =>
    hasher.verify('a guess', undefined, stranger(index)).then(
      () => ended.push('stranger'),
      () => undefined,
    ),
  );
  const right = hasher.verify('a password', stored, { address: '203.0.113.1', isKnown: true });
  void right.then(() => ended.push('known'));
  expect(await right).toBe(true);
  await Promise.all(flood);
  // One was being made already.
  expect(ended.indexOf('known')).toBeLessThanOrEqual(1);
});
