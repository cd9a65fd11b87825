import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Tables } from '../schema.js';
import { claimReason, isQuestion, seen, type LeaseRow, type Sight } from './lease.js';
import { advanceBeat, claimLease, leasesIfAny, readLease, releaseLease } from './lease-rows.js';

const LOOK_EVERY_MS = 200;

/** A gateway that owns a node and is alive; undefined: none is. Asks an owner, and waits for its answer as long as a standby does. */
export async function runningOwner(db: Kysely<Tables>): Promise<string | undefined> {
  for (const { node } of await leasesIfAny(db)) {
    const owner = await runningOwnerOf(node, db);
    if (owner !== undefined) return owner;
  }
  return undefined;
}

/** As {@link runningOwner}, of one node. */
export async function runningOwnerOf(node: string, db: Kysely<Tables>): Promise<string | undefined> {
  let question: LeaseRow | undefined;
  for (let sight: Sight | undefined; ;) {
    const row = await readLease(db, node);
    if (row.owner === null) return undefined;
    if (question !== undefined && (row.epoch !== question.epoch || row.beat !== question.beat)) return row.owner;
    if (isQuestion(row)) question = row;
    else await advanceBeat(db, row);
    sight = seen(sight, row, performance.now());
    if (claimReason(sight, '', performance.now()) !== undefined) return undefined;
    await delay(LOOK_EVERY_MS);
  }
}

/** Fences dead owners: should one only have slept, it writes nothing when it wakes. */
export async function fenceDeadOwners(db: Kysely<Tables>): Promise<void> {
  for (const row of await leasesIfAny(db)) {
    if (row.owner === null) continue;
    if (await claimLease(db, row, 'cordboard move-database'))
      await releaseLease(db, { node: row.node, epoch: row.epoch + 1 });
  }
}
