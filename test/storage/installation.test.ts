import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../src/storage/database.js';
import { ADOPT_FILE, Installation } from '../../src/storage/installation.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-installation-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** One run of a gateway in that folder. */
async function live(folder: string, { takesAsterisk = true } = {}) {
  const file = path.join(folder, 'cordboard.db');
  const db = await openDatabase(file);
  const troubles: unknown[] = [];
  const installation = await Installation.read({ db, folder, onError: (error) => troubles.push(error) });
  const found = { id: installation.id, isNewCopy: installation.isNewCopy, mustYield: installation.mustYield, troubles };
  await installation.settle();
  if (takesAsterisk) await installation.hasAsterisk();
  await db.destroy();
  return found;
}

async function folderOf(name: string): Promise<string> {
  const folder = path.join(dir, name);
  await mkdir(folder);
  return folder;
}

it('is the same in each run of the gateway in one folder', async () => {
  const folder = await folderOf('one');
  const lives = [await live(folder), await live(folder), await live(folder)];
  expect(new Set(lives.map(({ id }) => id)).size).toBe(1);
  expect(lives.map(({ isNewCopy, mustYield }) => isNewCopy || mustYield)).toEqual([false, false, false]);
});

it('is a new one in a copy of the folder, once, and gives way until it has had an Asterisk for itself', async () => {
  const folder = await folderOf('one');
  const { id } = await live(folder);
  const copy = path.join(dir, 'copy');
  await cp(folder, copy, { recursive: true, preserveTimestamps: true });
  const first = await live(copy, { takesAsterisk: false });
  expect(first).toMatchObject({ isNewCopy: true, mustYield: true });
  expect(first.id).not.toBe(id);
  expect(await live(copy)).toMatchObject({ id: first.id, isNewCopy: false, mustYield: true });
  expect(await live(copy)).toMatchObject({ id: first.id, isNewCopy: false, mustYield: false });
  expect(await live(folder)).toMatchObject({ id, isNewCopy: false });
});

it('detects a database that was restored in place, and one that was copied without its marker', async () => {
  const folder = await folderOf('one');
  await live(folder);
  const backup = path.join(dir, 'backup.db');
  await cp(path.join(folder, 'cordboard.db'), backup);
  await live(folder);
  const elsewhere = await folderOf('other');
  await cp(backup, path.join(elsewhere, 'cordboard.db'));
  expect(await live(elsewhere)).toMatchObject({ isNewCopy: true });
  // Into the very same file.
  await writeFile(path.join(folder, 'cordboard.db'), await readFile(backup));
  expect(await live(folder)).toMatchObject({ isNewCopy: true });
});

it('follows a folder that was moved and adopted', async () => {
  const folder = await folderOf('one');
  const { id } = await live(folder);
  const moved = path.join(dir, 'moved');
  await cp(folder, moved, { recursive: true });
  await writeFile(path.join(moved, ADOPT_FILE), '');
  expect(await live(moved)).toMatchObject({ id, isNewCopy: false, mustYield: false });
  const copy = path.join(dir, 'copy');
  await cp(moved, copy, { recursive: true });
  expect(await live(copy)).toMatchObject({ isNewCopy: true });
});

it('starts in a folder of a version without identities and closes no call', async () => {
  const folder = await folderOf('old');
  await (await openDatabase(path.join(folder, 'cordboard.db'))).destroy();
  expect(await live(folder)).toMatchObject({ isNewCopy: false, mustYield: false });
});
