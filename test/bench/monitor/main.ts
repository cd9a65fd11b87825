/**
 * `scripts/bench monitor`: the monitor next to a bare AMI-to-WebSocket relay, in one run, on the same events. How
 * it measures: README.md, one folder above.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startAsterisk } from '../../support/asterisk.js';
import { freePort } from '../../support/ports.js';
import { CHROMIUM, Visitor } from '../../browser/browser-harness.js';
import { cpuMsOfTree, residentKb } from '../lib/cpu.js';
import { comparedRevisions, countList, parseFlags } from '../lib/flags.js';
import type { Gateway } from '../../support/gateway.js';
import { pidOf, startGateway } from '../lib/gateway.js';
import { prepareRevision } from '../lib/revision.js';
import { orUsage, runScenario, type Run } from '../lib/scenario.js';
import { inTurn, latencies, median, round, type Latencies } from '../lib/statistics.js';
import { AmiTap } from './ami-tap.js';
import { join, leave } from './queue-events.js';
import type { Seen } from './watchers.js';

const flags = orUsage(() => {
  const values = parseFlags({
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: 'artifacts/bench.json' },
    sockets: { type: 'string', default: '50,1000' },
    compare: { type: 'string' },
  });
  return {
    ...values,
    sockets: countList(values.sockets, 'sockets'),
    revisions: comparedRevisions(values.compare),
  };
});

const CHANGES_PER_SECOND = 200;
/** As many that each has at most ten callers: pages show the first ten of a queue. */
const QUEUES = Array.from({ length: 12 }, (_, index) => index + 1);
/** Callers who wait at any time. */
const IN_LINE = 100;
const LOOKING = 20;
/** The gateway lets one token have 20 sockets. */
const PER_TOKEN = 16;
const SETTLE_MS = 3_000;
const WARM_UP_S = 3;
const seconds = flags.quick ? 5 : 20;
/** One server after the other, each first as often as the other. */
const rounds = flags.quick ? 1 : 2;

interface Server {
  name: string;
  pid: number;
  ws: string;
  tokens: string[];
  page: Page;
}

export interface Result {
  server: string;
  sockets: number;
  /** From the event to a watcher. */
  socketMs: Latencies;
  /** From the event to the page of a browser. */
  pageMs: Latencies;
  /** Of the sightings that there should be. */
  seen: number;
  messagesPerSecond: number;
  cpuPercent: number;
  memoryMb: number[];
  /** Sockets that the server closed: their watcher did not read, or did not answer a ping. */
  closed: number;
}

let callers = 0;

await runScenario('monitor', flags, async (run) => {
  const asterisk = await startAsterisk({ moreApps: ['bench-1', 'bench-2', 'bench-3'] });
  run.onEnd(() => asterisk.stop());
  const tap = new AmiTap(asterisk.amiPort);
  const amiPort = String(await tap.open());
  run.onEnd(() => tap.close());
  const browser = await chromium.launch(CHROMIUM);
  run.onEnd(() => browser.close());
  const { amiUser, amiPassword } = asterisk;
  const servers = [await relay(run, { AMI_PORT: amiPort, AMI_USER: amiUser, AMI_PASSWORD: amiPassword }, browser)];
  for (const [index, rev] of flags.revisions.entries())
    servers.push(await gateway(run, { env: { ...asterisk.gatewayEnv(), AMI_PORT: amiPort }, browser, rev, index }));
  const watchers = fork(path.join(import.meta.dirname, 'watchers.ts'), { execArgv: ['--import', 'tsx'] });
  run.onEnd(() => watchers.kill());
  for (const server of servers) await measure(server, { tap, watchers, sockets: 1, seconds: WARM_UP_S });
  const results: Result[] = [];
  for (const sockets of flags.sockets)
    for (let round = 0; round < rounds; round += 1)
      for (const server of inTurn(servers, round)) {
        const result = await measure(server, { tap, watchers, sockets, seconds });
        results.push(result);
        run.say(line(result));
      }
  return { quick: flags.quick, changesPerSecond: CHANGES_PER_SECOND, results, ratios: ratios(results) };
});

async function measure(
  server: Server,
  { tap, watchers, sockets, seconds }: { tap: AmiTap; watchers: ChildProcess; sockets: number; seconds: number },
): Promise<Result> {
  const { ws: url, tokens } = server;
  await ask(watchers, { open: { url, tokens, sockets, looking: LOOKING } });
  await watchDom(server.page);
  const memoryMb = [megabytes(server.pid)];
  const cpuBefore = cpuMsOfTree(server.pid);
  const sentCount = await sendChanges(tap, seconds, () => void memoryMb.push(megabytes(server.pid)));
  const cpuMs = cpuMsOfTree(server.pid) - cpuBefore;
  await delay(SETTLE_MS);
  const seen = (await ask(watchers, { report: true })) as Seen;
  await ask(watchers, { close: true });
  return {
    server: server.name,
    sockets,
    socketMs: latencies(seen.latenciesMs),
    pageMs: latencies(await domLatencies(server.page)),
    seen: seen.sightings / (sentCount * LOOKING),
    messagesPerSecond: Math.round(seen.messages / seconds),
    cpuPercent: Math.round(cpuMs / seconds / 10),
    memoryMb,
    closed: seen.closed,
  };
}

