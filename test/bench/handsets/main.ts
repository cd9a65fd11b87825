/**
 * `scripts/bench handsets`: a company with many handsets: how long it takes to apply it, a change of one handset, the start, and
 * what the event loop and the memory notice. How it measures: README.md one folder up.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import { startAsterisk } from '../../support/asterisk.js';
import type { Gateway } from '../../support/gateway.js';
import { residentKb } from '../lib/cpu.js';
import { comparedRevisions, count, parseFlags } from '../lib/flags.js';
import { pidOf, startGateway } from '../lib/gateway.js';
import type { LoopDelay } from '../lib/inspector.js';
import { prepareRevision } from '../lib/revision.js';
import { orUsage, runScenario, type Run } from '../lib/scenario.js';
import { latencies, median, round, type Latencies } from '../lib/statistics.js';

const flags = orUsage(() => {
  const values = parseFlags({
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: 'artifacts/bench.json' },
    handsets: { type: 'string' },
    compare: { type: 'string' },
  });
  return {
    ...values,
    handsets: count(values.handsets ?? (values.quick ? '100' : '1000'), 'handsets'),
    revisions: comparedRevisions(values.compare),
  };
});
const STARTS = flags.quick ? 1 : 3;
const LISTS = 20;
/** Time to settle before memory is read. */
const SETTLE_MS = 3000;
const LINE = '+420222333444';
const PER_QUEUE = 50;

export interface Row {
  gateway: string;
  handsets: number;
  /** The whole document, until Asterisk has all handsets. */
  applyMs: number;
  applyLoopDelayMs: LoopDelay;
  /** The same document with one handset changed. */
  changeOneMs: number;
  startToReadyMs: number;
  kbPerHandset: number;
  residentMb: number;
  listMs: Latencies;
}

await runScenario('handsets', flags, async (run) => {
  const rows: Row[] = [];
  for (const rev of flags.revisions) rows.push(await measure(run, rev));
  console.table(
    rows.map(({ applyLoopDelayMs, listMs, ...row }) => ({
      ...row,
      applyLoopMaxMs: applyLoopDelayMs.max,
      listP50Ms: listMs.p50,
    })),
  );
  return { quick: flags.quick, rows };
});

async function measure(run: Run, rev: string | undefined): Promise<Row> {
  const revision = await prepareRevision(rev, run);
  const asterisk = await startAsterisk({ sources: revision.root });
  run.onEnd(() => asterisk.stop());
  const { gateway, inspector } = await startGateway(run, {
    revision,
    asterisk: asterisk.gatewayEnv(),
    company: company(1),
    inspected: true,
  });
  const inside = await inspector();
  run.onEnd(() => inside.close());
  await delay(SETTLE_MS);
  const empty = await inside.heapUse();
  await inside.watchLoop();
  const applyMs = await apply(gateway, company(flags.handsets));
  const applyLoopDelayMs = await inside.loopDelay();
  run.say(`${rev ?? 'working tree'}: ${flags.handsets} handsets applied in ${applyMs} ms`);
  const changeOneMs = await apply(gateway, company(flags.handsets, 'Changed'));
  await delay(SETTLE_MS);
  const full = await inside.heapUse();
  const listTimes: number[] = [];
  for (let turn = 0; turn < LISTS; turn += 1) {
    const from = performance.now();
    await gateway.api('/api/v1/handsets');
    listTimes.push(performance.now() - from);
  }
  const residentMb = round(residentKb(pidOf(gateway)) / 1024);
  inside.close();
  const starts: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    await gateway.kill();
    const from = performance.now();
    await gateway.run({ NODE_OPTIONS: '' });
    await gateway.ready();
    starts.push(performance.now() - from);
  }
  return {
    gateway: rev ?? 'working tree',
    handsets: flags.handsets,
    applyMs,
    applyLoopDelayMs,
    changeOneMs,
    startToReadyMs: Math.round(median(starts)),
    kbPerHandset: round((full.heapUsedKb - empty.heapUsedKb) / flags.handsets),
    residentMb,
    listMs: latencies(listTimes),
  };
}

/** Milliseconds until the answer, which comes when Asterisk has been told. */
async function apply(gateway: Gateway, document: object): Promise<number> {
  const from = performance.now();
  const headers = { 'content-type': 'application/yaml' };
  await gateway.api('/api/v1/config', { method: 'PUT', body: stringify({ version: 1, ...document }), headers });
  return Math.round(performance.now() - from);
}

function company(handsets: number, label = 'Desk') {
  const names = Array.from({ length: handsets }, (_, index) => `desk-${index + 1}`);
  const queues = Array.from({ length: Math.ceil(handsets / PER_QUEUE) }, (_, index) => ({
    id: index + 1,
    name: `Queue ${index + 1}`,
    handsets: names.slice(index * PER_QUEUE, (index + 1) * PER_QUEUE),
  }));
  return {
    handsets: names.map((name, index) => (index === 0 ? { name, display_name: label } : { name })),
    queues,
    lines: [{ number: LINE, name: 'Benchmark', plan: ['answer', { enqueue: { queue: 1 } }, 'hang_up'] }],
  };
}
