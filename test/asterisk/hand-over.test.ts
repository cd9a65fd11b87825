import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { becomes } from '../support/becomes.js';
import { LATER_VERSION, makeVersion } from '../support/other-version.js';
import { freePort } from '../support/ports.js';

/** The steps of scripts/upgrade and scripts/install-service, with processes in place of containers and services, and no Asterisk. */

const root = path.resolve(import.meta.dirname, '../..');
const TOKEN = 'the-token-of-this-test';
const SCRIPT = `
set -uo pipefail
. scripts/lib/say.sh
. scripts/lib/hand-over.sh
alive() { [ -s "$1" ] && kill -0 "$(cat "$1")" 2>/dev/null; }
end() { ! alive "$1" || kill "$(cat "$1")"; while alive "$1"; do sleep 0.1; done; }
begin() { (cd "$SOURCES" && STANDBY_PORT=$2 exec node dist/main.js >>"$WORK/$1.log" 2>&1) & echo $! >"$WORK/$1"; }
start_next() { begin next "$NEXT_STANDBY_PORT"; }
next_runs() { alive "$WORK/next"; }
stop_next() { end "$WORK/next"; }
replace_main() { end "$WORK/main"; begin main "$STANDBY_PORT"; }
main_runs() { alive "$WORK/main"; }
`;

let dir: string;
let env: Record<string, string>;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-hand-over-'));
  env = {
    PATH: process.env['PATH'] ?? '',
    WORK: dir,
    HTTP_PORT: String(await freePort()),
    STANDBY_PORT: String(await freePort()),
    NEXT_STANDBY_PORT: String(await freePort()),
    CORDBOARD_DATA: path.join(dir, 'data'),
    CORDBOARD_API_TOKEN: TOKEN,
    CORDBOARD_EXAMPLE: 'none',
    // Nobody is there.
    ARI_URL: 'http://127.0.0.1:9',
    ARI_PASSWORD: 'x',
    AMI_PORT: '9',
    AMI_PASSWORD: 'x',
  };
  await bash('begin main "$STANDBY_PORT"; becomes "$STANDBY_PORT" main_runs owner', root);
  await becomes('the first version runs', async () => (await runningVersion()) !== undefined);
});
afterEach(async () => {
  await bash('stop_next; end "$WORK/main"', root);
  await rm(dir, { recursive: true });
});

/** @returns the exit code */
async function bash(commands: string, sources: string): Promise<number> {
  const run = promisify(execFile)('bash', ['-c', SCRIPT + commands], { cwd: root, env: { ...env, SOURCES: sources } });
  return run.then(
    () => 0,
    (error: unknown) => (error as { code: number }).code,
  );
}

async function runningVersion(): Promise<string | undefined> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const response = await fetch(`http://127.0.0.1:${env['HTTP_PORT']}/api/v1/system`, { headers }).catch(
    () => undefined,
  );
  return response?.ok === true ? ((await response.json()) as { version: string }).version : undefined;
}

const mainPid = () => readFile(path.join(dir, 'main'), 'utf8');

it('the new version takes the place of the old one', async () => {
  expect(await bash('hand_over', await makeVersion(path.join(dir, 'version')))).toBe(0);
  await becomes('the new version runs', async () => (await runningVersion()) === LATER_VERSION);
  expect(await bash('next_runs', root)).toBe(1);
});

it.each([
  ['ends at its start', { start: 'console.error("it ends"); process.exit(70);' }, 'it ends'],
  ['has a migration that fails', { migration: 'throw new Error("it fails");' }, 'it fails'],
])('a new version that %s leaves the old one in charge', async (_, differences, words) => {
  const before = await mainPid();
  expect(await bash('hand_over', await makeVersion(path.join(dir, 'version'), differences))).toBe(1);
  expect(await readFile(path.join(dir, 'next.log'), 'utf8')).toContain(words);
  expect(await mainPid()).toBe(before);
  expect(await runningVersion()).not.toBe(LATER_VERSION);
  expect(await bash('becomes "$STANDBY_PORT" main_runs owner', root)).toBe(0);
});
