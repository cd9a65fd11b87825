import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BackupError } from '../../src/backups/backup-error.js';
import type { Backups } from '../../src/backups/backups.js';
import { runBackup } from '../../src/backups/run-backup.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/time.js';
import { BackupsHarness, START } from './backups-harness.js';

let harness: BackupsHarness;
let backups: Backups | undefined;

beforeEach(async () => {
  harness = await BackupsHarness.make();
});
afterEach(async () => {
  await backups?.stop();
  await harness.stop();
});

const start = async (...settings: Parameters<BackupsHarness['started']>) =>
  (backups = await harness.started(...settings));
const files = () => readdir(harness.folder.path('backups'));
const fails = () => Promise.reject(new BackupError('no_space', 'the disk is full'));

it('makes one backup at a time, in a process of its own', async () => {
  harness.make = runBackup;
  const made = await start();
  expect(made.begin()?.name).toBe('cordboard-20260115T120000Z.tar.gz');
  expect(made.begin()).toBeUndefined();
  expect(made.running?.startedAt).toBe(START);
  await made.idle();
  expect(made.running).toBeUndefined();
  expect(made.history.failure).toBeUndefined();
  expect(await files()).toEqual(['cordboard-20260115T120000Z.tar.gz']);
  expect(await made.list()).toEqual([
    {
      name: 'cordboard-20260115T120000Z.tar.gz',
      createdAt: START,
      bytes: made.history.success?.bytes,
      encrypted: false,
    },
  ]);
  expect(harness.audit).toMatchObject([{ action: 'backup_made', subject: 'cordboard-20260115T120000Z.tar.gz' }]);
});

it('a stop ends the process and leaves nothing behind; the failure is not remembered', async () => {
  harness.make = runBackup;
  const made = await start();
  made.begin();
  await made.stop();
  expect(await files()).toEqual([]);
  expect(made.history).toEqual({});
});

it('a process that dies is reported, and its files are removed', async () => {
  harness.make = (job, ...rest) => runBackup({ ...job, dataDir: undefined as never }, ...rest);
  const made = await start();
  made.begin();
  await made.idle();
  expect(made.history.failure).toMatchObject({ fault: 'failed', at: START });
  expect(await files()).toEqual([]);
});

it('removes old backups only after a new one succeeded, and no other files', async () => {
  const made = await start({ keep: 2 });
  await writeFile(harness.folder.path('backups/notes.txt'), 'mine');
  for (let day = 0; day < 3; day += 1) {
    made.begin();
    await made.idle();
    harness.clock.advanceBy(DAY_MS);
  }
  const kept = ['cordboard-20260116T120000Z.tar.gz', 'cordboard-20260117T120000Z.tar.gz', 'notes.txt'];
  expect(await files()).toEqual(kept);
  harness.make = fails;
  made.begin();
  await made.idle();
  expect(await files()).toEqual(kept);
  expect(made.history).toMatchObject({
    success: { name: 'cordboard-20260117T120000Z.tar.gz' },
    failure: { fault: 'no_space', message: 'the disk is full' },
  });
});

it('the daily backup survives a restart: a missed one is made up once, a failed one is tried again after an hour', async () => {
  harness.make = fails;
  const first = await start({ at: '03:30' });
  harness.clock.advanceBy(MINUTE_MS);
  await first.idle();
  expect(first.history.failure).toBeDefined();
  await first.stop();

  const second = await start({ at: '03:30' });
  expect(second.history.failure).toBeDefined();
  await second.runIfDue();
  expect(await files()).toEqual([]);
  harness.clock.advanceBy(HOUR_MS);
  harness.make = runBackup;
  await second.runIfDue();
  await second.runIfDue();
  expect(await files()).toHaveLength(1);
  expect(second.history.failure).toBeUndefined();
});

it('a start removes what a killed gateway left, and an unusable folder does not prevent it', async () => {
  await mkdir(harness.folder.path('backups/.cordboard-20260114T120000Z.tar.gz.partial'), { recursive: true });
  await start();
  expect(await files()).toEqual([]);
  await backups?.stop();
  const unusable = await start({ folder: harness.folder.path('data/cordboard.db/backups') });
  unusable.begin();
  await unusable.idle();
  expect(unusable.history.failure?.message).toContain('ENOTDIR');
});
