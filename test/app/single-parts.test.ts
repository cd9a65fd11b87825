import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SingleParts } from '../../src/app/single-parts.js';
import { createLogger } from '../../src/lib/logger.js';
import { NodeLease } from '../../src/storage/node-lease/node-lease.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { becomes } from '../support/becomes.js';

const LEASE = 'shared';
/** Longer than a gateway that stopped waiting counts as one that waits. */
const PATIENCE_MS = 4_000;

let db: Database;
let gateways: SingleParts[];
let leases: NodeLease[];
/** The gateways whose part runs. */
let running: Set<string>;
/** The gateways whose part was stopped, in order. */
let stopped: string[];
/** The gateways whose Asterisk is away. */
let lame: Set<string>;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  gateways = [];
  leases = [];
  running = new Set();
  stopped = [];
  lame = new Set();
});
afterEach(async () => {
  for (const gateway of gateways) await gateway.stop();
  for (const lease of leases) await lease.release();
  await db.destroy();
});

/** A gateway that runs one part when it has the lease. */
function start(name: string): void {
  const lease = new NodeLease({ db, node: LEASE, name, onLost: (owner) => expect.unreachable(`lost to ${owner}`) });
  const logger = createLogger({ level: 'silent' });
  const canWork = () => !lame.has(name);
  const gateway = new SingleParts({ lease, work: 'calls', canWork, patienceMs: PATIENCE_MS, logger });
  const stop = () => running.delete(name) && stopped.push(name);
  gateway.single({ start: () => running.add(name), stop }).start?.();
  gateway.start();
  gateways.push(gateway);
  leases.push(lease);
}

const runs = (...names: string[]) =>
  becomes(`${names.join()} runs the part`, () => [...running].join() === names.join());

it('a gateway without Asterisk leaves the lease to one that waits, and gets it back in the same way', async () => {
  start('a');
  await runs('a');
  start('b');
  lame.add('a');
  await runs('b');
  lame.delete('a');
  lame.add('b');
  await runs('a');
});

it('a gateway without Asterisk keeps the lease while nobody waits for it', async () => {
  lame.add('a');
  start('a');
  await runs('a');
  await delay(1.5 * PATIENCE_MS);
  expect([...running]).toEqual(['a']);
  expect(stopped).toEqual([]);
});
