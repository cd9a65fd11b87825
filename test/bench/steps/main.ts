/**
 * `scripts/bench steps`: what the runtime, the flow and the database cost for a whole call, without Asterisk, HTTP and sockets.
 * How it measures: README.md one folder up.
 */
import { join } from 'node:path';
import { openDatabase, type Database } from '../../../src/storage/database.js';
import { NodeLease } from '../../../src/storage/node-lease/node-lease.js';
import { openPostgres } from '../../../src/storage/postgres/open-postgres.js';
import { PostgresServer } from '../../support/postgres-server.js';
import { count, parseFlags } from '../lib/flags.js';
import { orUsage, runScenario, type Run } from '../lib/scenario.js';
import { median, round } from '../lib/statistics.js';
import { KernelUnderTest } from './kernel.js';

const ROUNDS = 8;

const flags = orUsage(() => {
  const values = parseFlags({
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: 'artifacts/bench.json' },
    calls: { type: 'string' },
    postgres: { type: 'boolean', default: false },
  });
  return { ...values, calls: count(values.calls ?? (values.quick ? '200' : '1000'), 'calls') };
});

interface Cost {
  /** CPU of all threads of this process, and time, microseconds a call. */
  cpuUs: number;
  callUs: number;
}

await runScenario('steps', flags, async (run) => {
  const start = async (db: Database): Promise<KernelUnderTest> => {
    run.onEnd(() => db.destroy());
    const lease = new NodeLease({ db, name: 'bench', onLost: () => undefined });
    await lease.take({ signal: new AbortController().signal, onWait: () => undefined });
    run.onEnd(() => lease.release());
    const kernel = new KernelUnderTest(db, lease.fence);
    await kernel.start();
    run.onEnd(() => kernel.stop());
    return kernel;
  };
  const kernels = { sqlite: await start(await openDatabase(join(run.folder, 'steps.db'), { synchronous: 'NORMAL' })) };
  const measured = await measure(
    flags.postgres ? { ...kernels, postgres: await start(await onPostgres(run)) } : kernels,
  );
  const rows = measured.map(({ name, cold, rounds }) => {
    const cpu = rounds.map(({ cpuUs }) => cpuUs);
    return {
      name,
      calls: flags.calls,
      coldUs: round(cold.cpuUs),
      cpuUs: round(median(cpu)),
      least: round(Math.min(...cpu)),
      callUs: round(median(rounds.map(({ callUs }) => callUs))),
    };
  });
  console.table(rows);
  const [sqlite, postgres] = measured;
  if (sqlite === undefined || postgres === undefined) return { ...rows[0] };
  const ratios = {
    cpu: ratio(postgres.rounds, sqlite.rounds, 'cpuUs'),
    time: ratio(postgres.rounds, sqlite.rounds, 'callUs'),
  };
  console.table({ 'postgres : sqlite': ratios });
  return { rows, ratios };
});

/** With its server's default settings but for the port: each commit waits for the disk. */
async function onPostgres(run: Run): Promise<Database> {
  const server = await PostgresServer.start({ settings: { fsync: 'on' } });
  run.onEnd(() => server.stop());
  return openPostgres(await server.createDatabase());
}

/** In turns, so that whatever else the machine does falls on all alike. */
async function measure(kernels: Record<string, KernelUnderTest>) {
  const all = Object.entries(kernels).map(([name, kernel]) => ({ name, kernel, rounds: [] as Cost[] }));
  const measured = [];
  for (const one of all) {
    measured.push({ ...one, cold: await costOf(one.kernel, flags.calls / 10) });
    await costOf(one.kernel, flags.calls);
  }
  for (let round = 0; round < ROUNDS; round += 1)
    for (const { kernel, rounds } of measured) rounds.push(await costOf(kernel, flags.calls));
  return measured;
}

/** The median of the ratios of the rounds, pair by pair. */
function ratio(rounds: readonly Cost[], others: readonly Cost[], what: keyof Cost): number {
  return round(median(rounds.map((cost, at) => cost[what] / (others[at]?.[what] ?? NaN))));
}

async function costOf(kernel: KernelUnderTest, calls: number): Promise<Cost> {
  const [before, startedAt] = [process.cpuUsage(), performance.now()];
  for (let made = 0; made < calls; made += 1) await kernel.call();
  const { user, system } = process.cpuUsage(before);
  return { cpuUs: (user + system) / calls, callUs: ((performance.now() - startedAt) * 1000) / calls };
}
