/**
 * `scripts/bench history`: a gateway with a long history: its start, what reading the history takes, and what live calls notice
 * while it is read and cleaned up. How it measures: README.md one folder up.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { startGatewayServer, type GatewayServer } from '../calls/gateway.js';
import { prepareBenchHarness, startBenchAsterisk, type BenchHarness } from '../calls/calls-harness.js';
import { runStep } from '../calls/step.js';
import { residentKb } from '../lib/cpu.js';
import { RevisionDatabase } from '../lib/database.js';
import { comparedRevisions, countList, parseFlags } from '../lib/flags.js';
import { pidOf } from '../lib/gateway.js';
import { Inspector, type LoopDelay } from '../lib/inspector.js';
import { prepareRevision, type Revision } from '../lib/revision.js';
import { orUsage, runScenario, type Run } from '../lib/scenario.js';
import { latencies, median, round, type Latencies } from '../lib/statistics.js';
import { freePort } from '../../support/ports.js';
import { multiplyCall } from './multiply.js';
import { knownReads, readUntil, timeReads } from './reads.js';

const flags = orUsage(() => {
  const values = parseFlags({
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: 'artifacts/bench.json' },
    history: { type: 'string' },
    compare: { type: 'string' },
  });
  return {
    ...values,
    sizes: countList(values.history ?? (values.quick ? '10k' : '10k,1M'), 'history'),
    revisions: comparedRevisions(values.compare),
  };
});
const plan = flags.quick
  ? { starts: 1, reads: 5, liveS: 5, cleanUpS: 20 }
  : { starts: 3, reads: 20, liveS: 15, cleanUpS: 60 };
const LIVE_RATE = 5;
/** The first clean-up begins so long after the start. */
const CLEAN_UP_AFTER_MS = 60_000;
const REPORT_EVERY = 100_000;

/** Live calls, while something else happens. */
interface Live {
  latencyMs: Latencies;
  loopDelayMs: LoopDelay;
  failed: number;
}

export interface Row {
  gateway: string;
  calls: number;
  startToReadyMs: number;
  residentMb: number;
  readsMs: Record<string, Latencies>;
  alone: Live;
  /** While the history is read all the time. */
  besideReads: Live & { reads: number };
  /** While the clean-up removes calls that are too old. */
  besideCleanUp: Live & { removed: number };
}

await runScenario('history', flags, async (run) => {
  const harness = await prepareBenchHarness(run);
  const revisions: Revision[] = [];
  for (const rev of flags.revisions) revisions.push(await prepareRevision(rev, run));
  const rows: Row[] = [];
  for (const calls of flags.sizes)
    for (const [index, revision] of revisions.entries())
      rows.push(await measure(run, harness, { revision, name: flags.revisions[index] ?? 'working tree', calls }));
  for (const row of rows) show(row);
  return { quick: flags.quick, rows };
});

async function measure(
  run: Run,
  harness: BenchHarness,
  { revision, name, calls }: { revision: Revision; name: string; calls: number },
): Promise<Row> {
  const asterisk = await startBenchAsterisk(run, harness, revision);
  const server = await startGatewayServer(run, harness, asterisk, {
    revision,
    name: `${name} ${calls}`,
    inspected: false,
  });
  const { gateway } = server;
  await makeHistory(run, harness, server, calls);
  const starts: number[] = [];
  for (let start = 0; start < plan.starts; start += 1) {
    await gateway.kill();
    starts.push(await startTime(server));
  }
  await gateway.kill();
  const port = await freePort();
  const began = Date.now();
  await gateway.run({ NODE_OPTIONS: `--inspect=127.0.0.1:${port}` });
  await gateway.ready();
  const inside = await Inspector.connect(port);
  run.onEnd(() => inside.close());
  await runStep(harness, server, LIVE_RATE, 3);
  const live = async (seconds: number): Promise<Live> => {
    await inside.watchLoop();
    const { latenciesMs, failed } = await runStep(harness, server, LIVE_RATE, seconds);
    return { latencyMs: latencies(latenciesMs), loopDelayMs: await inside.loopDelay(), failed };
  };
  const names = await knownReads(gateway);
  const alone = await live(plan.liveS);
  const reading = new AbortController();
  const [besideReads, readsMade] = await Promise.all([
    live(plan.liveS).finally(() => reading.abort()),
    readUntil(gateway, names, reading.signal),
  ]);
  run.say(`${name}: live calls p99 ${alone.latencyMs.p99} ms, beside reads ${besideReads.latencyMs.p99} ms`);
  await delay(Math.max(0, began + CLEAN_UP_AFTER_MS - Date.now()));
  const before = await countCalls(server);
  const cleanUp = await live(plan.cleanUpS);
  const removed = before - (await countCalls(server)) + cleanUp.latencyMs.count;
  const row: Row = {
    gateway: name,
    calls,
    startToReadyMs: Math.round(median(starts)),
    residentMb: round(residentKb(pidOf(gateway)) / 1024),
    alone,
    besideReads: { ...besideReads, reads: readsMade },
    besideCleanUp: { ...cleanUp, removed },
    readsMs: await timeReads(gateway, names, plan.reads),
  };
  inside.close();
  await gateway.stop();
  await asterisk.stop();
  return row;
}

/** One real call, and its copies. */
async function makeHistory(run: Run, harness: BenchHarness, server: GatewayServer, calls: number): Promise<void> {
  const { gateway, revision } = server;
  const { failed, failure } = await runStep(harness, server, 1, 1);
  if (failed > 0) throw new Error(`the call to be copied failed: ${failure}`);
  const [template] = await gateway.calls();
  if (template === undefined) throw new Error('the call to be copied is not there');
  await gateway.finished(template.caller);
  await gateway.kill();
  const database = await RevisionDatabase.open(revision, gateway.database);
  try {
    await multiplyCall(database, { id: template.id, caller: template.caller.replace('+', '') }, calls, (made) => {
      if (made % REPORT_EVERY === 0) run.say(`${made} of ${calls} calls of history`);
    });
  } finally {
    await database.close();
  }
}

/** Milliseconds from the start of the process until it is ready. */
async function startTime({ gateway }: GatewayServer): Promise<number> {
  const from = performance.now();
  await gateway.run();
  await gateway.ready();
  return performance.now() - from;
}

async function countCalls({ revision, gateway }: GatewayServer): Promise<number> {
  const database = await RevisionDatabase.open(revision, gateway.database);
  try {
    return await database.count('flows');
  } finally {
    await database.close();
  }
}

function show({ gateway, calls, startToReadyMs, readsMs, alone, besideReads, besideCleanUp }: Row): void {
  const live = ({ latencyMs, loopDelayMs }: Live) =>
    `answer p50 ${latencyMs.p50}, p99 ${latencyMs.p99}, max ${latencyMs.max} ms; loop p99 ${loopDelayMs.p99}, max ${loopDelayMs.max} ms`;
  console.log(`\n${gateway}, ${calls} calls of history: ready after ${startToReadyMs} ms`);
  console.log(`  live calls alone:         ${live(alone)}`);
  console.log(`  beside ${besideReads.reads} reads: ${live(besideReads)}`);
  console.log(`  beside the clean-up of ${besideCleanUp.removed}: ${live(besideCleanUp)}`);
  for (const [name, { p50, p99 }] of Object.entries(readsMs)) console.log(`  ${name}: p50 ${p50}, p99 ${p99} ms`);
}
