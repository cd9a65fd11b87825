/**
 * `scripts/bench monitor [--quick]`: the monitor next to a bare AMI-to-WebSocket relay, in one run, on the same events. How
 * it measures: README.md, one folder above.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startAsterisk } from '../../support/asterisk.js';
import { Gateway } from '../../support/gateway.js';
import { freePort } from '../../support/ports.js';
import { CHROMIUM, Visitor } from '../../browser/support.js';
import { cpuMsOfTree } from '../cpu.js';
import { percentile } from '../step.js';
import { AmiTap } from './ami-tap.js';
import type { Seen } from './watchers.js';

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: 'artifacts/bench-monitor.json' },
  },
});

const CHANGES_PER_SECOND = 200;
const QUEUES = [1, 2, 3, 4];
/** Callers who wait at any time. */
const IN_LINE = 120;
const LOOKING = 20;
const SETTLE_MS = 3_000;
const steps = [50, 1000].map((sockets) => ({ sockets, seconds: flags.quick ? 5 : 20 }));

interface Server {
  name: 'gateway' | 'relay';
  pid: number;
  ws: string;
  token?: string;
  page: Page;
}

interface Result {
  server: string;
  sockets: number;
  socketP50Ms: number;
  socketP95Ms: number;
  domP50Ms: number;
  domP95Ms: number;
  /** Of the sightings that there should be. */
  seen: number;
  messagesPerSecond: number;
  cpuPercent: number;
  memoryMb: number[];
  closed: number;
}

const stops: (() => unknown)[] = [];
let callers = 0;
try {
  await main();
} finally {
  for (const stop of stops.reverse()) await stop();
}

async function main(): Promise<void> {
  const asterisk = await startAsterisk();
  stops.push(() => asterisk.stop());
  const tap = new AmiTap(asterisk.amiPort);
  const amiPort = await tap.open();
  stops.push(() => tap.close());
  const browser = await chromium.launch(CHROMIUM);
  stops.push(() => browser.close());
  const servers = [
    await gateway({ ...asterisk.gatewayEnv(), AMI_PORT: String(amiPort) }, browser),
    await relay({ AMI_PORT: String(amiPort), AMI_USER: asterisk.amiUser, AMI_PASSWORD: asterisk.amiPassword }, browser),
  ];
  const watchers = fork(path.join(import.meta.dirname, 'watchers.ts'), { execArgv: ['--import', 'tsx'] });
  stops.push(() => watchers.kill());
  const results: Result[] = [];
  for (const { sockets, seconds } of steps)
    for (const server of servers) {
      const result = await run(server, { tap, watchers, sockets, seconds });
      results.push(result);
      console.log(line(result));
    }
  await report(results);
}

async function run(
  server: Server,
  { tap, watchers, sockets, seconds }: { tap: AmiTap; watchers: ChildProcess; sockets: number; seconds: number },
): Promise<Result> {
  const { ws: url, token } = server;
  await ask(watchers, { open: { url, token, sockets, looking: LOOKING } });
  await watchDom(server.page);
  const memoryMb = [await memoryOf(server.pid)];
  const cpuBefore = cpuMsOfTree(server.pid);
  const told = await tellChanges(tap, seconds, async () => void memoryMb.push(await memoryOf(server.pid)));
  const cpuMs = cpuMsOfTree(server.pid) - cpuBefore;
  await delay(SETTLE_MS);
  const seen = (await ask(watchers, { report: true })) as Seen;
  await ask(watchers, { close: true });
  const latencies = seen.latenciesMs.sort((a, b) => a - b);
  const dom = (await domLatencies(server.page)).sort((a, b) => a - b);
  return {
    server: server.name,
    sockets,
    socketP50Ms: percentile(latencies, 0.5),
    socketP95Ms: percentile(latencies, 0.95),
    domP50Ms: percentile(dom, 0.5),
    domP95Ms: percentile(dom, 0.95),
    seen: seen.sightings / (told * LOOKING),
    messagesPerSecond: Math.round(seen.messages / seconds),
    cpuPercent: Math.round(cpuMs / seconds / 10),
    memoryMb,
    closed: seen.closed,
  };
}

/** Callers who come and go. @returns how many came */
async function tellChanges(tap: AmiTap, seconds: number, everyQuarter: () => Promise<void>): Promise<number> {
  const lines = new Map<number, string[]>(QUEUES.map((id) => [id, []]));
  const first = callers;
  const startedAt = performance.now();
  let quarter = 1;
  for (let change = 0; change < seconds * CHANGES_PER_SECOND; change += 1) {
    const dueMs = startedAt + (change * 1000) / CHANGES_PER_SECOND - performance.now();
    if (dueMs > 1) await delay(dueMs);
    const id = QUEUES[change % QUEUES.length] ?? 1;
    const inLine = lines.get(id) ?? [];
    if (inLine.length * QUEUES.length < IN_LINE || Math.floor(change / QUEUES.length) % 2 === 0) join(tap, id, inLine);
    else leave(tap, id, inLine);
    if (performance.now() - startedAt > (quarter * seconds * 1000) / 4) {
      quarter += 1;
      await everyQuarter();
    }
  }
  for (const [id, inLine] of lines) while (inLine.length > 0) leave(tap, id, inLine);
  return callers - first;
}

