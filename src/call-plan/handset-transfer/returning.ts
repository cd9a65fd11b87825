import { dialLeg, legChange } from '../../telephony/leg.js';
import { leaseForTalk } from '../../telephony/lease.js';
import type { PlanEvent } from '../event.js';
import type { PlanCall } from '../state.js';
import { addOperator } from './arrangement.js';
import { answeredPhase, TRANSFER_RINGS_MS, type HandsetTransfer, type ReturningOperator } from './state.js';
import { replaceOperatorLeg } from './talk.js';

/*
 * The phone of an operator has lost its call, because its page was loaded again: it rings and takes the place of the former channel,
 * whatever the phase of the transfer.
 */

/** Rings the operator's handset. @returns false when the phase does not allow it */
export function ringOperatorAgain(call: PlanCall, transfer: HandsetTransfer): boolean {
  const { operator, phase, returning } = transfer;
  if (phase.type !== 'ringing' && answeredPhase(transfer) === undefined) return false;
  if (returning !== undefined) return true;
  const legId = call.newId('l');
  dialLeg(call, {
    legId,
    to: { handset: operator.handset },
    line: call.program.line.number,
    callerId: call.state.caller.number || null,
    ringMs: TRANSFER_RINGS_MS,
    originatorId: call.state.channelId,
  });
  call.appendLog('dial', { to: { handset: operator.handset } });
  const until = call.at + TRANSFER_RINGS_MS;
  call.state.handsetTransfer = { ...transfer, returning: { legId, since: call.at, until } };
  return true;
}

/**
 * Applies an event to the leg that rings.
 * @returns `operator_gone`: it was not answered, and the former channel has ended too; false: the event is not about it
 */
export function onReturningEvent(
  call: PlanCall,
  transfer: HandsetTransfer,
  event: PlanEvent,
): boolean | 'operator_gone' {
  const { returning } = transfer;
  if (returning === undefined) return false;
  if (event.type === 'timer' && event.name === 'handset_return') {
    call.request({ type: 'hang_up', channelId: returning.legId, cause: 'normal' });
    return giveUp(call, transfer, returning);
  }
  switch (legChange(returning.legId, event)?.type) {
    case 'answered':
      takeOver(call, transfer, returning.legId);
      return true;
    case 'dialling':
      call.state.handsetTransfer = { ...transfer, returning: { ...returning, known: true } };
      return true;
    case 'ringing':
      return true;
    case 'over':
    case 'left':
      if (event.type === 'reconciled' && returning.known !== true) return false;
      return giveUp(call, transfer, returning);
    case undefined:
      return false;
  }
}

function giveUp(call: PlanCall, transfer: HandsetTransfer, { isAlone }: ReturningOperator): true | 'operator_gone' {
  call.state.handsetTransfer = { ...transfer, returning: undefined };
  return isAlone === true ? 'operator_gone' : true;
}

/** Notes that the former channel has ended. @returns false when no other one rings */
export function awaitReturn(call: PlanCall, transfer: HandsetTransfer): boolean {
  const { returning } = transfer;
  if (returning === undefined) return false;
  call.state.handsetTransfer = { ...transfer, returning: { ...returning, isAlone: true } };
  return true;
}

function takeOver(call: PlanCall, transfer: HandsetTransfer, legId: string): void {
  const { operator } = transfer;
  const next: HandsetTransfer = { ...transfer, operator: { ...operator, id: legId }, returning: undefined };
  call.request({ type: 'hang_up', channelId: operator.id, cause: 'normal' });
  leaseForTalk(call, [legId]);
  replaceOperatorLeg(call, operator.id, legId);
  const phase = answeredPhase(transfer);
  if (phase !== undefined) addOperator(call, legId, phase);
  else if (transfer.phase.type === 'ringing') call.request({ type: 'start_ringing', channelId: legId });
  call.appendLog('operator_returned', { handset: operator.handset });
  call.state.handsetTransfer = next;
}
