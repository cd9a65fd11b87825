import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { FencedOut } from '../../src/kernel/store.js';
import { CommitQueue } from '../../src/kernel/commit-queue.js';
import { systemClock } from '../../src/lib/clock.js';
import { SqlFlowStore } from '../../src/storage/flow-store.js';
import { claimLease, leasesIfAny, readLease } from '../../src/storage/node-lease/lease-rows.js';
import type { Database } from '../../src/storage/database.js';
import { OwnerClock } from '../../src/storage/node-lease/owner-clock.js';
import { DRIVER_NAMES, isAvailable } from '../../src/storage/sqlite/drivers.js';
import { leaseHarness, steal, step } from '../support/lease-harness.js';
import { faultsOfHistory, type Deed } from '../support/lease-history.js';

const { open, openUnmigrated, leaseOf } = leaseHarness();

describe.each(
  DRIVER_NAMES.filter(isAvailable).flatMap((driver) => [{ driver }, { driver, synchronous: 'FULL' as const }]),
)('a former owner ($driver, $synchronous)', (options) => {
  it('stores nothing, may not act, and is told once', async () => {
    const [db, other] = [await open(options), await open()];
    const { lease, lost, take } = leaseOf(db, 'a');
    await take();
    const store = new SqlFlowStore(db, undefined, lease.fence);
    await store.commit([step('c_1', { n: 1 })]);
    expect(lease.permit('request')).toBeUndefined();
    await steal(other, 'b');
    await expect(store.commit([step('c_1', { n: 2 }, 1), step('c_2', { n: 1 })])).rejects.toThrow(FencedOut);
    expect(lost).toEqual(['b']);
    await expect(store.commit([step('c_1', { n: 3 }, 2)])).rejects.toThrow(FencedOut);
    await expect(store.abandon('c_1', 9, 'why')).rejects.toThrow(FencedOut);
    await expect(lease.permit('request')).rejects.toThrow('another gateway has taken over this node');
    const flows = await other.selectFrom('flows').select(['id', 'state', 'over']).execute();
    expect(flows).toEqual([{ id: 'c_1', state: '{"n":1}', over: 0 }]);
    expect(lost).toEqual(['b']);
  });
});

it('after it is fenced out, the commit queue starts no effect and keeps nothing to store later', async () => {
  const [db, other] = [await open(), await open()];
  const { lease, take } = leaseOf(db, 'a');
  await take();
  const notDurable: string[] = [];
  const queue = new CommitQueue({
    store: new SqlFlowStore(db, undefined, lease.fence),
    clock: systemClock,
    onError: (where) => notDurable.push(where),
    onNotDurable: () => [],
    onDurable: () => undefined,
  });
  const stored: string[] = [];
  queue.enqueue(step('c_1', { n: 1 }), () => stored.push('first'));
  await queue.idle();
  await steal(other, 'b');
  queue.enqueue(step('c_1', { n: 2 }, 1), () => stored.push('second'));
  await queue.idle();
  queue.enqueue(step('c_1', { n: 3 }, 2), () => stored.push('third'));
  await queue.idle();
  expect({ stored, notDurable }).toEqual({ stored: ['first'], notDurable: [] });
});

it('a process of the same name does not wait for the lease of its predecessor', async () => {
  const db = await open();
  await steal(db, 'a');
  const { take, waited } = leaseOf(db, 'a');
  await take();
  expect(waited).toEqual([]);
  expect(await readLease(db)).toMatchObject({ owner: 'a', epoch: 2 });
});

it('a silent owner loses the lease; its successor acts only when the former one no longer may', async () => {
  const db = await open();
  await steal(db, 'a');
  const { lease, take, waited } = leaseOf(db, 'b');
  const begunAt = performance.now();
  await take();
  const takenAt = performance.now();
  await lease.permit('request');
  expect(takenAt - begunAt).toBeGreaterThan(2400);
  expect(performance.now() - takenAt).toBeGreaterThan(500);
  expect(waited.length).toBeGreaterThan(5);
});

it('a gateway that waits can be stopped', async () => {
  const [db, other] = [await open(), await open()];
  await leaseOf(db, 'a').take();
  const stopping = new AbortController();
  const taken = leaseOf(other, 'b').take(stopping.signal);
  stopping.abort();
  await expect(taken).rejects.toThrow('aborted');
  expect(await readLease(db)).toMatchObject({ owner: 'a', epoch: 1 });
});

