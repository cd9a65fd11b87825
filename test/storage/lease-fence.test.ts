import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FencedOut, type FlowChange } from '../../src/kernel/store.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { SqlFlowStore } from '../../src/storage/flow-store.js';
import { RENEW_MS } from '../../src/storage/node-lease/lease.js';
import { claimLease, readLease } from '../../src/storage/node-lease/lease-rows.js';
import { NodeLease } from '../../src/storage/node-lease/node-lease.js';

/** Two gateways on one database, of each kind: the group `unit-postgres` runs this file too. */

let dir: string;
const opened: Database[] = [];
const leases: NodeLease[] = [];

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-fence-'));
});
afterEach(async () => {
  await Promise.all(leases.splice(0).map((lease) => lease.release().catch(() => undefined)));
  await Promise.all(opened.splice(0).map((db) => db.destroy()));
  await rm(dir, { recursive: true });
});

async function open(): Promise<Database> {
  const db = await openDatabase(path.join(dir, 'test.db'));
  opened.push(db);
  return db;
}

function leaseOf(db: Database, name: string) {
  const lost: string[] = [];
  const lease = new NodeLease({ db, name, onLost: (owner) => lost.push(owner) });
  leases.push(lease);
  const waited: string[] = [];
  const take = (signal = new AbortController().signal) => lease.take({ signal, onWait: (owner) => waited.push(owner) });
  return { lease, lost, waited, take };
}

function step(flowId: string, state: Record<string, number>, seq = 0): FlowChange {
  const summary = { line: '', caller: '', direction: 'incoming', startedAt: 1, answeredAt: null } as const;
  const rest = { endedAt: null, endedBy: null, at: 'menu' };
  const program = { hash: 'h', body: {} };
  return {
    flowId,
    at: 5,
    step: { kind: 'toy', startedAt: 1, program, state, summary: { ...summary, ...rest }, pending: [], over: false },
    log: [{ seq, at: 5, kind: 'step', data: state }],
  };
}

/** As another gateway that saw the owner silent. */
async function steal(db: Database, name: string): Promise<void> {
  expect(await claimLease(db, await readLease(db), name)).toBe(true);
}

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
