import type { Instant } from '../../lib/clock.js';
import type { TransferTarget } from '../../telephony/command.js';
import type { DialTarget } from '../../telephony/telephony.js';
import type { TransferKind } from '../program.js';

/** How long the target of a transfer rings, and an operator whose phone returns to the call. */
export const TRANSFER_RINGS_MS = 30_000;

/** An operator transfers the outside party, by a code pressed during the talk or by a command. */
export interface HandsetTransfer {
  kind: TransferKind;
  operator: Operator;
  phase: TransferPhase;
  /** The target that a command named. Left out: the operator dials it. */
  wanted?: TransferTarget | undefined;
  /** What the phone's transfer key has named; empty for what is no number. */
  keyedTarget?: string | undefined;
  /** A command has begun it, on the page. */
  isCommanded?: true | undefined;
  /** The target hears music on hold. */
  targetHearsMusic?: true | undefined;
  /** The operator's phone has lost the call, and rings to take it up again. */
  returning?: ReturningOperator | undefined;
}

export interface Operator {
  /** The handset's channel. */
  id: string;
  handset: string;
}

/** A leg that is to take the place of the operator's present one. */
export interface ReturningOperator {
  legId: string;
  since: Instant;
  until: Instant;
  /** Asterisk has accepted the leg, so its absence at a reconcile means its end. */
  known?: true;
  /** The present leg has ended meanwhile. */
  isAlone?: true;
}

export type TransferPhase =
  /** The handset's channel in a queue's talk is looked up. */
  | { type: 'locating'; effectId: string }
  /** Asterisk takes both parties out of the queue in which they talk. `hasOperator`: the handset has entered the application. */
  | { type: 'taking'; hasOperator: boolean; isOperatorGone?: true | undefined; until: Instant }
  /** The operator hears a dial tone and dials. `toneId`: null once a digit has stopped it. */
  | { type: 'dialling'; digits: string; toneId: string | null; until: Instant }
  /** The dialled digits are looked up. */
  | { type: 'finding'; effectId: string; isOperatorGone: boolean }
  /** Attended: the target rings for the operator. `known`: Asterisk has accepted the leg, so its absence at a reconcile means its end. */
  | { type: 'ringing'; legId: string; to: DialTarget; since: Instant; until: Instant; known?: true }
  | AnsweredPhase
  /** The operator hears a tone: the target cannot be reached. */
  | { type: 'refused'; toneId: string; until: Instant };

/** Attended: the target has answered. */
export type AnsweredPhase =
  /** The operator talks with the target, and the outside party hears music. */
  | { type: 'consulting'; legId: string; to: DialTarget; bridgeId: string }
  /** The operator talks with the outside party, and the target hears music. */
  | { type: 'swapped'; legId: string; to: DialTarget }
  /** All three hear each other. `before`: the phase in which they are separated again. */
  | { type: 'conference'; legId: string; to: DialTarget; before: 'consulting' | 'swapped' };

export type PhaseOf<T extends TransferPhase['type']> = Extract<TransferPhase, { type: T }>;

/** The phase of a transfer whose target has answered; undefined in all other phases. */
export function answeredPhase({ phase }: HandsetTransfer): AnsweredPhase | undefined {
  return phase.type === 'consulting' || phase.type === 'swapped' || phase.type === 'conference' ? phase : undefined;
}

/** The timers of a transfer. */
export function transferTimers(transfer: HandsetTransfer | undefined): Record<string, Instant | undefined> {
  return {
    handset_transfer: transfer !== undefined && 'until' in transfer.phase ? transfer.phase.until : undefined,
    handset_return: transfer?.returning?.until,
  };
}

/** The channels that belong to the transfer alone. */
export function legsOfTransfer(transfer: HandsetTransfer | undefined): string[] {
  if (transfer === undefined) return [];
  const { phase, returning } = transfer;
  return [...('legId' in phase ? [phase.legId] : []), ...(returning === undefined ? [] : [returning.legId])];
}
