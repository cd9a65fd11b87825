/**
 * `scripts/bench steps`: what the runtime, the flow and the database cost for a whole call, without Asterisk, HTTP and sockets.
 * How it measures: README.md one folder up.
 */
import { join } from 'node:path';
import { openDatabase } from '../../../src/storage/database.js';
import { NodeLease } from '../../../src/storage/node-lease/node-lease.js';
import { count, parseFlags } from '../lib/flags.js';
import { orUsage, runScenario } from '../lib/scenario.js';
import { median, round } from '../lib/statistics.js';
import { KernelUnderTest } from './kernel.js';

const ROUNDS = 8;

const flags = orUsage(() => {
  const values = parseFlags({
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: 'artifacts/bench.json' },
    calls: { type: 'string' },
  });
  return { ...values, calls: count(values.calls ?? (values.quick ? '200' : '1000'), 'calls') };
});

await runScenario('steps', flags, async (run) => {
  const db = await openDatabase(join(run.folder, 'steps.db'), { synchronous: 'NORMAL' });
  run.onEnd(() => db.destroy());
  const lease = new NodeLease({ db, name: 'bench', onLost: () => undefined });
  await lease.take({ signal: new AbortController().signal, onWait: () => undefined });
  run.onEnd(() => lease.release());
  const kernel = new KernelUnderTest(db, lease.fence);
  await kernel.start();
  run.onEnd(() => kernel.stop());
  const cold = await cpuOf(kernel, flags.calls / 10);
  await cpuOf(kernel, flags.calls);
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await cpuOf(kernel, flags.calls));
  const result = {
    calls: flags.calls,
    coldUs: round(cold),
    cpuUs: round(median(rounds)),
    least: round(Math.min(...rounds)),
  };
  console.table([result]);
  return result;
});

/** @returns CPU of all threads, microseconds a call */
async function cpuOf(kernel: KernelUnderTest, calls: number): Promise<number> {
  const before = process.cpuUsage();
  for (let made = 0; made < calls; made += 1) await kernel.call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}
