import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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
  if (child?.exitCode === null) {
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
      ...{ PATH: process.env['PATH'], READY_URL: `http://127.0.0.1:${port}/`, SHOP_PORT: '1', WEBHOOK_SHOP_KEY: 'x' },
      ...{ ARI_PASSWORD: 'x', AMI_CONFIG_PASSWORD: 'x', WEBHOOK_OTHER: 'x', CORDBOARD_API_TOKEN: 'x' },
    },
    stdio: 'ignore',
  });
  await expect.poll(() => readFile(file, 'utf8').catch(() => ''), { timeout: 20_000 }).not.toBe('');
  const names = (await readFile(file, 'utf8')).split(',');
  expect(names.sort()).toEqual(['PATH', 'SHOP_PORT', 'WEBHOOK_SHOP_KEY']);
}, 60_000);
