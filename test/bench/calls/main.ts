/**
 * `npm run bench`: the same order-status call served by Asterisk's own dialplan, by a minimal ari-client application and by the gateway,
 * or by two revisions of the gateway, in turns in one run. How it measures: README.md one folder up.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { comparedRevisions, count, nameList, parseFlags } from '../lib/flags.js';
import { flameGraph, frames } from '../lib/flame-graph.js';
import { Ladder } from '../lib/ladder.js';
import { prepareRevision } from '../lib/revision.js';
import { orUsage, runScenario, type Run } from '../lib/scenario.js';
import { inTurn, percentile } from '../lib/statistics.js';
import { startGatewayServer, type GatewayServer } from './gateway.js';
import { ratio, ratios, summarise, table } from './report.js';
import { dialplanServer, serverNames, startMinimalApp, type Server } from './servers.js';
import { prepareBenchHarness, startBenchAsterisk, type BenchHarness } from './calls-harness.js';
import { runStep, type StepResult } from './step.js';

/** A rate is sustained while the slowest twentieth of the answers stays below the first limit, and no backlog builds up. */
const SUSTAINED = { p95Ms: 300, lateP50Ms: 50 };
const settings = {
  full: {
    coldS: 5,
    warmUpS: 20,
    steadyS: 20,
    steadyRounds: 3,
    stepS: 5,
    ladderS: 240,
    ladder: { first: 40, highest: 320, precision: 1.15 },
  },
  quick: {
    coldS: 2,
    warmUpS: 2,
    steadyS: 3,
    steadyRounds: 1,
    stepS: 2,
    ladderS: 30,
    ladder: { first: 40, highest: 160, precision: 2 },
  },
};
/** The rate at which latency and CPU are compared. */
const STEADY_CALLS_PER_SECOND = 10;
const PROFILE_S = 20;

const flags = orUsage(() => {
  const values = parseFlags({
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: 'artifacts/bench.json' },
    only: { type: 'string' },
    compare: { type: 'string' },
    rate: { type: 'string', default: String(STEADY_CALLS_PER_SECOND) },
    'no-ladder': { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
  });
  const all = values.compare === undefined ? serverNames.join(',') : 'gateway';
  return {
    ...values,
    only: nameList(values.only ?? all, serverNames, 'only'),
    revisions: comparedRevisions(values.compare),
    rate: count(values.rate, 'rate'),
  };
});
const plan = flags.quick ? settings.quick : settings.full;

await runScenario('calls', flags, async (run) => {
  const harness = await prepareBenchHarness(run);
  const servers = await startServers(run, harness);
  const cold = await runRound(run, harness, servers, plan.coldS, 'cold');
  await runRound(run, harness, servers, plan.warmUpS, 'warm-up');
  const warm: StepResult[] = [];
  for (let round = 0; round < plan.steadyRounds; round += 1)
    warm.push(...(await runRound(run, harness, inTurn(servers, round), plan.steadyS, `round ${round + 1}`)));
  const ladders = flags['no-ladder'] ? undefined : await climb(run, harness, servers);
  if (flags.profile) await profile(run, harness, servers);
  const summaries = servers.map((server) => {
    const ladder = ladders?.get(server.name) ?? new Ladder(plan.ladder);
    const ofServer = (steps: StepResult[]) => steps.filter((step) => step.server === server.name);
    const sustained = { callsPerSecond: ladder.sustained, bounded: ladder.bounded };
    return summarise(server, sustained, { cold: ofServer(cold), warm: ofServer(warm) });
  });
  for (const { server, notes } of summaries) console.log(`${server}: ${notes}`);
  console.log(`\n${table(summaries)}\n`);
  const last = summaries.at(-1);
  const lastRatios = last && Object.fromEntries(summaries.slice(0, -1).map((base) => [base.server, ratio(last, base)]));
  return {
    quick: flags.quick,
    rate: flags.rate,
    summaries,
    ratios: ratios(summaries),
    [`${last?.server} to`]: lastRatios,
  };
});

