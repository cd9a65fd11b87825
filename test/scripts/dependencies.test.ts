import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

/** `scripts/start` installs the dependencies again when they have changed, and not when anything else in package.json has. */

const root = path.resolve(import.meta.dirname, '../..');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cordboard-dependencies-'));
  for (const file of ['package.json', 'package-lock.json', '.npmrc'])
    await cp(path.join(root, file), path.join(folder, file));
});
afterEach(() => rm(folder, { recursive: true }));

async function key(): Promise<string> {
  const script = `. ${root}/scripts/lib/node.sh && dependencies_key`;
  return (await promisify(execFile)('bash', ['-euc', script], { cwd: folder, maxBuffer: 10_000_000 })).stdout;
}

async function change(file: string, from: string, to: string): Promise<void> {
  const before = await readFile(path.join(folder, file), 'utf8');
  expect(before).toContain(from);
  await writeFile(path.join(folder, file), before.replace(from, to));
}

it('a changed script or version needs no installation', async () => {
  const before = await key();
  await change('package.json', '"dev":', '"develop":');
  const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as { version: string };
  await change('package.json', `"version": "${version}"`, '"version": "99.0.0"');
  await change('package-lock.json', `\n  "version": "${version}"`, '\n  "version": "99.0.0"');
  await change('package-lock.json', `\n      "version": "${version}"`, '\n      "version": "99.0.0"');
  expect(await key()).toBe(before);
});

it.each([
  ['package.json', '"koa": "', '"koa": "^'],
  ['package-lock.json', 'node_modules/koa"', 'node_modules/koa-other"'],
  ['.npmrc', 'engine-strict=true', 'engine-strict=false'],
])('a changed dependency in %s does', async (file, from, to) => {
  const before = await key();
  await change(file, from, to);
  expect(await key()).not.toBe(before);
});
