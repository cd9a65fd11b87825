import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OtherNodes } from '../../src/app/other-nodes.js';
import { createLogger } from '../../src/lib/logger.js';
import { SECOND_MS } from '../../src/lib/time.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { addNode, claimLease, readLease, releaseLease } from '../../src/storage/node-lease/lease-rows.js';

let db: Database;
let clock: VirtualClock;
let nodes: OtherNodes;
/** For each look, whether it was a long one. */
let looks: boolean[];

beforeEach(async () => {
  db = await openDatabase(':memory:');
  // Looks are only for PostgreSQL; the leases are read in the same way.
  Object.defineProperty(db, 'kind', { value: 'postgres' });
  looks = [];
  clock = new VirtualClock(1_700_000_000_000);
  const look = (isLong: boolean) => Promise.resolve(void looks.push(isLong));
  nodes = new OtherNodes({ db, node: 'main', look, clock, logger: createLogger({ level: 'silent' }) });
  await addNode(db, 'b');
  nodes.start();
});
afterEach(async () => {
  await nodes.stop();
  await db.destroy();
});

/** So many seconds, with all that happens in them. */
async function pass(seconds: number): Promise<void> {
  for (; seconds > 0; seconds -= 1) {
    clock.advanceTo(clock.now() + SECOND_MS);
    // The next look is planned when this one has ended.
    while (clock.nextDueAt() === undefined) await turn();
  }
}

it('the last changes of a gateway that stopped between two looks are looked for', async () => {
  await claimLease(db, await readLease(db, 'b'), 'second:1 (b)');
  await pass(30);
  expect(looks.length).toBe(30);
  await releaseLease(db, await readLease(db, 'b'));
  looks = [];
  await pass(30);
  expect(looks).toContain(true);
  expect(looks.length).toBeLessThan(15);
});

it('a gateway that nobody else is beside looks no more after its start', async () => {
  await pass(30);
  looks = [];
  await pass(30);
  expect(looks).toEqual([]);
});
