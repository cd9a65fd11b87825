/**
 * `scripts/bench scale`: what live calls cost that are only held: memory, delay of the event loop, CPU, and what the calls
 * that are served beside them notice. How it measures: README.md one folder up.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { becomes } from '../../support/becomes.js';
import { holdingCompany, HOLD_LINE } from '../calls/company.js';
import { startGatewayServer, type GatewayServer } from '../calls/gateway.js';
import { prepareBenchHarness, startBenchAsterisk, type BenchHarness } from '../calls/calls-harness.js';
import { runStep } from '../calls/step.js';
import { cpuMsOfTree, residentKb } from '../lib/cpu.js';
import { comparedRevisions, countList, parseFlags } from '../lib/flags.js';
import { pidOf } from '../lib/gateway.js';
import type { HeapUse, Inspector, LoopDelay } from '../lib/inspector.js';
import { startListeners } from '../lib/listeners.js';
import { prepareRevision } from '../lib/revision.js';
import { orUsage, runScenario, type Run } from '../lib/scenario.js';
import { latencies, round, type Latencies } from '../lib/statistics.js';

const flags = orUsage(() => {
  const values = parseFlags({
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: 'artifacts/bench.json' },
    calls: { type: 'string' },
    compare: { type: 'string' },
  });
  return {
    ...values,
    counts: countList(values.calls ?? (values.quick ? '1,50' : '1,50,200,500,1000'), 'calls'),
    revisions: comparedRevisions(values.compare),
  };
});
/** Longer than it takes to renew all leases once (20 s). */
const plan = flags.quick ? { warmUpS: 5, heldS: 22, besideS: 3 } : { warmUpS: 20, heldS: 45, besideS: 10 };
const WARM_UP_RATE = 10;
const BESIDE_RATE = 5;
const NEW_CALLS_PER_SECOND = 20;
const SETTLE_MS = 4000;
const PATIENCE_MS = 120_000;
const HOLD_MS = 3_000_000;
const FEW = 20;

interface Subject extends GatewayServer {
  inside: Inspector;
  /** Memory after the warm-up, without calls. One baseline for all rows: later ones would hold what calls before have left. */
  emptyKb: number;
}

export interface Row {
  gateway: string;
  calls: number;
  /**
   * On the heap and in buffers after a collection of garbage, above what there was before the first of them. Null: with so few calls
   * whatever else changes meanwhile is more than theirs.
   */
  kbPerCall: number | null;
  residentMb: number;
  /** By how much timers were late while the calls were held. */
  loopDelayMs: LoopDelay;
  /** Percent of one core. */
  gatewayCpu: number;
  asteriskCpu: number;
  /** Of order-status calls beside those that were held: from `#` to the answer. */
  besideMs: Latencies;
  besideLoopDelayMs: LoopDelay;
}

await runScenario('scale', flags, async (run) => {
  const harness = await prepareBenchHarness(run);
  const subjects: Subject[] = [];
  for (const rev of flags.revisions) subjects.push(await start(run, harness, rev));
  const rows: Row[] = [];
  for (const calls of flags.counts)
    for (const subject of subjects) {
      const row = await measure(run, harness, subject, calls);
      run.say(line(row));
      rows.push(row);
    }
  console.table(
    rows.map((row) => ({
      gateway: row.gateway,
      calls: row.calls,
      'KB a call': row.kbPerCall,
      'resident MB': row.residentMb,
      'loop p99 ms': row.loopDelayMs.p99,
      'loop max ms': row.loopDelayMs.max,
      'CPU %': row.gatewayCpu,
      'Asterisk %': row.asteriskCpu,
      'beside p50 ms': row.besideMs.p50,
      'beside p99 ms': row.besideMs.p99,
    })),
  );
  return { quick: flags.quick, rows };
});

async function start(run: Run, harness: BenchHarness, rev: string | undefined): Promise<Subject> {
  const revision = await prepareRevision(rev, run);
  const asterisk = await startBenchAsterisk(run, harness, revision);
  const name = rev ?? 'working tree';
  const company = holdingCompany(harness.shopUrl);
  const server = await startGatewayServer(run, harness, asterisk, { revision, name, inspected: true, company });
  const inside = await server.inspector();
  run.onEnd(() => inside.close());
  run.say(`warming up: ${name}`);
  await runStep(harness, server, WARM_UP_RATE, plan.warmUpS);
  await delay(SETTLE_MS);
  return { ...server, pid: server.pid, inside, emptyKb: kbOf(await inside.heapUse()) };
}

async function measure(run: Run, harness: BenchHarness, subject: Subject, calls: number): Promise<Row> {
  const { asterisk, gateway, inside, name } = subject;
  const [pid, asteriskPid] = [pidOf(gateway), asterisk.pid() ?? 0];
  const listeners = await startListeners(
    { host: '127.0.0.1', port: asterisk.sipPort },
    { target: HOLD_LINE, count: calls, forMs: HOLD_MS, perSecond: NEW_CALLS_PER_SECOND },
  );
  try {
    await becomes(`${calls} calls are held`, async () => (await channels(subject)) === calls, PATIENCE_MS);
    await delay(SETTLE_MS);
    await inside.watchLoop();
    const before = { gateway: cpuMsOfTree(pid), asterisk: cpuMsOfTree(asteriskPid) };
    await delay(plan.heldS * 1000);
    const loopDelayMs = await inside.loopDelay();
    const percent = (from: number, to: number) => round((to - from) / plan.heldS / 10);
    const gatewayCpu = percent(before.gateway, cpuMsOfTree(pid));
    const asteriskCpu = percent(before.asterisk, cpuMsOfTree(asteriskPid));
    const full = await inside.heapUse();
    const residentMb = round(residentKb(pid) / 1024);
    await inside.watchLoop();
    const beside = await runStep(harness, subject, BESIDE_RATE, plan.besideS);
    if (beside.failed > 0) run.say(`${beside.failed} of ${beside.calls} calls beside failed: ${beside.failure}`);
    return {
      gateway: name,
      calls,
      kbPerCall: calls < FEW ? null : round((kbOf(full) - subject.emptyKb) / calls),
      residentMb,
      loopDelayMs,
      gatewayCpu,
      asteriskCpu,
      besideMs: latencies(beside.latenciesMs),
      besideLoopDelayMs: await inside.loopDelay(),
    };
  } finally {
    await asterisk.cli('channel request hangup all');
    await listeners.stop();
    await becomes('all calls are over', async () => (await channels(subject)) === 0, PATIENCE_MS);
  }
}

function kbOf({ heapUsedKb, externalKb }: HeapUse): number {
  return heapUsedKb + externalKb;
}

async function channels({ asterisk }: GatewayServer): Promise<number> {
  return Number(/^(\d+) active channels?/m.exec(await asterisk.cli('core show channels count'))?.[1]);
}

function line({ gateway, calls, kbPerCall, loopDelayMs, gatewayCpu, asteriskCpu, besideMs }: Row): string {
  return (
    `${gateway}: ${calls} calls held, ${kbPerCall ?? '-'} KB each, loop p99 ${loopDelayMs.p99} ms, CPU ${gatewayCpu} % ` +
    `(Asterisk ${asteriskCpu} %), calls beside p50 ${besideMs.p50} ms, p99 ${besideMs.p99} ms`
  );
}
