/**
 * `npm run bench [-- --quick] [--json FILE] [--only dialplan,gateway]`: the same order-status call served by Asterisk's own dialplan,
 * by a minimal ari-client application and by the gateway, in turns on one Asterisk in one run. How it measures: README.md beside this file.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { startNodeShop } from '../examples/shop-process.js';
import { startAsterisk } from '../support/asterisk.js';
import { freePort } from '../support/ports.js';
import { wav } from '../support/tones.js';
import { extraDialplan, extraModules } from './dialplan.js';
import { Ladder } from './ladder.js';
import { ratios, summarise, table, type Summary } from './report.js';
import { starters, type Server, type Surroundings } from './servers.js';
import { percentile, runStep, type Bench, type StepResult } from './step.js';
import { ASK_PROMPT, benchPrompt, benchPromptAlaw, STATUS_PROMPTS } from './tones.js';

const NAMES = Object.keys(starters) as Server['name'][];
/** A rate is sustained while the slowest twentieth of the answers stays below the first limit, and no backlog builds up. */
const SUSTAINED = { p95Ms: 300, lateP50Ms: 50 };
const settings = {
  full: {
    warmUpS: 3,
    steadyS: 5,
    steadyRounds: 3,
    stepS: 3,
    budgetS: 215,
    ladder: { first: 40, highest: 320, precision: 1.15 },
  },
  quick: {
    warmUpS: 1,
    steadyS: 2,
    steadyRounds: 1,
    stepS: 1,
    budgetS: 48,
    ladder: { first: 40, highest: 160, precision: 2 },
  },
};
/** The rate at which latency and CPU are compared, unless somebody sustains less. */
const STEADY_CALLS_PER_SECOND = 10;

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: 'artifacts/bench.json' },
    only: { type: 'string', default: NAMES.join(',') },
  },
});
const startedAt = Date.now();
const plan = flags.quick ? settings.quick : settings.full;
const stops: (() => Promise<unknown>)[] = [];
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void cleanUp().finally(() => process.exit(130)));
try {
  await main();
} finally {
  await cleanUp();
}

async function main(): Promise<void> {
  const { around, bench } = await prepare();
  const servers: Server[] = [];
  for (const name of NAMES.filter((wanted) => flags.only.split(',').includes(wanted))) {
    const server = await starters[name](around);
    stops.push(() => server.stop());
    servers.push(server);
    const first = await runStep(bench, server, STEADY_CALLS_PER_SECOND, plan.warmUpS);
    if (first.failed > 0)
      throw new Error(`${name} fails ${first.failed} of its first ${first.calls} calls: ${first.failure}`);
  }
  const steady = await runSteady(bench, servers);
  const ladders = await climb(bench, servers);
  const summaries = servers.map((server) => {
    const ladder = ladders.get(server.name) ?? new Ladder(plan.ladder);
    const sustained = { callsPerSecond: ladder.sustained, bounded: ladder.bounded };
    return summarise(
      server,
      sustained,
      steady.filter((step) => step.server === server.name),
    );
  });
  await report(summaries);
}

/** Latency and CPU at a rate that is easy for all. */
async function runSteady(bench: Bench, servers: Server[]): Promise<StepResult[]> {
  const steps: StepResult[] = [];
  for (let round = 0; round < plan.steadyRounds; round += 1)
    for (const server of inTurn(servers, round)) {
      const step = await runStep(bench, server, STEADY_CALLS_PER_SECOND, plan.steadyS);
      say(step, step.failed === 0);
      if (step.failed > 0)
        throw new Error(`${server.name} failed ${step.failed} of ${step.calls} easy calls: ${step.failure}`);
      steps.push(step);
    }
  return steps;
}

