import { leaseForTalk } from '../../telephony/lease.js';
import type { PlanEvent } from '../event.js';
import type { PlanCall } from '../state.js';
import { completeTransfer } from './arrangement.js';
import { endTalk, returnToOutsideParty } from './back.js';
import { addToCode, kindOf } from './codes.js';
import { lookUp, proceedToTarget } from './dialling.js';
import { awaitReturn } from './returning.js';
import type { HandsetTransfer, PhaseOf, TransferPhase } from './state.js';
import { ringForOutsideParty } from './talk.js';

/** Between two keys of a number without `#`. */
const NEXT_KEY_MS = 3000;
const LONGEST_NUMBER = 20;

/** Handles an event of the operator's channel, except its end. @returns true when the event is done */
export function onOperatorEvent(call: PlanCall, transfer: HandsetTransfer, event: PlanEvent): boolean {
  if (event.type === 'leg_taken') return onOperatorTaken(call, transfer);
  return event.type === 'leg_digit' && onOperatorKey(call, transfer, event.digit);
}

function onOperatorTaken(call: PlanCall, transfer: HandsetTransfer): true {
  if (transfer.phase.type !== 'taking') return true;
  leaseForTalk(call, [transfer.operator.id]);
  // Until the caller has returned as well.
  if (call.state.pendingRedirect !== null) return enter(call, transfer, { ...transfer.phase, hasOperator: true });
  proceedToTarget(call, transfer);
  return true;
}

function onOperatorKey(call: PlanCall, transfer: HandsetTransfer, key: string): true {
  switch (transfer.phase.type) {
    case 'dialling':
      return onDialledKey(call, transfer, transfer.phase, key);
    case 'ringing':
    case 'consulting':
    case 'swapped':
    case 'conference':
      return addToCode(call, key) === undefined || returnToOutsideParty(call, transfer, 'operator');
    case 'locating':
    case 'taking':
    case 'finding':
    case 'refused':
      return true;
  }
}

function onDialledKey(call: PlanCall, transfer: HandsetTransfer, phase: PhaseOf<'dialling'>, key: string): true {
  if (phase.toneId !== null) call.request({ type: 'stop_play', playbackId: phase.toneId });
  const digits = phase.digits + key;
  const dialled = { ...phase, toneId: null };
  if (key === '#' || digits.length > LONGEST_NUMBER) return findTarget(call, transfer, dialled, false);
  // The code once more cancels the transfer.
  if (kindOf(call.program.transferCodes ?? {}, digits) !== undefined)
    return returnToOutsideParty(call, transfer, 'operator');
  return enter(call, transfer, { ...dialled, digits, until: call.at + NEXT_KEY_MS });
}

/** Looks up what the operator has dialled. */
export function findTarget(
  call: PlanCall,
  transfer: HandsetTransfer,
  { digits }: PhaseOf<'dialling'>,
  isOperatorGone: boolean,
): true {
  if (digits === '') return isOperatorGone ? endTalk(call, transfer) : returnToOutsideParty(call, transfer, 'timeout');
  lookUp(call, transfer, digits, isOperatorGone);
  return true;
}

/** The operator has hung up: the transfer is completed as far as it can be. */
export function onOperatorGone(call: PlanCall, transfer: HandsetTransfer): true {
  const { phase, operator } = transfer;
  if (awaitReturn(call, transfer)) return true;
  switch (phase.type) {
    case 'dialling':
      return findTarget(call, transfer, phase, true);
    case 'finding':
      return enter(call, transfer, { ...phase, isOperatorGone: true });
    case 'ringing':
      call.state.handsetTransfer = undefined;
      call.appendLog('transferred', { to: phase.to, by: operator.handset });
      ringForOutsideParty(call, phase.legId, phase.to, phase.until, operator);
      return true;
    case 'consulting':
    case 'swapped':
    case 'conference':
      completeTransfer(call, transfer, phase);
      return true;
    case 'taking':
      return onOperatorGoneEarly(call, transfer, phase);
    case 'locating':
    case 'refused':
      return endTalk(call, transfer);
  }
}

/** Some phones hang up as soon as Asterisk has their request: their transfer key has named the target already. */
function onOperatorGoneEarly(call: PlanCall, transfer: HandsetTransfer, phase: PhaseOf<'taking'>): true {
  if (transfer.keyedTarget === undefined) return endTalk(call, transfer);
  if (call.state.pendingRedirect !== null) return enter(call, transfer, { ...phase, isOperatorGone: true });
  lookUp(call, transfer, transfer.keyedTarget, true);
  return true;
}

function enter(call: PlanCall, transfer: HandsetTransfer, phase: TransferPhase): true {
  call.state.handsetTransfer = { ...transfer, phase };
  return true;
}
