import { legChange } from '../../telephony/leg.js';
import type { PlanEvent } from '../event.js';
import type { PlanCall } from '../state.js';
import { continueWithTarget } from './arrangement.js';
import { refuse, returnToOutsideParty } from './back.js';
import { onOperatorEvent, onOperatorGone, findTarget } from './on-operator.js';
import { onTargetEvent, onTargetFound } from './on-target.js';
import { releaseTransfer } from './resources.js';
import { onReturningEvent } from './returning.js';
import { beginKeyedTransfer, beginTransfer, takeTalk } from './start.js';
import { answeredPhase, type HandsetTransfer } from './state.js';

type ReconciledEvent = PlanEvent & { type: 'reconciled' };

/** Handles the events of a transfer by the handset in the talk. @returns true when the event is done */
export function onTransferEvent(call: PlanCall, event: PlanEvent): boolean {
  const { handsetTransfer: transfer } = call.state;
  if (event.type === 'transfer_key') return beginKeyedTransfer(call, event);
  if (transfer === undefined) return beginTransfer(call, event);
  const returned = onReturningEvent(call, transfer, event);
  if (returned === 'operator_gone') return onOperatorGone(call, withoutReturn(transfer));
  if (returned) return true;
  switch (event.type) {
    case 'timer':
      return event.name === 'handset_transfer' && onDeadline(call, transfer);
    case 'target_found':
      return onTargetFound(call, transfer, event);
    case 'party_found':
      return onPartyFound(call, transfer, event);
    case 'effect_failed':
      return onEffectFailed(call, event);
    case 'queue_left':
      return onTalkLeft(call, transfer);
    default:
      if (isOutsidePartyOver(call, event)) return onOutsidePartyGone(call, transfer);
      if (!('legId' in event)) return false;
      if (event.legId !== transfer.operator.id) return onTargetEvent(call, transfer, event);
      return isOver(event.legId, event) ? onOperatorGone(call, transfer) : onOperatorEvent(call, transfer, event);
  }
}

/** Reconciles the operator and the target with their channels in Asterisk. @returns true when the talk has no operator for now */
export function onTransferReconciled(call: PlanCall, event: ReconciledEvent): boolean {
  const { handsetTransfer: transfer } = call.state;
  if (transfer === undefined || transfer.phase.type === 'taking' || transfer.phase.type === 'locating') return false;
  const returned = onReturningEvent(call, transfer, event);
  const now = call.state.handsetTransfer ?? transfer;
  if (returned === 'operator_gone' || isOver(now.operator.id, event)) onOperatorGone(call, now);
  else onTargetEvent(call, now, event);
  return call.state.handsetTransfer?.returning?.isAlone === true;
}

/** The call's own channel is lost. @returns true when the rest of a conference talks on */
export function outlivesOutsideParty(call: PlanCall, { channels }: ReconciledEvent): boolean {
  const { handsetTransfer: transfer } = call.state;
  if (transfer?.phase.type !== 'conference' || call.state.phase !== 'running') return false;
  const isUp = (id: string) => channels[id] === 'up';
  return isUp(transfer.operator.id) && isUp(transfer.phase.legId) && onOutsidePartyGone(call, transfer);
}

function isOver(legId: string, event: PlanEvent): boolean {
  const change = legChange(legId, event)?.type;
  return change === 'over' || change === 'left';
}

function isOutsidePartyOver({ state: { channelId, phase } }: PlanCall, event: PlanEvent): boolean {
  if (phase !== 'running') return false;
  return event.type === 'caller_gone' || event.type === 'caller_left' || isOver(channelId, event);
}

/** @returns false when the call is over with its outside party */
function onOutsidePartyGone(call: PlanCall, transfer: HandsetTransfer): boolean {
  const phase = answeredPhase(transfer);
  if (phase?.type !== 'conference') return false;
  continueWithTarget(call, transfer, phase);
  return true;
}

/** The handset's channel is known: the talk is taken out of its queue. */
function onPartyFound(
  call: PlanCall,
  transfer: HandsetTransfer,
  { effectId, partyId }: PlanEvent & { type: 'party_found' },
): boolean {
  const { phase } = transfer;
  if (phase.type !== 'locating' || phase.effectId !== effectId) return false;
  if (partyId === null) return giveUp(call, 'the handset was not found in the talk');
  takeTalk(call, { ...transfer, operator: { ...transfer.operator, id: partyId } });
  return true;
}

/** The talk in the queue has ended before it was taken out. */
function onTalkLeft(call: PlanCall, { phase }: HandsetTransfer): false {
  if (phase.type === 'locating') giveUp(call, 'the talk has ended');
  return false;
}

function onEffectFailed(call: PlanCall, event: PlanEvent & { type: 'effect_failed' }): boolean {
  const { handsetTransfer: transfer } = call.state;
  switch (event.effect) {
    case 'start_music':
    case 'stop_music':
    case 'play_tone':
      return true;
    case 'find_party':
      return transfer?.phase.type === 'locating' && giveUp(call, event.reason);
    case 'bridge':
      // The talk ends.
      if (transfer !== undefined) releaseTransfer(call, transfer);
      call.state.handsetTransfer = undefined;
      return false;
    default:
      return false;
  }
}

/** The talk in the queue goes on. */
function giveUp(call: PlanCall, reason: string): true {
  call.appendLog('transfer_refused', { reason });
  call.state.handsetTransfer = undefined;
  return true;
}

function onDeadline(call: PlanCall, transfer: HandsetTransfer): true {
  const { phase } = transfer;
  call.appendLog('timer', { name: 'handset_transfer' });
  switch (phase.type) {
    case 'taking':
      return call.state.pendingRedirect !== null || onOperatorGone(call, transfer);
    case 'dialling':
      return findTarget(call, transfer, phase, false);
    case 'ringing':
      releaseTransfer(call, transfer);
      return refuse(call, withoutReturn(transfer), 'no_answer');
    case 'refused':
      return returnToOutsideParty(call, transfer, 'refused');
    default:
      return true;
  }
}

function withoutReturn(transfer: HandsetTransfer): HandsetTransfer {
  return { ...transfer, returning: undefined };
}
