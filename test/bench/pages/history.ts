import { copyFile, rm, stat } from 'node:fs/promises';
import { contributionsOf, type CountedCall } from '../../../src/reports/contributions.js';
import { buildDays } from '../../../src/reports/day-sums.js';
import { slotOf } from '../../../src/reports/slots.js';
import { openDatabase } from '../../../src/storage/database.js';
import type { Gateway } from '../../support/gateway.js';
import { Phones } from '../../support/sip/phones.js';
import { callerOf, multiplyCall, type Template, type Variation } from '../history/multiply.js';
import { RevisionDatabase } from '../lib/database.js';
import { prepareRevision } from '../lib/revision.js';
import type { Run } from '../lib/scenario.js';

/** A long history for pages: calls of a year with every outcome, in all queues, and counted in the reports. */

export const LINE = '+420222333444';
const TEMPLATE_CALLER = '420777555444';
/** Somebody who calls again and again. */
export const CALLER = '+420608001234';
const REPORT_EVERY = 100_000;
const CALLS_AT_ONCE = 20_000;
const ROWS_AT_ONCE = 500;
const WRAP_UP_MS = 10_000;
const ZONE = 'Europe/Prague';

/** Of twenty calls, ten are answered, four lost, three served by the plan, one not answered, and two go out. */
function variation(queues: number): Variation {
  const callers = 199_999;
  const kind = 'n * 7 % 20';
  const isAnswered = `${kind} in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 18)`;
  return {
    callers,
    columns: {
      number: callerOf(callers),
      direction: `iif(${kind} >= 18, 'outgoing', 'incoming')`,
      outcome: `case when ${isAnswered} then 'answered' when ${kind} < 14 then 'lost' when ${kind} < 17 then 'served' else 'unanswered' end`,
      queue: `iif(${kind} < 14, 1 + n * 7919 % ${queues}, null)`,
      waited_ms: `iif(${kind} < 14, 1000 + n * 7717 % 180000, null)`,
      talk_ms: `iif(${isAnswered}, 5000 + n * 5393 % 600000, 0)`,
      agent_kind: `iif(${isAnswered}, 'handset', null)`,
      agent: `iif(${isAnswered}, 'h' || (n * 31 % 50), null)`,
      ended_by: `iif(${kind} < 14, 'caller', 'plan')`,
      counted: '0',
    },
  };
}

/**
 * Fills the gateway's database with copies of one real call, and starts the gateway again.
 *
 * @param kept a file with such a database: used when it exists, made when not
 */
export async function makeHistory(
  run: Run,
  gateway: Gateway,
  sipPort: number,
  { calls, queues, kept }: { calls: number; queues: number; kept: string | undefined },
): Promise<void> {
  if (kept !== undefined && (await exists(kept))) {
    await gateway.kill();
    run.say(`history: ${kept}`);
    await Promise.all(['-wal', '-shm'].map((end) => rm(gateway.database + end, { force: true })));
    await copyFile(kept, gateway.database);
  } else {
    const template = await callOnce(gateway, sipPort);
    await gateway.kill();
    const revision = await prepareRevision(undefined, run);
    const database = await RevisionDatabase.open(revision, gateway.database);
    try {
      const onProgress = (made: number) => {
        if (made % REPORT_EVERY === 0) run.say(`${made} of ${calls} calls of history`);
      };
      await multiplyCall(database, template, calls, onProgress, variation(queues));
      await countCalls(run, database);
    } finally {
      await database.close();
    }
    await countDays(gateway.database);
    if (kept !== undefined) await copyFile(gateway.database, kept);
  }
  await gateway.run();
  await gateway.ready();
}

async function callOnce(gateway: Gateway, sipPort: number): Promise<Template> {
  const phones = new Phones({ sipPort }, gateway);
  const call = await phones.call(LINE, `+${TEMPLATE_CALLER}`);
  await call.ended();
  await gateway.finished(`+${TEMPLATE_CALLER}`);
  await phones.stop();
  const [template] = await gateway.calls();
  if (template === undefined) throw new Error('the call to be copied is not there');
  return { id: template.id, caller: TEMPLATE_CALLER };
}

/**
 * Adds the calls to the sums of the reports. The gateway would do the same in the background, in small portions and with their timelines,
 * which have no menu and no request to a shop here.
 */
async function countCalls(run: Run, database: RevisionDatabase): Promise<void> {
  const sums = new Map<string, number>();
  let slot: number | undefined;
  const store = async () => {
    const rows = [...sums].map(([place, value]) => `(${place}, ${value})`);
    sums.clear();
    for (let first = 0; first < rows.length; first += ROWS_AT_ONCE)
      await database.write(`insert into report_counts (report, slot, key, measure, bucket, value)
        values ${rows.slice(first, first + ROWS_AT_ONCE).join(', ')}`);
  };
  for (let after = 0, counted = 0; ;) {
    const calls = await database.rows<CountedCall & { started_at: number }>(
      `select * from calls where started_at > ${after} order by started_at limit ${CALLS_AT_ONCE}`,
    );
    for (const call of calls) {
      const own = slotOf(call.started_at, ZONE);
      if (slot !== own) await store();
      slot = own;
      for (const { report, key, measure, bucket, value } of contributionsOf(call, [], () => WRAP_UP_MS)) {
        const place = `'${report}', ${slot}, '${key}', '${measure}', ${bucket}`;
        sums.set(place, (sums.get(place) ?? 0) + value);
      }
    }
    after = calls.at(-1)?.started_at ?? after;
    counted += calls.length;
    if (calls.length < CALLS_AT_ONCE) {
      await store();
      await database.write('update calls set counted = 1');
      run.say(`${counted} calls counted`);
      return;
    }
  }
}

async function countDays(filename: string): Promise<void> {
  const db = await openDatabase(filename);
  try {
    await buildDays(db, ZONE, () => false);
  } finally {
    await db.destroy();
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