async function climb(bench: Bench, servers: Server[]): Promise<Map<string, Ladder>> {
  const ladders = new Map(servers.map((server) => [server.name as string, new Ladder(plan.ladder)]));
  for (let round = 0; [...ladders.values()].some((ladder) => ladder.next() !== undefined); round += 1)
    for (const server of inTurn(servers, round)) {
      if (Date.now() - startedAt > plan.budgetS * 1000) return ladders;
      const ladder = ladders.get(server.name);
      const rate = ladder?.next();
      if (ladder === undefined || rate === undefined) continue;
      const step = await runStep(bench, server, rate, plan.stepS);
      const passed = isSustained(step);
      ladder.note(rate, passed);
      say(step, passed);
    }
  return ladders;
}

async function prepare(): Promise<{ around: Surroundings; bench: Bench }> {
  const folder = await mkdtemp(join(tmpdir(), 'cordboard-bench-'));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  const sounds = join(folder, 'sounds');
  await mkdir(join(sounds, 'cs'), { recursive: true });
  for (const prompt of [ASK_PROMPT, ...STATUS_PROMPTS]) {
    await writeFile(join(sounds, `${prompt}.alaw`), benchPromptAlaw(prompt));
    await writeFile(join(sounds, `cs/bench-${prompt}.wav`), wav(benchPrompt(prompt)));
  }
  const shop = await startNodeShop();
  stops.push(() => shop.stop());
  const shopUrl = `${shop.url}/launch.php?s=telfa`;
  const asterisk = await startAsterisk({
    extraDialplan: extraDialplan(shopUrl, 'cordboard'),
    extraModules,
    soundsDir: sounds,
    variables: { RTP_START: '12000', RTP_END: '19999' },
  });
  stops.push(() => asterisk.stop());
  const ports = { caller: await freePort(), media: await freePort() };
  const expected = new Map(STATUS_PROMPTS.map((prompt, index) => [String(1001 + index), prompt]));
  const around = { asterisk, shopUrl, sounds: 'cordboard', soundsFolder: sounds, folder };
  return { around, bench: { asterisk, ports, folder, expected, signal: interrupted.signal } };
}

async function report(summaries: Summary[]): Promise<void> {
  const machine = { cpus: cpus().length, model: cpus()[0]?.model ?? 'unknown', node: process.version };
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  await mkdir(dirname(flags.json), { recursive: true });
  const result = { machine, quick: flags.quick, seconds, summaries, ratios: ratios(summaries) };
  await writeFile(flags.json, `${JSON.stringify(result, null, 2)}\n`);
  for (const { server, notes } of summaries) console.log(`${server}: ${notes}`);
  console.log(
    `\n${table(summaries)}\n\n${seconds} s on ${machine.cpus} CPUs (${machine.model}); numbers in ${flags.json}`,
  );
}

function isSustained({ failed, latenciesMs, lateP50Ms }: StepResult): boolean {
  return failed === 0 && percentile(latenciesMs, 0.95) <= SUSTAINED.p95Ms && lateP50Ms <= SUSTAINED.lateP50Ms;
}

/** Each round begins with another server, so that none is always the one after a heavy step. */
function inTurn(servers: Server[], round: number): Server[] {
  const first = servers.length === 0 ? 0 : round % servers.length;
  return [...servers.slice(first), ...servers.slice(0, first)];
}

function say(step: StepResult, passed: boolean): void {
  const latency = `p50 ${percentile(step.latenciesMs, 0.5).toFixed(0)} ms, p95 ${percentile(step.latenciesMs, 0.95).toFixed(0)} ms, at last ${step.lateP50Ms.toFixed(0)} ms`;
  const outcome = passed ? 'sustained' : `not sustained: ${step.failed} of ${step.calls} failed ${step.failure ?? ''}`;
  console.log(`${step.server.padEnd(12)} ${String(step.callsPerSecond).padStart(4)} calls/s  ${latency}  ${outcome}`);
}

async function cleanUp(): Promise<void> {
  interrupted.abort();
  while (stops.length > 0)
    await stops
      .pop()?.()
      .catch((error: unknown) => console.error(error));
}
