import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readBackup } from '../../src/backups/archive-reader.js';
import type { BackupProgress } from '../../src/backups/create.js';
import type { DecryptionKeys } from '../../src/backups/encryption.js';
import { restoreBackup } from '../../src/backups/restore.js';
import { refuseInterruptedRestore } from '../../src/backups/restoring.js';
import { openDatabase } from '../../src/storage/database.js';
import { readMeta } from '../../src/storage/meta.js';
import { BackupHarness, knownSchemas, restoredContent } from './backup-harness.js';

const run = promisify(execFile);

let harness: BackupHarness;

beforeEach(async () => {
  harness = await BackupHarness.make();
});
afterEach(() => harness.remove());

const restore = (name: string, keys: DecryptionKeys = {}, folder = 'restored') =>
  restoreBackup({ file: harness.path(name), dataDir: harness.path(folder), keys, knownSchemas });

const check = (name: string, keys: DecryptionKeys = {}) =>
  readBackup({
    file: harness.path(name),
    keys,
    knownSchemas,
    async onMember(_name, content) {
      for await (const chunk of content) void chunk;
    },
  });

const greetingIn = async (folder: string) => {
  const db = await openDatabase(path.join(harness.path(folder), 'cordboard.db'));
  try {
    return await readMeta(db, 'greeting');
  } finally {
    await db.destroy();
  }
};

it('restores the database and the files, and nothing that belongs to a run or to this machine', async () => {
  const steps: BackupProgress[] = [];
  const made = await harness.backup('one.tar.gz', { onProgress: (progress) => steps.push(progress) });
  expect(made.counts).toEqual({ calls: 0, audio: 1, recordings: 2, secrets: 2 });
  expect(steps.at(-1)).toMatchObject({ step: 'files', done: steps.at(-1)?.total });
  expect((await stat(harness.path('one.tar.gz'))).mode & 0o777).toBe(0o600);
  expect(await readdir(harness.dir)).toEqual(['data', 'one.tar.gz']);

  expect(await restore('one.tar.gz')).toEqual(made);
  expect(await harness.contentOf('restored')).toEqual(restoredContent);
  expect(await greetingIn('restored')).toBe('hello');
});

it('is a tar archive for the tools of every system', async () => {
  await harness.backup('one.tar.gz');
  const { stdout } = await run('tar', ['-tzf', harness.path('one.tar.gz')]);
  expect(stdout.trim().split('\n')).toEqual([
    'cordboard-backup.json',
    'cordboard.db',
    ...Object.keys(restoredContent).sort(),
    'manifest.json',
  ]);
});

it('holds one moment of a database that is written all the time', async () => {
  const db = await openDatabase(path.join(harness.dataDir, 'cordboard.db'));
  try {
    await sql`create table debit (a integer)`.execute(db);
    await sql`create table credit (a integer)`.execute(db);
    let written = 0;
    const over = new AbortController();
    const pair = async () => {
      await db.write(() =>
        ['debit', 'credit'].map((table) => ({ sql: `insert into ${table} values (1)`, parameters: [] })),
      );
      written += 1;
      await nextTurn();
    };
    await pair();
    const writing = (async () => {
      while (!over.signal.aborted) await pair();
    })();
    await db.duringLongRead(() => harness.backup('one.tar.gz'));
    over.abort();
    await writing;
    await restore('one.tar.gz');
    const copy = await openDatabase(path.join(harness.path('restored'), 'cordboard.db'));
    const { rows } = await sql<{ debit: number; credit: number }>`select (select count(*) from debit) as debit,
      (select count(*) from credit) as credit`.execute(copy);
    await copy.destroy();
    expect(rows[0]?.debit).toBe(rows[0]?.credit);
    expect(rows[0]?.debit).toBeGreaterThan(0);
    expect(rows[0]?.debit).toBeLessThan(written);
  } finally {
    await db.destroy();
  }
});

it('checks without restoring, and refuses every damaged byte', async () => {
  await harness.backup('one.tar.gz');
  await check('one.tar.gz');
  const good = await readFile(harness.path('one.tar.gz'));
  // The first ten bytes are the header of gzip, whose time and system nobody reads.
  for (const at of [
    10,
    11,
    500,
    20_000,
    good.length >> 1,
    good.length - 5_000,
    good.length - 9,
    good.length - 6,
    good.length - 1,
  ]) {
    const bad = Buffer.from(good);
    bad[at] = (bad[at] ?? 0) ^ 0x01;
    await writeFile(harness.path('bad.tar.gz'), bad);
    await expect(check('bad.tar.gz'), `byte ${at}`).rejects.toMatchObject({ name: 'BackupError' });
    await expect(restore('bad.tar.gz'), `byte ${at}`).rejects.toThrow(
      /bad\.tar\.gz is (damaged|incomplete|not a backup)/,
    );
    expect(await readdir(harness.path('restored'))).toEqual([]);
  }
});

