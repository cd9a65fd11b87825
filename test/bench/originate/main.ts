/**
 * `scripts/bench originate`: calls that we start ourselves, by the gateway's API and by Asterisk's own call files, in
 * turns on one Asterisk, over one trunk to one SIPp. How it measures: README.md one folder up.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startAsterisk } from '../../support/asterisk.js';
import { freePort } from '../../support/ports.js';
import { toneWav } from '../../support/tones.js';
import { parseFlags } from '../lib/flags.js';
import { Ladder } from '../lib/ladder.js';
import { prepareRevision } from '../lib/revision.js';
import { orUsage, runScenario, type Run } from '../lib/scenario.js';
import { percentile } from '../lib/statistics.js';
import { startAnswering } from './far-end.js';
import { callFiles, startApi, type Originator } from './originators.js';
import { runStep, type OriginateHarness, type StepResult } from './step.js';

const flags = orUsage(() =>
  parseFlags({
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: 'artifacts/bench.json' },
  }),
);
const plan = flags.quick
  ? { steadyRounds: 1, steadyS: 2, stepS: 2, ladderMs: 60_000, ladder: { first: 20, highest: 80, precision: 2 } }
  : { steadyRounds: 3, steadyS: 4, stepS: 4, ladderMs: 150_000, ladder: { first: 20, highest: 320, precision: 1.2 } };
/** At which latency is compared. */
const STEADY_PER_SECOND = 10;
/** A rate is sustained when every call is made and completed, and the slowest twentieth of the INVITEs is not later than this. */
const SUSTAINED_P95_MS = 500;
const PROMPT = 1;

await runScenario('originate', flags, async (run) => {
  await mkdir(join(run.folder, 'sounds/cs'), { recursive: true });
  await writeFile(join(run.folder, `sounds/cs/p${PROMPT}.wav`), toneWav(PROMPT, 'cs', 500));
  const farEnd = await startAnswering(await freePort(), run.signal);
  run.onEnd(() => farEnd.stop());
  const asterisk = await startAsterisk({
    trunkContact: `sip:127.0.0.1:${farEnd.port}`,
    extraModules: ['pbx_spool.so'],
    soundsDir: join(run.folder, 'sounds'),
    variables: { RTP_START: '12000', RTP_END: '19999' },
  });
  run.onEnd(() => asterisk.stop());
  const api = await startApi(run, { asterisk, revision: await prepareRevision(undefined, run), prompt: PROMPT });
  const harness: OriginateHarness = { asterisk, farEndPort: farEnd.port, folder: run.folder, signal: run.signal };
  const compared: Originator[] = [callFiles(asterisk, `cordboard/cs/p${PROMPT}`), api.announce];
  for (const each of [...compared, api.bridge]) await runStep(harness, each, 5, 2);
  const steady: StepResult[] = [];
  for (let round = 0; round < plan.steadyRounds; round += 1)
    for (const each of [...compared, api.bridge])
      steady.push(say(run, await runStep(harness, each, STEADY_PER_SECOND, plan.steadyS)));
  const ladders = new Map(compared.map((each) => [each.name, new Ladder(plan.ladder)]));
  const until = Date.now() + plan.ladderMs;
  while ([...ladders.values()].some((ladder) => ladder.next() !== undefined)) {
    if (Date.now() > until) break;
    for (const each of compared) {
      const ladder = ladders.get(each.name);
      const rate = ladder?.next();
      if (ladder === undefined || rate === undefined) continue;
      const step = say(run, await runStep(harness, each, rate, plan.stepS));
      ladder.note(rate, step.failed === 0 && percentile(step.inviteMs, 0.95) <= SUSTAINED_P95_MS);
    }
  }
  return { quick: flags.quick, ...report(steady, ladders) };
});

function report(steady: StepResult[], ladders: Map<string, Ladder>): { rows: object[]; ratios: object[] } {
  const names = [...new Set(steady.map(({ name }) => name))];
  const rows = names.map((name) => {
    const steps = steady.filter((step) => step.name === name);
    const times = steps.flatMap(({ inviteMs }) => inviteMs).sort((a, b) => a - b);
    const calls = steps.reduce((sum, step) => sum + step.calls, 0);
    const ladder = ladders.get(name);
    return {
      name,
      sustained_per_second: ladder?.sustained ?? null,
      bounded: ladder?.bounded ?? null,
      invite_p50_ms: percentile(times, 0.5),
      invite_p95_ms: percentile(times, 0.95),
      cpu_ms_per_call: steps.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / calls,
    };
  });
  const [base] = rows;
  const ratios = rows.map((row) => ({
    name: row.name,
    sustained:
      base?.sustained_per_second && row.sustained_per_second !== null
        ? row.sustained_per_second / base.sustained_per_second
        : null,
    invite_p50: row.invite_p50_ms / (base?.invite_p50_ms ?? NaN),
    invite_p95: row.invite_p95_ms / (base?.invite_p95_ms ?? NaN),
    cpu: row.cpu_ms_per_call / (base?.cpu_ms_per_call ?? NaN),
  }));
  console.table(rows);
  console.log(`As multiples of ${base?.name ?? ''}:`);
  console.table(ratios);
  return { rows, ratios };
}

function say(run: Run, step: StepResult): StepResult {
  const [p50, p95] = [percentile(step.inviteMs, 0.5), percentile(step.inviteMs, 0.95)];
  const failed = step.failed === 0 ? '' : `  ${step.failed} of ${step.calls} failed`;
  run.say(
    `${step.name.padEnd(12)} ${step.perSecond} calls/s  INVITE p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms${failed}`,
  );
  return step;
}