function join(tap: AmiTap, id: number, inLine: string[]): void {
  callers += 1;
  const caller = `b-${callers}-${Date.now()}`;
  inLine.push(caller);
  const number = `+420777${String(callers % 1_000_000).padStart(6, '0')}`;
  const [Position, Count] = [inLine.length, inLine.length];
  const about = {
    Queue: `q${id}`,
    Position,
    Count,
    Uniqueid: caller,
    Linkedid: caller,
    Channel: `PJSIP/trunk-${caller}`,
  };
  tap.tell({ Event: 'QueueCallerJoin', ...about, CallerIDNum: number, CallerIDName: '' });
}

function leave(tap: AmiTap, id: number, inLine: string[]): void {
  const caller = inLine.shift() ?? '';
  tap.tell({ Event: 'QueueCallerLeave', Queue: `q${id}`, Position: 1, Count: inLine.length, Uniqueid: caller });
}

async function gateway(env: Record<string, string>, browser: Browser): Promise<Server> {
  const queues = QUEUES.map((id) => ({ id, name: `Queue ${id}` }));
  const started = await Gateway.start({ asterisk: env, company: { queues }, env: { LOG_LEVEL: 'info' } });
  stops.push(() => started.stop());
  const context = await browser.newContext({ baseURL: started.url, locale: 'en-GB' });
  const visitor = new Visitor(await context.newPage(), started.token);
  await visitor.logIn();
  await visitor.page.goto('/monitor');
  await visitor.page.locator('[data-standing="live"]').waitFor();
  const ws = `${started.url.replace('http', 'ws')}/ws/monitor`;
  return { name: 'gateway', pid: started.pid ?? 0, ws, token: started.token, page: visitor.page };
}

async function relay(env: Record<string, string>, browser: Browser): Promise<Server> {
  const port = await freePort();
  const program = path.join(import.meta.dirname, 'relay.mjs');
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env['PATH'], ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  stops.push(() => child.kill());
  await once(child.stdout, 'data');
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  return { name: 'relay', pid: child.pid ?? 0, ws: `ws://127.0.0.1:${port}/`, page };
}

interface Watched {
  domLatencies: number[];
  domObserver?: MutationObserver;
}

/** Notes when a caller is first in the page. */
function watchDom(page: Page): Promise<void> {
  return page.evaluate(() => {
    const noted = window as unknown as Watched;
    noted.domObserver?.disconnect();
    noted.domLatencies = [];
    const known = new Set<string>();
    noted.domObserver = new MutationObserver(() => {
      const now = Date.now();
      for (const item of document.querySelectorAll<HTMLElement>('li[data-id]')) {
        const [, number = '', at = ''] = /b-(\d+)-(\d+)/.exec(item.dataset['id'] ?? '') ?? [];
        if (number === '' || known.has(number)) continue;
        known.add(number);
        noted.domLatencies.push(now - Number(at));
      }
    });
    noted.domObserver.observe(document.body, { childList: true, subtree: true });
  });
}

function domLatencies(page: Page): Promise<number[]> {
  return page.evaluate(() => (window as unknown as Watched).domLatencies);
}

async function ask(child: ChildProcess, task: object): Promise<unknown> {
  const answered = once(child, 'message');
  child.send(task);
  const [answer] = (await answered) as unknown[];
  return answer;
}

async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

function line(result: Result): string {
  const { server, sockets, memoryMb, seen, cpuPercent, messagesPerSecond } = result;
  const times = `sockets p50 ${result.socketP50Ms} p95 ${result.socketP95Ms} ms, page p50 ${result.domP50Ms} p95 ${result.domP95Ms} ms`;
  return (
    `${server.padEnd(8)} ${String(sockets).padStart(4)} sockets: ${times}, ${(seen * 100).toFixed(1)} % seen, ` +
    `${messagesPerSecond} messages/s, CPU ${cpuPercent} %, memory ${memoryMb.join(' ')} MB`
  );
}

async function report(results: Result[]): Promise<void> {
  const ratio = (of: keyof Result, sockets: number) => {
    const value = (name: string) =>
      Number(results.find((result) => result.server === name && result.sockets === sockets)?.[of]);
    return (value('gateway') / value('relay')).toFixed(2);
  };
  console.log('\ngateway to relay (below 1: the gateway takes less)');
  for (const { sockets } of steps)
    console.log(
      `${String(sockets).padStart(4)} sockets: latency p50 ${ratio('socketP50Ms', sockets)}, p95 ${ratio('socketP95Ms', sockets)}; ` +
        `page p50 ${ratio('domP50Ms', sockets)}, p95 ${ratio('domP95Ms', sockets)}; CPU ${ratio('cpuPercent', sockets)}`,
    );
  await mkdir(path.dirname(flags.json), { recursive: true });
  await writeFile(
    flags.json,
    `${JSON.stringify({ quick: flags.quick, changesPerSecond: CHANGES_PER_SECOND, results }, null, 2)}\n`,
  );
}