async function startServers(run: Run, harness: BenchHarness): Promise<Server[]> {
  const revisions = [];
  for (const rev of flags.revisions) revisions.push(await prepareRevision(rev, run));
  const servers: Server[] = [];
  for (const [index, revision] of revisions.entries()) {
    const isLast = index === revisions.length - 1;
    run.say(`starting Asterisk and the servers of the ${revision.label}`);
    const asterisk = await startBenchAsterisk(run, harness, revision);
    if (isLast && flags.only.includes('dialplan')) servers.push(dialplanServer(asterisk));
    if (isLast && flags.only.includes('minimal app')) servers.push(await startMinimalApp(run, harness, asterisk));
    if (!flags.only.includes('gateway')) continue;
    const name =
      flags.compare === undefined
        ? 'gateway'
        : `gateway ${isLast ? (flags.revisions[index] ?? 'now') : revision.label}`;
    servers.push(await startGatewayServer(run, harness, asterisk, { revision, name, inspected: flags.profile }));
  }
  return servers;
}

/** One step for each server at the common rate, which is easy for all. */
async function runRound(
  run: Run,
  harness: BenchHarness,
  servers: Server[],
  seconds: number,
  what: string,
): Promise<StepResult[]> {
  const steps: StepResult[] = [];
  for (const server of servers) {
    const step = await runStep(harness, server, flags.rate, seconds);
    run.say(`${what}: ${stepLine(step, step.failed === 0)}`);
    if (step.failed > 0 && what !== 'warm-up')
      throw new Error(`${server.name} failed ${step.failed} of ${step.calls} easy calls: ${step.failure}`);
    steps.push(step);
  }
  return steps;
}

/** Looks for the highest rate that each server sustains, in turns. */
async function climb(run: Run, harness: BenchHarness, servers: Server[]): Promise<Map<string, Ladder>> {
  const ladders = new Map(servers.map((server) => [server.name, new Ladder(plan.ladder)]));
  const until = Date.now() + plan.ladderS * 1000;
  for (let round = 0; [...ladders.values()].some((ladder) => ladder.next() !== undefined); round += 1)
    for (const server of inTurn(servers, round)) {
      if (Date.now() > until) return ladders;
      const ladder = ladders.get(server.name);
      const rate = ladder?.next();
      if (ladder === undefined || rate === undefined) continue;
      const step = await runStep(harness, server, rate, plan.stepS);
      const passed = isSustained(step);
      ladder.note(rate, passed);
      run.say(`ladder: ${stepLine(step, passed)}`);
    }
  return ladders;
}

/** One more step for each gateway; profiling slows it down, so its figures are not used. */
async function profile(run: Run, harness: BenchHarness, servers: Server[]): Promise<void> {
  for (const server of servers.filter(isGateway)) {
    const inspector = await server.inspector();
    run.onEnd(() => inspector.close());
    await inspector.startProfile();
    await runStep(harness, server, flags.rate, PROFILE_S);
    const cpuProfile = await inspector.stopProfile();
    const file = join(dirname(flags.json), `profile-${server.name.replace(/\W+/g, '-')}`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.cpuprofile`, JSON.stringify(cpuProfile));
    const title = `${server.name}, ${flags.rate} calls/s for ${PROFILE_S} s: time on the main thread`;
    await writeFile(`${file}.svg`, flameGraph(frames(cpuProfile), title));
    run.say(`flame graph: ${file}.svg (a browser), ${file}.cpuprofile (developer tools of Chromium)`);
  }
}

function isGateway(server: Server): server is GatewayServer {
  return 'inspector' in server;
}

function isSustained({ failed, latenciesMs, lateP50Ms }: StepResult): boolean {
  return failed === 0 && percentile(latenciesMs, 0.95) <= SUSTAINED.p95Ms && lateP50Ms <= SUSTAINED.lateP50Ms;
}

function stepLine(step: StepResult, passed: boolean): string {
  const at = (part: number) => percentile(step.latenciesMs, part).toFixed(0);
  const latency = `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, at last ${step.lateP50Ms.toFixed(0)} ms`;
  const cpu = `CPU/call ${((step.asterisk.totalMs + step.application.totalMs) / step.calls).toFixed(1)} ms`;
  const outcome = passed ? 'ok' : `not sustained: ${step.failed} of ${step.calls} failed ${step.failure ?? ''}`;
  return `${step.server.padEnd(12)} ${String(step.callsPerSecond).padStart(4)} calls/s  ${latency}  ${cpu}  ${outcome}`;
}
