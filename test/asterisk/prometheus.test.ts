import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ListedGateway } from '../http/listed-gateway.js';
import { freePort } from '../support/ports.js';

/** The rules and the dashboard of examples/monitoring, with a real Prometheus that scrapes a real gateway. */

const EXAMPLES = 'examples/monitoring';
const TOKEN = 'a-token-of-the-administrator';
const run = promisify(execFile);

let gateway: ListedGateway;
let dir: string;
let prometheus: ChildProcess;
let address: string;

beforeAll(async () => {
  gateway = await ListedGateway.start({ CORDBOARD_API_TOKEN: TOKEN });
  dir = await mkdtemp(path.join(os.tmpdir(), 'prometheus-'));
  await cp(EXAMPLES, dir, { recursive: true });
  const file = path.join(dir, 'prometheus.yml');
  const config = (await readFile(file, 'utf8')).replace('127.0.0.1:8080', new URL(gateway.url).host);
  await writeFile(file, config.replaceAll('interval: 15s', 'interval: 1s'));
  await writeFile(path.join(dir, 'token'), TOKEN);
  address = `127.0.0.1:${await freePort()}`;
  const options = [`--config.file=${file}`, `--storage.tsdb.path=${dir}/data`, `--web.listen-address=${address}`];
  prometheus = spawn('prometheus', options, { stdio: 'ignore' });
});

afterAll(async () => {
  if (prometheus.exitCode === null) {
    prometheus.kill();
    await once(prometheus, 'exit');
  }
  await gateway.stop();
  await rm(dir, { recursive: true });
});

async function ask(query: string): Promise<Record<string, unknown>> {
  const response = await fetch(`http://${address}/api/v1/${query}`).catch(() => undefined);
  return response === undefined ? {} : ((await response.json()) as { data: Record<string, unknown> }).data;
}

test('Prometheus scrapes the gateway with a token', async () => {
  await expect
    .poll(() => ask('query?query=cordboard_asterisk_up'))
    .toMatchObject({ result: [{ metric: { job: 'cordboard' }, value: [expect.any(Number), '0'] }] });
});

test('Prometheus loads the rules, and promtool finds that they fire when they should', async () => {
  await expect.poll(() => ask('rules')).toMatchObject({ groups: [{ name: 'cordboard' }] });
  await expect.poll(async () => JSON.stringify(await ask('rules'))).not.toContain('"health":"unknown"');
  expect(JSON.stringify(await ask('rules'))).not.toContain('"health":"err"');
  const { stdout } = await run('promtool', ['test', 'rules', 'alerts.test.yml'], { cwd: dir });
  expect(stdout).toContain('SUCCESS');
});

test('promtool finds no fault in the names, types and helps of the metrics', async () => {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const metrics = await (await fetch(`${gateway.url}/metrics`, { headers })).text();
  const checked = run('promtool', ['check', 'metrics']);
  checked.child.stdin?.end(metrics);
  expect(await checked).toEqual({ stdout: '', stderr: '' });
});

test('every metric of the rules and of the dashboard exists', async () => {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const metrics = await (await fetch(`${gateway.url}/metrics`, { headers })).text();
  const exported = new Set([...metrics.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
  const files = await Promise.all(
    ['alerts.yml', 'dashboard.json'].map((name) => readFile(`${EXAMPLES}/${name}`, 'utf8')),
  );
  const named = new Set([...files.join('\n').matchAll(/\bcordboard_\w+/g)].map(([name]) => name));
  expect(named.size).toBeGreaterThan(15);
  const missing = [...named].filter(
    (name) => !exported.has(name) && !exported.has(name.replace(/_(bucket|sum|count)$/, '')),
  );
  expect(missing).toEqual([]);
});
