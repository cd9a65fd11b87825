import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { FencedOut } from '../../src/kernel/store.js';
import { SqlFlowStore } from '../../src/storage/flow-store.js';
import { RENEW_MS } from '../../src/storage/node-lease/lease.js';
import { readLease } from '../../src/storage/node-lease/lease-rows.js';
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

it('an owner renews its lease while nothing else happens, and its renewal finds a successor', async () => {
  const [db, other] = [await open(), await open()];
  const { lost, take } = leaseOf(db, 'a');
  await take();
  const { beat } = await readLease(other);
  await expect.poll(async () => (await readLease(other)).beat).toBeGreaterThan(beat + 1);
  expect(lost).toEqual([]);
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
