import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** What decides whether a run of the tests has passed. */

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-count-'));
});
afterAll(() => rm(dir, { recursive: true }));

const file = (name: string, status: string, ...tests: string[]) => ({
  name: path.resolve(name),
  status,
  assertionResults: tests.map((one) => ({ status: one })),
});

async function report(name: string, ...testResults: object[]): Promise<string> {
  const at = path.join(dir, name);
  await writeFile(at, JSON.stringify({ testResults }));
  return at;
}

async function count(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/lib/count-tests.mjs', ...args]);
  return stdout.trim();
}

it('counts what was skipped, and a file of which a hook failed, as failed', async () => {
  const all = await report(
    'all.json',
    file('a', 'passed', 'passed', 'skipped'),
    file('b', 'failed', 'passed'),
    file('c', 'failed'),
  );
  expect(await count('1', all)).toBe('2 3');
  expect(await count('--failed-files', all)).toBe('a\nb\nc');
});

it('a run that broke off, or in which nothing passed, has failed', async () => {
  const good = await report('good.json', file('a', 'passed', 'passed'));
  expect(await count('0', good)).toBe('1 0');
  expect(await count('1', good)).toBe('1 1');
  expect(await count('0', path.join(dir, 'missing.json'))).toBe('0 1');
  expect(await count('0', await report('empty.json'))).toBe('0 1');
});

it('what a second run says of a file replaces what the first one said', async () => {
  const first = await report('first.json', file('a', 'passed', 'passed'), file('b', 'failed', 'passed', 'failed'));
  expect(await count('0', first, await report('again.json', file('b', 'passed', 'passed', 'passed')))).toBe('3 0');
  expect(await count('1', first, await report('again.json', file('b', 'failed', 'passed', 'failed')))).toBe('2 1');
  expect(await count('0', first, path.join(dir, 'missing.json'))).toBe('2 1');
});

it('names what failed, with the first line of each error', async () => {
  const failing = {
    ...file('b', 'failed'),
    assertionResults: [
      { status: 'passed', fullName: 'good' },
      { status: 'failed', fullName: 'bad', failureMessages: ['\u001B[31mexpected 1 to be 2\u001B[39m\n at b:1'] },
      { status: 'skipped', fullName: 'left out', failureMessages: [] },
    ],
  };
  const broken = { ...file('c', 'failed'), message: 'cannot be loaded' };
  const names = await count(
    '--failed-tests',
    await report('names.json', file('a', 'passed', 'passed'), failing, broken),
  );
  expect(names).toBe('b > bad: expected 1 to be 2\nb > left out: skipped\nc: cannot be loaded');
});