/** Callers who come and go. @returns how many came */
async function sendChanges(tap: AmiTap, seconds: number, everyQuarter: () => void): Promise<number> {
  const lines = new Map<number, string[]>(QUEUES.map((id) => [id, []]));
  const first = callers;
  const startedAt = performance.now();
  let quarter = 1;
  for (let change = 0; change < seconds * CHANGES_PER_SECOND; change += 1) {
    const dueMs = startedAt + (change * 1000) / CHANGES_PER_SECOND - performance.now();
    if (dueMs > 1) await delay(dueMs);
    const id = QUEUES[change % QUEUES.length] ?? 1;
    const inLine = lines.get(id) ?? [];
    if (inLine.length * QUEUES.length < IN_LINE || Math.floor(change / QUEUES.length) % 2 === 0)
      join(tap, id, inLine, ++callers);
    else leave(tap, id, inLine);
    if (performance.now() - startedAt > (quarter * seconds * 1000) / 4) {
      quarter += 1;
      everyQuarter();
    }
  }
  for (const [id, inLine] of lines) while (inLine.length > 0) leave(tap, id, inLine);
  return callers - first;
}

async function gateway(
  run: Run,
  {
    env,
    browser,
    rev,
    index,
  }: { env: Record<string, string>; browser: Browser; rev: string | undefined; index: number },
): Promise<Server> {
  const queues = QUEUES.map((id) => ({ id, name: `Queue ${id}` }));
  const revision = await prepareRevision(rev, run);
  // One application of Asterisk is one gateway's.
  const asterisk = index === 0 ? env : { ...env, ARI_APP: `bench-${index}` };
  const { gateway: started } = await startGateway(run, { revision, asterisk, company: { queues } });
  const context = await browser.newContext({ baseURL: started.url, locale: 'en-GB' });
  const visitor = new Visitor(await context.newPage(), started.token);
  await visitor.logIn();
  await visitor.page.goto('/now');
  await visitor.page.locator('[data-standing="live"]').waitFor();
  const tokens = await Promise.all(
    Array.from({ length: Math.ceil(Math.max(...flags.sockets) / PER_TOKEN) }, (_, index) => makeToken(started, index)),
  );
  const ws = `${started.url.replace('http', 'ws')}/ws/monitor`;
  const name = flags.compare === undefined ? 'gateway' : `gateway ${rev ?? 'now'}`;
  return { name, pid: pidOf(started), ws, tokens, page: visitor.page };
}

async function makeToken(gateway: Gateway, index: number): Promise<string> {
  const { token } = await gateway.api<{ token: string }>('/api/v1/tokens', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: `bench-${index}`, scopes: ['monitor:read'] }),
  });
  return token;
}

async function relay(run: Run, env: Record<string, string>, browser: Browser): Promise<Server> {
  const port = await freePort();
  const program = path.join(import.meta.dirname, 'relay.mjs');
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env['PATH'], ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  run.onEnd(() => child.kill());
  await once(child.stdout, 'data');
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  return { name: 'relay', pid: child.pid ?? 0, ws: `ws://127.0.0.1:${port}/`, tokens: [], page };
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

function megabytes(pid: number): number {
  return Math.round(residentKb(pid) / 1024);
}

function line({
  server,
  sockets,
  socketMs,
  pageMs,
  memoryMb,
  seen,
  closed,
  cpuPercent,
  messagesPerSecond,
}: Result): string {
  const times = (all: Latencies) => `p50 ${all.p50} p95 ${all.p95} p99 ${all.p99} ms`;
  return (
    `${server.padEnd(8)} ${String(sockets).padStart(4)} sockets: ${times(socketMs)}, page ${times(pageMs)}, ` +
    `${(seen * 100).toFixed(1)} % seen, ${messagesPerSecond} messages/s, ${closed} closed, CPU ${cpuPercent} %, memory ${memoryMb.join(' ')} MB`
  );
}

/** The gateways' numbers as multiples of the relay's, medians of the rounds; below 1 the gateway takes less. */
function ratios(results: Result[]): Record<string, number | string>[] {
  const names = [...new Set(results.map(({ server }) => server))].filter((name) => name !== 'relay');
  const rows = flags.sockets.flatMap((sockets) =>
    names.map((server) => {
      const ratio = (number: (result: Result) => number) => {
        const of = (name: string) =>
          median(results.filter((one) => one.server === name && one.sockets === sockets).map(number));
        return round(of(server) / of('relay'));
      };
      return {
        server,
        sockets,
        socket_p50: ratio(({ socketMs }) => socketMs.p50),
        socket_p95: ratio(({ socketMs }) => socketMs.p95),
        socket_p99: ratio(({ socketMs }) => socketMs.p99),
        page_p50: ratio(({ pageMs }) => pageMs.p50),
        page_p99: ratio(({ pageMs }) => pageMs.p99),
        cpu: ratio(({ cpuPercent }) => cpuPercent),
      };
    }),
  );
  console.log('\nAs multiples of the relay (below 1: the gateway takes less):');
  console.table(rows);
  return rows;
}
