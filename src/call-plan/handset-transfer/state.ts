import type { Instant } from '../../lib/clock.js';
import type { DialTarget } from '../../telephony/telephony.js';
import type { TransferKind } from '../program.js';

/** How long the target of a transfer rings. */
export const TRANSFER_RINGS_MS = 30_000;

/** An operator transfers the outside party by a code pressed during the talk. Meanwhile the outside party hears music. */
export interface HandsetTransfer {
  kind: TransferKind;
  operator: Operator;
  phase: TransferPhase;
}

export interface Operator {
  /** The handset's channel. */
  id: string;
  handset: string;
}

export type TransferPhase =
  /** Asterisk takes both parties out of the queue in which they talk. `hasOperator`: the handset has entered the application. */
  | { type: 'taking'; hasOperator: boolean; until: Instant }
  /** The operator hears a dial tone and dials. `toneId`: null once a digit has stopped it. */
  | { type: 'dialling'; digits: string; toneId: string | null; until: Instant }
  /** The dialled digits are looked up. */
  | { type: 'finding'; effectId: string; isOperatorGone: boolean }
  /** Attended: the target rings for the operator. */
  | { type: 'ringing'; legId: string; to: DialTarget; since: Instant; until: Instant }
  /** Attended: the operator talks with the target. */
  | { type: 'consulting'; legId: string; to: DialTarget; bridgeId: string }
  /** The operator hears a tone: the target cannot be reached. */
  | { type: 'refused'; toneId: string; until: Instant };

export function transferDeadline(transfer: HandsetTransfer | undefined): Instant | undefined {
  return transfer !== undefined && 'until' in transfer.phase ? transfer.phase.until : undefined;
}

/** The channels that belong to the transfer alone. */
export function legsOfTransfer(transfer: HandsetTransfer | undefined): string[] {
  return transfer !== undefined && 'legId' in transfer.phase ? [transfer.phase.legId] : [];
}
