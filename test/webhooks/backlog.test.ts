import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DOWN, hook, news, OK, OutboxHarness, START, type Reaction } from './webhook-harness.js';

/** A shop that is dead costs calls nothing and memory nothing, however much waits for it. */

const CALLS = 1000;
const NAME = 'Fronta volajících '.repeat(120);

let dir: string;
let harness: OutboxHarness;
let dead: Reaction;

beforeEach(async () => {
  dead = { failed: 'timeout', afterMs: 5000 };
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-backlog-'));
  const hooks = [hook({ name: 'dead' }), hook({ name: 'well', events: ['hangup'] })];
  harness = await OutboxHarness.start(({ hook: name }) => (name === 'dead' ? dead : OK), hooks, path.join(dir, 'o.db'));
});

afterEach(async () => {
  await harness.stop();
  await rm(dir, { recursive: true, force: true });
});

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** Calls from their start to their end; time stands still, so no request to the dead shop is ever over. */
async function expectCallsToContinue(): Promise<void> {
  const queue = { id: 12, name: NAME, position: 1, waiting: 1, joinedAt: START };
  for (let n = 0; n < CALLS; n += 50) {
    const flows = Array.from({ length: 50 }, (_, index) => `c_${n + index}`);
    const told = [news('call_started', 1, START), news('queue_joined', 2, START, { queue }), news('hangup', 3, START)];
    await harness.store.commit(flows.map((flowId) => ({ flowId, at: START, log: [], news: told })));
  }
}

it('calls are stored without waiting for it, and what waits is not in memory', { timeout: 120_000 }, async () => {
  const before = heapBytes();
  let most = 0;
  const due = harness.outbox.due.bind(harness.outbox);
  harness.outbox.due = async (...asked) => {
    const found = await due(...asked);
    most = Math.max(most, found.due.length);
    return found;
  };
  await expectCallsToContinue();
  await harness.couriers.idle();
  const waiting = (await harness.deliveries()).filter((one) => one.hook === 'dead');
  expect(waiting).toHaveLength(3 * CALLS);
  expect(new Set(waiting.map(({ state }) => state))).toEqual(new Set(['waiting']));
  const stored = waiting.reduce((sum, { body }) => sum + body.length, 0);
  waiting.length = 0;
  expect(most).toBeLessThanOrEqual(8);
  expect(harness.seen.filter((one) => one.hook === 'dead')).toHaveLength(8);
  // The other shop hears everything meanwhile.
  await harness.settle();
  while (harness.seen.filter((one) => one.hook === 'well').length < CALLS) await harness.settle();
  harness.seen.length = 0;
  expect(stored).toBeGreaterThan(3_000_000);
  expect(heapBytes() - before).toBeLessThan(stored / 2);
});

it('putting a whole day of dead deliveries in line again does not keep calls from being stored', async () => {
  harness.hooks = [];
  harness.couriers.changed();
  await expectCallsToContinue();
  await harness.couriers.idle();
  harness.hooks = [hook({ name: 'dead' })];
  await expectCallsToContinue();
  await harness.db.updateTable('webhook_deliveries').set({ state: 'dead', due_at: null }).execute();
  let isDone = false;
  const redelivered = harness.outbox.redeliverDead('dead', START).then((count) => {
    isDone = true;
    return count;
  });
  const empty = { at: START, log: [] };
  for (let n = 0; n < 5; n += 1)
    await harness.store.commit([{ flowId: `c_${n}`, ...empty, news: [news('hangup', 9, START)] }]);
  expect(isDone).toBe(false);
  expect(await redelivered).toBe(3 * CALLS);
});

it('what is asked of the database does not grow with what waits', async () => {
  dead = DOWN;
  await harness.tell('c_1', news('call_started', 1, START), news('hangup', 2, START));
  const plans: string[] = [];
  const asked = [
    "select * from webhook_deliveries where hook = 'dead' and state = 'waiting' and due_at <= 5 and flow_id not in ('c_1') order by due_at, id limit 8",
    "select min(due_at) from webhook_deliveries where hook = 'dead' and state = 'waiting' and due_at is not null",
    "select 1 from webhook_deliveries later where later.hook = 'dead' and later.flow_id = 'c_1' and later.state = 'waiting' and later.id > 1",
    "update webhook_deliveries set due_at = created_at where flow_id = 'c_1' and state = 'waiting' and due_at is null",
  ];
  for (const statement of asked) {
    const { rows } = await sql<{ detail: string }>`explain query plan ${sql.raw(statement)}`.execute(harness.db);
    plans.push(...rows.map(({ detail }) => detail));
  }
  expect(plans.filter((detail) => /SCAN|TEMP B-TREE FOR ORDER BY$/.test(detail))).toEqual([]);
});
