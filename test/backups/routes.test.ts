import { afterEach, beforeEach, expect, it } from 'vitest';
import { readFile, writeFile } from 'node:fs/promises';
import { backupRoutes } from '../../src/backups/routes.js';
import type { Backups } from '../../src/backups/backups.js';
import { runBackup } from '../../src/backups/run-backup.js';
import { runCommand } from '../../src/cli/run.js';
import { ADMIN, asAdmin, READER, startServer, type TestServer } from '../http/http-harness.js';
import { restoredContent } from './backup-harness.js';
import { BackupsHarness } from './backups-harness.js';

let harness: BackupsHarness;
let backups: Backups;
let http: TestServer;
let printed: string;

beforeEach(async () => {
  harness = await BackupsHarness.make();
  harness.make = runBackup;
  backups = await harness.started();
  const recordOnce = (entry: (typeof harness.audit)[number]) => {
    harness.audit.push(entry);
    return Promise.resolve();
  };
  http = await startServer(backupRoutes({ backups, recordOnce }));
  printed = '';
});
afterEach(async () => {
  await http.stop();
  await backups.stop();
  await harness.stop();
});

const fetchApi = (path = '', init: RequestInit = {}) =>
  fetch(`${http.url}/api/v1/backups${path}`, { headers: asAdmin, ...init });

const cordboard = (...args: string[]) => {
  const print = (text: string) => void (printed += text);
  const env = { CORDBOARD_URL: http.url, CORDBOARD_API_TOKEN: ADMIN };
  return runCommand(args, { env, out: print, error: print });
};

it('a backup is begun, listed and downloaded, and each is recorded', async () => {
  const begun = await fetchApi('', { method: 'POST' });
  expect(begun.status).toBe(202);
  const { name } = (await begun.json()) as { name: string };
  expect((await fetchApi('', { method: 'POST' })).status).toBe(409);
  expect(await (await fetchApi()).json()).toMatchObject({ backups: [], running: { name }, last_success: null });
  await backups.idle();
  const listed = (await (await fetchApi()).json()) as { backups: { bytes: number }[] };
  expect(listed).toMatchObject({ running: null, last_success: { name }, last_failure: null, schedule: null, keep: 2 });
  const { bytes } = listed.backups[0]!;
  const download = await fetchApi(`/${name}`);
  expect(download.headers.get('content-disposition')).toBe(`attachment; filename="${name}"`);
  expect((await download.arrayBuffer()).byteLength).toBe(bytes);
  expect(harness.audit.map(({ action }) => action)).toEqual(['backup_made', 'backup_downloaded']);
  for (const other of ['cordboard.db', '..%2fdata%2fcordboard.db', 'cordboard-20200101T000000Z.tar.gz'])
    expect((await fetchApi(`/${other}`)).status).toBe(404);
});

it('needs its own scope', async () => {
  const headers = { authorization: `Bearer ${READER}` };
  for (const [method, path] of [
    ['GET', ''],
    ['POST', ''],
    ['GET', '/cordboard-20260115T120000Z.tar.gz'],
  ] as const)
    expect((await fetchApi(path, { method, headers })).status).toBe(403);
});

it('the command line makes one at the gateway, downloads, checks and restores it', async () => {
  const file = harness.folder.path('copy.tar.gz');
  expect(await cordboard('backup', file)).toBe(0);
  expect(printed.split('\n')).toContain(file);
  expect(await cordboard('backup', '--check', file)).toBe(0);
  expect(printed).toContain('is complete and undamaged: 0 calls, 2 recordings, 1 audio files, 2 secrets');
  expect(await cordboard('restore', file, '--data', harness.folder.path('restored'))).toBe(0);
  expect(await harness.folder.contentOf('restored')).toEqual(restoredContent);
  expect(await cordboard('restore', file, '--data', harness.folder.path('restored'))).toBe(1);
  expect(printed).toContain('is not empty (audio)');
  await writeFile(file, (await readFile(file)).subarray(0, 4000));
  expect(await cordboard('backup', '--check', file)).toBe(1);
  expect(printed).toContain('is incomplete');
});

it('the command line says why the gateway made none, and backs up a folder without a gateway', async () => {
  harness.make = () => Promise.reject(new Error('no luck'));
  expect(await cordboard('backup')).toBe(1);
  expect(printed).toBe('no luck\n');
  const file = harness.folder.path('own.tar.gz.age');
  await writeFile(harness.folder.path('passphrase'), 'correct horse');
  const secret = ['--passphrase-file', harness.folder.path('passphrase')];
  expect(await cordboard('backup', file, ...secret)).toBe(2);
  expect(await cordboard('backup', file, '--data', harness.folder.dataDir, ...secret)).toBe(0);
  expect(await cordboard('backup', '--check', file)).toBe(1);
  expect(await cordboard('backup', '--check', file, ...secret)).toBe(0);
});
