import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { Gateway } from '../support/gateway.js';
import { callerOf, prompt } from '../support/sip/caller.js';
import { SmallDisk } from '../support/small-disk.js';
import { company, goodShop, inQuestion, P, startShopHarness, type ShopHarness } from './shop-harness.js';

/** Backups of a gateway under real calls, and what is restored from them. */

const root = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
const RECORDING_BYTES = 60_000_000;

let asterisk: TestAsterisk;
let harness: ShopHarness;
let dir: string;

beforeAll(async () => {
  asterisk = await startAsterisk();
});
afterAll(() => asterisk.stop());

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'cordboard-backup-'));
  harness = await startShopHarness(
    { gatewayEnv: asterisk.gatewayEnv(), sipPort: asterisk.sipPort },
    { env: { BACKUP_DIR: path.join(dir, 'backups') } },
  );
  harness.shop.behave(goodShop({ menu: { timeoutS: 20, max: 10 } }));
});
afterEach(async () => {
  await harness.stop();
  await rm(dir, { recursive: true, force: true });
});

const cordboard = (...args: string[]) =>
  run(process.execPath, ['dist/cli.js', ...args], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      CORDBOARD_DATA: path.join(dir, 'none'),
      CORDBOARD_URL: harness.gateway.url,
      CORDBOARD_API_TOKEN: harness.gateway.token,
    },
  });

/** A recording that takes a moment to compress. */
const addRecording = async () => {
  const folder = path.join(path.dirname(harness.gateway.database), 'recordings', '00');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'r_00.wav'), randomBytes(RECORDING_BYTES));
};

const becomesPartial = (folder: string) =>
  becomes(
    'a backup is being written',
    async () => (await readdir(folder)).some((name) => name.startsWith('.')) || undefined,
  );

/** A caller who was asked for the number of the order. */
const startIn = (folder: string) =>
  Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: company(harness.shop.url),
    env: { CORDBOARD_DATA: folder },
  });

interface State {
  running: object | null;
  backups: { name: string }[];
  last_failure: { fault: string; message: string } | null;
}
const state = () => harness.gateway.api<State>('/api/v1/backups');
const begin = () => harness.gateway.api<{ name: string }>('/api/v1/backups', { method: 'POST' });
const failure = () =>
  becomes('the backup has failed', async () => {
    const { running, last_failure } = await state();
    return running === null ? (last_failure ?? undefined) : undefined;
  });
const files = () => readdir(path.join(dir, 'backups'));

it('is made while a call goes on; a gateway on a bare folder has it all, closes that call, and takes the next', async () => {
  const before = await inQuestion(harness);
  await before.press('1001#');
  await before.hears(prompt(P.received));
  await before.hears(prompt(P.goodbye), { toItsEnd: true });
  const ended = await harness.gateway.finished(callerOf(before));

  const during = await inQuestion(harness);
  const file = path.join(dir, 'copy.tar.gz');
  await cordboard('backup', file);
  await during.press('1001#');
  await during.hears(prompt(P.received));
  await during.hears(prompt(P.goodbye), { toItsEnd: true });
  await harness.gateway.finished(callerOf(during));
  await cordboard('backup', '--check', file);

  const token = harness.gateway.token;
  const restored = path.join(dir, 'restored');
  await cordboard('restore', file, '--data', restored);
  await harness.gateway.kill();
  const asked = harness.shop.requests.length;
  const gateway = await startIn(restored);
  try {
    expect(gateway.token).not.toBe(token);
    const [stored] = await gateway.calls(callerOf(before));
    expect(await gateway.timeline(callerOf(before))).toEqual(ended);
    expect(stored?.ended_at).not.toBeNull();
    const inProgress = await gateway.timeline(callerOf(during));
    expect(inProgress.at(-1)).toMatchObject({ kind: 'fault' });
    expect((await gateway.calls()).every(({ ended_at }) => ended_at !== null)).toBe(true);
    const { checks } = await gateway.api<{ checks: Record<string, string> }>('/readyz');
    expect(checks['installation']).toContain('1 calls in progress were closed');

    const after = await inQuestion(harness);
    await after.press('1002#');
    await after.hears(prompt(P.waiting));
    await after.hears(prompt(P.goodbye), { toItsEnd: true });
    await gateway.finished(callerOf(after));
    // The shop is asked by the new call only.
    const callers = new Set(harness.shop.requests.slice(asked).map(({ call }) => call));
    expect(callers.size).toBe(1);
  } finally {
    await gateway.stop();
  }
});

it('kill -9 of the gateway in the middle leaves nothing that counts as a backup, and the next start removes the rest', async () => {
  const call = await inQuestion(harness);
  await addRecording();
  await begin();
  await becomesPartial(path.join(dir, 'backups'));
  await harness.gateway.kill();
  expect((await files()).filter((name) => !name.startsWith('.'))).toEqual([]);
  await harness.gateway.run();
  await harness.gateway.ready();
  await expect.poll(files).toEqual([]);
  await call.press('1001#');
  await call.hears(prompt(P.received));
  await cordboard('backup');
  expect(await files()).toHaveLength(1);
});

it('a disk that is full, or becomes full in the middle, fails the backup in words; nothing is left, and calls go on', async () => {
  const disk = await SmallDisk.mount(2 * RECORDING_BYTES);
  try {
    await mkdir(disk.path('backups'));
    await harness.gateway.kill();
    await harness.gateway.run({ BACKUP_DIR: disk.path('backups') });
    await harness.gateway.ready();
    await addRecording();
    const call = await inQuestion(harness);
    await begin();
    await becomesPartial(disk.path('backups'));
    await disk.fill();
    const during = await failure();
    await begin();
    const before = await failure();
    expect([during.message, before.message]).toEqual([
      expect.stringContaining('is full: no backup was made'),
      expect.stringContaining('a backup can take'),
    ]);
    const { checks } = await harness.gateway.api<{ checks: Record<string, string> }>('/readyz');
    expect(checks['backup']).toMatch(/the last backup failed: .*free space.*BACKUP_KEEP/s);
    await disk.free();
    expect(await readdir(disk.path('backups'))).toEqual([]);
    await call.press('1001#');
    await call.hears(prompt(P.received));
  } finally {
    await harness.gateway.kill();
    await disk.unmount();
  }
});

it('kill -9 in the middle of a restore: the gateway refuses to start, and the restore is repeated', async () => {
  const file = path.join(dir, 'copy.tar.gz');
  await addRecording();
  await cordboard('backup', file);
  const folder = path.join(dir, 'restored');
  const restoring = spawn(process.execPath, ['dist/cli.js', 'restore', file, '--data', folder], {
    cwd: root,
    stdio: 'ignore',
  });
  const exit = once(restoring, 'exit');
  await becomes(
    'the restore has begun',
    async () => (await readdir(folder).catch((): string[] => [])).includes('.restoring') || undefined,
  );
  restoring.kill('SIGKILL');
  await exit;
  await harness.gateway.kill();
  await expect(startIn(folder)).rejects.toThrow('run the same cordboard restore again');
  await cordboard('restore', file, '--data', folder);
  expect(await readdir(folder)).not.toContain('.restoring');
  const gateway = await startIn(folder);
  await gateway.stop();
});
