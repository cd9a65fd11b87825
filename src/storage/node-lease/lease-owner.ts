import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Tables } from '../schema.js';
import { claimReason, isQuestion, seen, type LeaseRow, type Sight } from './lease.js';
import { advanceBeat, claimLease, leaseIfAny, releaseLease } from './lease-rows.js';

const LOOK_EVERY_MS = 200;

/** The gateway that owns the node and is alive; undefined: none is. Asks an owner, and waits for its answer as long as a standby does. */
export async function runningOwner(db: Kysely<Tables>): Promise<string | undefined> {
  let question: LeaseRow | undefined;
  for (let sight: Sight | undefined; ;) {
    const row = await leaseIfAny(db);
    if (row === undefined || row.owner === null) return undefined;
    if (question !== undefined && (row.epoch !== question.epoch || row.beat !== question.beat)) return row.owner;
    if (isQuestion(row)) question = row;
    else await advanceBeat(db, row);
    sight = seen(sight, row, performance.now());
    if (claimReason(sight, '', performance.now()) !== undefined) return undefined;
    await delay(LOOK_EVERY_MS);
  }
}

/** Fences a dead owner: should it only have slept, it writes nothing when it wakes. */
export async function fenceDeadOwner(db: Kysely<Tables>): Promise<void> {
  const row = await leaseIfAny(db);
  if (row === undefined || row.owner === null) return;
  if (await claimLease(db, row, 'cordboard move-database')) await releaseLease(db, row.epoch + 1);
}