it('refuses a cut file, whatever is left of it', async () => {
  await harness.backup('one.tar.gz');
  const { size } = await stat(harness.path('one.tar.gz'));
  for (const left of [size - 1, size - 8, size - 600, size >> 1, 300, 12]) {
    await truncate(harness.path('one.tar.gz'), left);
    await expect(check('one.tar.gz'), `${left} bytes`).rejects.toMatchObject({ fault: 'incomplete' });
    await expect(restore('one.tar.gz'), `${left} bytes`).rejects.toThrow('take another backup');
    expect(await readdir(harness.path('restored'))).toEqual([]);
  }
  await truncate(harness.path('one.tar.gz'), 0);
  await expect(check('one.tar.gz')).rejects.toMatchObject({ fault: 'not_a_backup' });
});

it('refuses the backup of a newer version before it unpacks anything', async () => {
  await harness.backup('one.tar.gz');
  const older = knownSchemas.slice(0, -1);
  const file = harness.path('one.tar.gz');
  const restoring = restoreBackup({ file, dataDir: harness.path('restored'), keys: {}, knownSchemas: older });
  await expect(restoring).rejects.toMatchObject({ fault: 'newer' });
  await expect(restoring).rejects.toThrow('install that version or a newer one');
  expect(await readdir(harness.path('restored'))).toEqual([]);
});

it('refuses a folder with files and leaves them as they are', async () => {
  await harness.backup('one.tar.gz');
  await mkdir(harness.path('restored'));
  await writeFile(harness.path('restored/cordboard.db'), 'mine');
  await expect(restore('one.tar.gz')).rejects.toMatchObject({ fault: 'not_empty' });
  expect(await readFile(harness.path('restored/cordboard.db'), 'utf8')).toBe('mine');
});

it('repeats a restore that was interrupted; until then the gateway does not start', async () => {
  await harness.backup('one.tar.gz');
  await mkdir(harness.path('restored/.restoring'), { recursive: true });
  await mkdir(harness.path('restored/audio'), { recursive: true });
  await writeFile(harness.path('restored/audio/aa.wav'), 'half');
  await expect(refuseInterruptedRestore(harness.path('restored'))).rejects.toThrow(
    'run the same cordboard restore again',
  );
  await restore('one.tar.gz');
  expect(await harness.contentOf('restored')).toEqual(restoredContent);
  await refuseInterruptedRestore(harness.path('restored'));
});

it('encrypts with a passphrase: only that passphrase opens it, and every damage is found', async () => {
  await writeFile(harness.path('passphrase'), 'correct horse\n');
  await writeFile(harness.path('other'), 'battery staple\n');
  await harness.backup('one.tar.gz.age', { encryption: { passphraseFile: harness.path('passphrase') } });
  const stored = await readFile(harness.path('one.tar.gz.age'));
  expect(stored.toString('latin1', 0, 21)).toBe('age-encryption.org/v1');

  await expect(restore('one.tar.gz.age')).rejects.toMatchObject({ fault: 'key_needed' });
  await expect(restore('one.tar.gz.age', { passphraseFile: harness.path('other') })).rejects.toMatchObject({
    fault: 'wrong_key',
  });
  expect(await readdir(harness.path('restored'))).toEqual([]);
  const keys = { passphraseFile: harness.path('passphrase') };
  await restore('one.tar.gz.age', keys);
  expect(await harness.contentOf('restored')).toEqual(restoredContent);

  const bad = Buffer.from(stored);
  bad[stored.length >> 1] = (bad[stored.length >> 1] ?? 0) ^ 0x01;
  await writeFile(harness.path('bad.age'), bad);
  await expect(check('bad.age', keys)).rejects.toMatchObject({ fault: 'damaged' });
  await writeFile(harness.path('cut.age'), stored.subarray(0, stored.length - 100));
  await expect(check('cut.age', keys)).rejects.toMatchObject({ name: 'BackupError' });
});

it('encrypts for the holder of a key, so that the machine cannot read its own backups', async () => {
  const identity = await generateIdentity();
  await writeFile(harness.path('key'), `# made by age-keygen\n${identity}\n`);
  await writeFile(harness.path('other'), `${await generateIdentity()}\n`);
  await harness.backup('one.tar.gz.age', { encryption: { recipient: await identityToRecipient(identity) } });
  await expect(check('one.tar.gz.age', { identityFile: harness.path('other') })).rejects.toMatchObject({
    fault: 'wrong_key',
  });
  await restore('one.tar.gz.age', { identityFile: harness.path('key') });
  expect(await harness.contentOf('restored')).toEqual(restoredContent);
});

it('never overwrites a file, and names a folder that is no data folder', async () => {
  await harness.backup('one.tar.gz');
  await expect(harness.backup('one.tar.gz')).rejects.toThrow('exists already');
  await expect(harness.backup('two.tar.gz', { dataDir: harness.path('nowhere') })).rejects.toThrow('not a data folder');
  expect(await readdir(harness.dir)).toEqual(['data', 'one.tar.gz']);
});
