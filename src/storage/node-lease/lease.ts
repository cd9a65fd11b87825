/**
 * The lease of a node (an Asterisk), as pure functions. The gateway that holds it runs the flows of the node's calls; the others wait.
 *
 * No clocks are compared. A waiting gateway asks in the row whether the owner is alive, and the owner answers. A gateway that sees the same
 * question for {@link SILENT_MS} on its own clock takes the lease with the next epoch. Where nobody waits, nothing is written. The former owner may act for {@link PROOF_MS} after it last found its epoch in the database,
 * so the new one waits that long before it acts. Writes need no wait: each transaction checks the epoch.
 */

/** Interval (ms) in which the owner reads the row, and answers. */
export const RENEW_MS = 1000;
/** An owner that has not answered for this long (ms) is taken for dead. */
export const SILENT_MS = 2500;
/** How long (ms) an owner may act on Asterisk after the database last confirmed its epoch. */
export const PROOF_MS = 500;
/** Added to the wait (ms) for the former owner: two clocks run at slightly different rates. */
const MARGIN_MS = 100;

/** The stored row of a node. */
export interface LeaseRow {
  node: string;
  /** Null: released, or never held. */
  owner: string | null;
  /** Increases with each owner. */
  epoch: number;
  /** Odd: a waiting gateway asks whether the owner is alive, which makes it even. Increases with each question, answer and change of the owner. */
  beat: number;
  /** Where other gateways reach the owner, and the key with which it accepts their requests; missing in the tables of earlier versions. */
  url?: string | null | undefined;
  peer_key?: string | null | undefined;
}

export function isQuestion({ beat }: LeaseRow): boolean {
  return beat % 2 === 1;
}

/** What a waiting gateway sees: the row, and since when it has not changed. */
export interface Sight {
  row: LeaseRow;
  since: number;
}

/** @param now of the waiting gateway's own clock (ms) */
export function seen(before: Sight | undefined, row: LeaseRow, now: number): Sight {
  const isSame = before !== undefined && before.row.epoch === row.epoch && before.row.beat === row.beat;
  return isSame ? before : { row, since: now };
}

/**
 * Why a gateway may take the lease; undefined: it must wait. `own`: it was held by a process of the same name, which no longer
 * runs, because a name contains the port that it listens on.
 */
export type ClaimReason = 'free' | 'own' | 'silent';

export function claimReason({ row, since }: Sight, name: string, now: number): ClaimReason | undefined {
  if (row.owner === null) return 'free';
  if (row.owner === name) return 'own';
  return isQuestion(row) && now - since >= SILENT_MS ? 'silent' : undefined;
}

/** How long (ms) a new owner must not act on Asterisk: the former one may not know yet that it has lost the lease. */
export function waitAfterClaim(reason: ClaimReason): number {
  return reason === 'silent' ? PROOF_MS + MARGIN_MS : 0;
}

/** @param provenAt when the owner sent the query that last found its epoch */
export function isProven(provenAt: number, now: number): boolean {
  return now - provenAt < PROOF_MS;
}

/** A process that noticed nothing for so long (ms) may have lost its lease meanwhile. Shorter than {@link SILENT_MS}. */
const ASLEEP_MS = 1500;

/** @param noticedAt when the process last ran */
export function hasSlept(noticedAt: number, now: number): boolean {
  return now - noticedAt > ASLEEP_MS;
}