it('an owner keeps its lease while the database cannot be written, and may act', async () => {
  const [db, other] = [await open(), await open()];
  const { lease, lost, take } = leaseOf(db, 'a');
  await take();
  await sql`begin immediate`.execute(other);
  await delay(1500);
  await lease.permit('request');
  await sql`rollback`.execute(other);
  expect(lost).toEqual([]);
  await expect.poll(async () => (await readLease(other)).beat).toBeGreaterThan(1);
});

it('while the database does not answer, an owner that is awake may send requests, but not open a connection', async () => {
  const db = await open();
  const { lease, lost, take } = leaseOf(db, 'a');
  await take();
  await lease.permit('request');
  // Whoever asks for the connection waits.
  await db.transaction().execute(async () => {
    await delay(1200);
    const askedAt = performance.now();
    await lease.permit('request');
    expect(performance.now() - askedAt).toBeLessThan(1000);
    await delay(600);
    const connects = lease.permit('connection');
    expect(connects).toBeDefined();
    expect(await Promise.race([connects, delay(700, 'waits')])).toBe('waits');
  });
  await lease.permit('connection');
  expect(lost).toEqual([]);
});

it('while the database does not answer, an owner that slept may do nothing', async () => {
  const db = await open();
  const { lease, take } = leaseOf(db, 'a');
  await take();
  await lease.permit('request');
  await db.transaction().execute(async () => {
    for (const until = performance.now() + 2000; performance.now() < until;);
    await expect(lease.permit('request')).rejects.toThrow('the database does not confirm the lease');
    await expect(lease.permit('request')).rejects.toThrow('the database does not confirm the lease');
  });
  await lease.permit('request');
});

it('a standby leaves the tables as the owner has them', async () => {
  const db = openUnmigrated();
  expect(await leasesIfAny(db)).toEqual([]);
  expect(await db.introspection.getTables()).toEqual([]);
  await db.migrate();
  expect(await leasesIfAny(db)).toMatchObject([{ node: 'main', owner: null, epoch: 0, beat: 0, url: null }]);
});

it('while the lease changes hands many times, each write has the epoch of its owner', async () => {
  const databases = [await open(), await open()];
  const [db] = databases as [Database];
  await sql`create table history (n integer primary key, written integer not null, epoch integer not null)`.execute(db);
  await sql`create trigger watch after insert on timeline begin insert into history (written, epoch)
    select json_extract(new.data, '$.epoch'), epoch from node_leases; end`.execute(db);
  let seq = 0;
  let refused = 0;
  let over = false;
  const isOver = () => over;
  const gateway = async (name: string, own: Database) => {
    while (!isOver()) {
      const seenRow = await readLease(own);
      if (!(await claimLease(own, seenRow, name))) continue;
      const { lease } = leaseOf(own, name);
      const lateForIt = new AbortController();
      const isTaken = await lease.take({ signal: lateForIt.signal, onWait: () => lateForIt.abort() }).then(
        () => true,
        () => false,
      );
      if (!isTaken) continue;
      const { epoch } = await readLease(own);
      const store = new SqlFlowStore(own, undefined, lease.fence);
      try {
        do {
          await store.commit([step(`c_${name}`, { epoch }, (seq += 1))]);
          // The drivers never wait for the event loop.
          await new Promise((resolve) => setImmediate(resolve));
        } while (!isOver());
      } catch (error) {
        if (!(error instanceof FencedOut)) throw error;
        refused += 1;
      }
      await delay(5);
    }
  };
  const running = databases.map((own, n) => gateway(`g${n}`, own));
  await delay(2000);
  over = true;
  await Promise.all(running);
  const rows = await sql<{ written: number; epoch: number }>`select written, epoch from history order by n`.execute(db);
  const history = rows.rows.map(({ written }): Deed => ({ what: 'write', epoch: written }));
  expect(faultsOfHistory(history)).toEqual([]);
  expect(rows.rows.filter(({ written, epoch }) => written !== epoch)).toEqual([]);
  expect(refused).toBeGreaterThan(10);
});

describe('the clock of an owner', () => {
  it('counts the suspension of the machine, and never runs backwards', () => {
    let [monotonic, wall] = [0, 1_000_000];
    const clock = new OwnerClock(
      () => monotonic,
      () => wall,
    );
    [monotonic, wall] = [100, 1_000_100];
    expect(clock.now()).toBe(100);
    [monotonic, wall] = [101, 1_600_000];
    expect(clock.now()).toBe(600_000);
    [monotonic, wall] = [301, 5];
    expect(clock.now()).toBe(600_200);
  });
});
