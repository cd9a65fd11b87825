import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { freePort } from '../support/ports.js';

/** The output of `scripts/start --detach`, with the test's own Asterisk. */

/** Ends a hanging script. The script may have to build the gateway first; the test asserts its output, not its duration. */
const HANG_MS = 900_000;

const root = path.resolve(import.meta.dirname, '../..');

let asterisk: TestAsterisk;
let env: Record<string, string>;

beforeAll(async () => {
  asterisk = await startAsterisk();
});
afterAll(() => asterisk.stop());

beforeEach(async () => {
  env = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
    ...asterisk.gatewayEnv(),
    CORDBOARD_DATA: await mkdtemp(path.join(tmpdir(), 'cordboard-start-')),
    HTTP_PORT: String(await freePort()),
    SHOP_PORT: String(await freePort()),
  };
});
afterEach(async () => {
  const stopped = spawn(path.join(root, 'scripts/stop'), { env, stdio: 'ignore' });
  await once(stopped, 'exit');
  await rm(env['CORDBOARD_DATA'] ?? '', { recursive: true, force: true });
});

/** Runs it until the text is on the screen, or it ends. */
async function screenUntil(text: RegExp): Promise<string> {
  const child = spawn(path.join(root, 'scripts/start'), ['--detach'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let screen = '';
  const seen = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        screen += chunk;
        if (text.test(screen)) resolve();
      });
  });
  const ended = once(child, 'exit');
  await Promise.race([seen, ended]);
  // An interrupt ends all processes that it has started.
  if (child.exitCode === null) child.kill('SIGTERM');
  await ended;
  return screen;
}

it.each(['ARI_PASSWORD', 'AMI_PASSWORD'])(
  'prints a wrong %s while it waits',
  async (name) => {
    env[name] = 'this-is-not-it-at-all';
    const screen = await screenUntil(new RegExp(`-> .*${name}`));
    expect(screen).toMatch(new RegExp(`not ready yet:[^]*-> .*${name}`));
    expect(screen).not.toContain('not ready after');
  },
  HANG_MS,
);

it(
  'prints failures that do not prevent calls above the numbers to dial',
  async () => {
    Object.assign(env, { TRUNK_ENDPOINT: 'my-provider', AMI_CONFIG_PASSWORD: 'this-is-not-it-at-all' });
    const screen = await screenUntil(/runs in the background/);
    expect(screen).toContain('Cordboard takes calls, but not everything works:');
    expect(screen).toMatch(/queues: .*\n\s+-> .*AMI_CONFIG_PASSWORD/);
    expect(screen).toMatch(/trunk: .*my-provider.*\n\s+-> .*TRUNK_ENDPOINT/);
    expect(screen).toContain('Numbers to dial');
    // It works: the page of the set-up opens, once.
    const [, link = ''] = /Set up +(http:\S+\/setup\?code=[\w-]{43})/.exec(screen) ?? [];
    expect((await fetch(link)).status).toBe(200);
    expect((await fetch(link.slice(0, -1))).status).toBe(403);
  },
  HANG_MS,
);
