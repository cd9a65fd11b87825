import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const supervisor = path.resolve(import.meta.dirname, '../../scripts/lib/supervise.mjs');

let dir: string;
let server: Server;
let child: ChildProcess | undefined;

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'cordboard-supervise-'));
  server = createServer((_, response) => response.end('{"status":"ok"}')).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  child = undefined;
  server.closeAllConnections();
  server.close();
  await rm(dir, { recursive: true, force: true });
});

test('files that cannot be written neither end the supervisor nor have a service started twice', async () => {
  const starts = path.join(dir, 'starts');
  const run = path.join(dir, 'run');
  await mkdir(run);
  // What stands in the way of each file that the supervisor writes: its name is taken by a folder.
  for (const name of ['run/service.pid', 'run/ready', 'service.log']) await mkdir(path.join(dir, name));
  await writeFile(starts, '');
  const command = [
    process.execPath,
    '-e',
    `require('node:fs').appendFileSync(${JSON.stringify(starts)}, 'x'); setInterval(() => 0, 1000)`,
  ];
  const services = [{ name: 'service', command, log: path.join(dir, 'service.log') }];
  const { port } = server.address() as AddressInfo;
  child = spawn(process.execPath, [supervisor, run, JSON.stringify(services)], {
    env: { PATH: process.env['PATH'], READY_URL: `http://127.0.0.1:${port}/` },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  await expect.poll(() => said, { timeout: 20_000 }).toContain('run/ready');
  await expect.poll(() => readFile(starts, 'utf8'), { timeout: 20_000 }).toBe('x');
  // Longer than the pause before a service is started again.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await readFile(starts, 'utf8')).toBe('x');
  expect(child.exitCode).toBeNull();
}, 60_000);

test('a service with an environment of its own is given no secret of the others', async () => {
  const file = path.join(dir, 'environment');
  const command = [
    process.execPath,
    '-e',
    `require('node:fs').writeFileSync(${JSON.stringify(file)}, Object.keys(process.env).join()); setInterval(() => 0, 1000)`,
  ];
  const environment = ['SHOP_*', 'WEBHOOK_SHOP_KEY'];
  const services = [{ name: 'service', command, log: path.join(dir, 'service.log'), environment }];
  const { port } = server.address() as AddressInfo;
  child = spawn(process.execPath, [supervisor, dir, JSON.stringify(services)], {
    env: {
      PATH: process.env['PATH'],
      READY_URL: `http://127.0.0.1:${port}/`,
      SHOP_PORT: '1',
      WEBHOOK_SHOP_KEY: 'x',
      ARI_PASSWORD: 'x',
      AMI_CONFIG_PASSWORD: 'x',
      WEBHOOK_OTHER: 'x',
      CORDBOARD_API_TOKEN: 'x',
    },
    stdio: 'ignore',
  });
  await expect.poll(() => readFile(file, 'utf8').catch(() => ''), { timeout: 20_000 }).not.toBe('');
  const names = (await readFile(file, 'utf8')).split(',');
  expect(names.sort()).toEqual(['PATH', 'SHOP_PORT', 'WEBHOOK_SHOP_KEY']);
}, 60_000);

test.each([
  ['with one older copy', false],
  ['also where no copy can be made', true],
])(
  'a log that grows fast stays below its limit, %s',
  async (_what, isBlocked) => {
    const log = path.join(dir, 'service.log');
    const other = path.join(dir, 'other.log');
    // A folder in its place fails the copy, as a full disk does.
    if (isBlocked) for (const file of [log, other]) await mkdir(path.join(`${file}.1`, 'x'), { recursive: true });
    const script =
      `const { appendFileSync } = require('node:fs'); const line = 'x'.repeat(999) + '\\n';` +
      `setInterval(() => { process.stdout.write(line.repeat(10)); appendFileSync(${JSON.stringify(other)}, line.repeat(10)); }, 20)`;
    const services = [
      { name: 'service', command: [process.execPath, '-e', script], log, logs: [other], logBytes: 100_000 },
    ];
    const { port } = server.address() as AddressInfo;
    child = spawn(process.execPath, [supervisor, dir, JSON.stringify(services)], {
      env: { PATH: process.env['PATH'], READY_URL: `http://127.0.0.1:${port}/` },
      stdio: 'ignore',
    });
    for (const file of [log, other]) {
      const sizes: number[] = [];
      const shrank = async () => {
        sizes.push((await stat(file).catch(() => undefined))?.size ?? 0);
        return (sizes.at(-2) ?? 0) > (sizes.at(-1) ?? 0);
      };
      await expect.poll(shrank, { timeout: 20_000, interval: 50 }).toBe(true);
      if (!isBlocked) expect((await stat(`${file}.1`)).size).toBeGreaterThanOrEqual(100_000);
    }
  },
  60_000,
);

test('the log of Asterisk in a container stays below its limit', async () => {
  const log = path.join(dir, 'security.log');
  await writeFile(log, 'x'.repeat(3_000));
  child = spawn(path.resolve(import.meta.dirname, '../../asterisk-config/limit-log'), [log, '2000'], {
    stdio: 'ignore',
  });
  await expect.poll(async () => (await stat(log)).size, { timeout: 20_000 }).toBe(0);
  expect((await stat(`${log}.1`)).size).toBe(3_000);
  child.kill('SIGTERM');
  await once(child, 'exit');
}, 30_000);
