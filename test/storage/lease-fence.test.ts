import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { FencedOut, RejectedChange } from '../../src/kernel/store.js';
import { NotificationStore } from '../../src/notifications/store.js';
import { SqlFlowStore, storeDeliveries } from '../../src/storage/flow-store.js';
import { RENEW_MS, SILENT_MS } from '../../src/storage/node-lease/lease.js';
import { readLease } from '../../src/storage/node-lease/lease-rows.js';
import type { NewDelivery } from '../../src/storage/schema.js';
import { Outbox } from '../../src/webhooks/outbox.js';
import { leaseHarness, steal, step } from '../support/lease-harness.js';

/** Two gateways on one database, of each kind: the group `unit-postgres` runs this file too. */

const { open, leaseOf } = leaseHarness();

it('a former owner stores nothing of a batch, may not act, and is told once', async () => {
  const [db, other] = [await open(), await open()];
  const { lease, lost, take } = leaseOf(db, 'a');
  await take();
  const store = new SqlFlowStore(db, undefined, lease.fence);
  await store.commit([step('c_1', { n: 1 })]);
  await steal(other, 'b');
  await expect(store.commit([step('c_1', { n: 2 }, 1), step('c_2', { n: 1 })])).rejects.toThrow(FencedOut);
  await expect(lease.permit('request')).rejects.toThrow('another gateway has taken over this node');
  expect(lost).toEqual(['b']);
  const flows = await other.selectFrom('flows').select(['id', 'state']).execute();
  expect(flows).toEqual([{ id: 'c_1', state: '{"n":1}' }]);
  expect(await other.selectFrom('timeline').select('seq').execute()).toEqual([{ seq: 0 }]);
});

it('an owner writes nothing while nobody waits, answers whoever waits, and finds a successor', async () => {
  const [db, other] = [await open(), await open()];
  const { lost, take } = leaseOf(db, 'a');
  await take();
  // It answers once to its own claim.
  await expect.poll(async () => (await readLease(other)).beat).toBe(2);
  await delay(2 * RENEW_MS);
  expect((await readLease(other)).beat).toBe(2);
  const waiting = leaseOf(other, 'b');
  const stopping = new AbortController();
  const waited = waiting.take(stopping.signal).catch(() => undefined);
  await delay(1.5 * SILENT_MS);
  await expect.poll(async () => (await readLease(other)).beat).toBeGreaterThan(4);
  stopping.abort();
  await waited;
  expect(await readLease(other)).toMatchObject({ owner: 'a', epoch: 1 });
  await steal(other, 'b');
  await expect.poll(() => lost).toEqual(['b']);
  await delay(RENEW_MS);
  expect((await readLease(other)).epoch).toBe(2);
});

it('an owner that has not heard of its successor is stopped by the transaction itself, also when it abandons a flow', async () => {
  const [db, other] = [await open(), await open()];
  const { lease, take } = leaseOf(db, 'a');
  await take();
  const store = new SqlFlowStore(db, undefined, lease.fence);
  await store.commit([step('c_1', { n: 1 })]);
  await steal(other, 'b');
  await expect(store.abandon('c_1', 9, 'why')).rejects.toThrow(FencedOut);
  expect(await other.selectFrom('flows').select('over').execute()).toEqual([{ over: 0 }]);
});

it('what is stored already is no sign of a successor, and hides none', async () => {
  const [db, other] = [await open(), await open()];
  const { lease, take } = leaseOf(db, 'a');
  await take();
  const store = new SqlFlowStore(db, undefined, lease.fence);
  const { flowId, at, log } = step('c_1', { n: 1 });
  await store.commit([step('c_1', { n: 1 })]);
  await store.commit([{ flowId, at, log }]);
  await steal(other, 'b');
  await expect(store.commit([{ flowId, at, log }])).rejects.toThrow(FencedOut);
});

it('a former owner stores no result of a delivery, and claims no notification', async () => {
  const [db, other] = [await open(), await open()];
  const { lease, take } = leaseOf(db, 'a');
  await take();
  const outbox = new Outbox(db, lease.fence);
  const publisher = { publish: () => Promise.resolve(), onCommitted: () => undefined };
  const notifications = new NotificationStore(db, publisher, lease.fence);
  await db.transaction().execute((tx) => storeDeliveries(tx, [delivery(0), delivery(1)]));
  const attempt = async () => {
    const { due } = await outbox.due('shop', 3, [], 1);
    const result = { status: 200, answer: '', latencyMs: 1 };
    await outbox.attempted('shop', due[0] ?? expect.unreachable(), result, 'delivered', { startedAt: 2, now: 3 });
  };
  const states = async () => {
    const rows = await other.selectFrom('webhook_deliveries').select('state').orderBy('id').execute();
    return rows.map(({ state }) => state);
  };
  await attempt();
  expect(await states()).toEqual(['delivered', 'waiting']);
  expect(await notifications.claim('n_1', 1)).toBeUndefined();
  await steal(other, 'b');
  await expect(attempt()).rejects.toThrow(FencedOut);
  expect(await states()).toEqual(['delivered', 'waiting']);
  expect(await other.selectFrom('webhook_attempts').select('number').execute()).toEqual([{ number: 1 }]);
  await expect(notifications.claim('n_1', 1)).rejects.toThrow(FencedOut);
});

it('before a gateway does what one does for all nodes, it settles the calls that a copy interrupted, and no others', async () => {
  const db = await open();
  const [own, company] = [leaseOf(db, 'a'), leaseOf(db, 'a')];
  await own.take();
  const publisher = { publish: () => Promise.resolve(), onCommitted: () => undefined };
  const notifications = new NotificationStore(db, publisher, company.lease.fence, own.lease.fence);
  const report = { outcome: 'unknown' as const, answeredAt: null, endedAt: 1, digit: null };
  await notifications.settleInterrupted('n_1', report, 2);
  await expect(notifications.settle('n_1', report, 2)).rejects.toThrow(FencedOut);
});

it('a flow with the id of one of another node is refused, and that one stays as it is', async () => {
  const db = await open();
  await new SqlFlowStore(db, undefined, undefined, 'b').commit([step('c_1', { n: 1 })]);
  await expect(new SqlFlowStore(db).commit([step('c_1', { n: 2 })])).rejects.toThrow(RejectedChange);
  const flows = await db.selectFrom('flows').select(['node', 'state']).execute();
  expect(flows).toEqual([{ node: 'b', state: '{"n":1}' }]);
});

function delivery(seq: number): NewDelivery {
  const rest = {
    event: 'call.ended',
    body: '{}',
    state: 'waiting',
    tries: 0,
    created_at: 1,
    expires_at: 1000,
  } as const;
  return { hook: 'shop', event_id: `e_${seq}`, flow_id: 'c_1', seq, ...rest };
}

it('a waiting gateway takes a released lease at once, with the next epoch', async () => {
  const [db, other] = [await open(), await open()];
  const first = leaseOf(db, 'a');
  const second = leaseOf(other, 'b');
  await first.take();
  const taken = second.take();
  await expect.poll(() => second.waited.length).toBeGreaterThan(2);
  expect(new Set(second.waited)).toEqual(new Set(['a']));
  await first.lease.release();
  await taken;
  expect(await readLease(db)).toMatchObject({ owner: 'b', epoch: 2 });
  // Nobody can still act: it was released.
  const before = performance.now();
  await second.lease.permit('request');
  expect(performance.now() - before).toBeLessThan(400);
});
