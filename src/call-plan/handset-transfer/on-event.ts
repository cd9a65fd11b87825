import type { TransferTarget } from '../../telephony/telephony.js';
import { dialLeg, legChange } from '../../telephony/leg.js';
import { leaseForTalk } from '../../telephony/lease.js';
import { transfer as transferTo } from '../commands.js';
import type { PlanEvent } from '../event.js';
import { forward } from '../interpreter.js';
import type { PlanCall } from '../state.js';
import { addToCode, kindOf } from './codes.js';
import { startDialling } from './dialling.js';
import { releaseTransfer } from './resources.js';
import { beginTransfer } from './start.js';
import { TRANSFER_RINGS_MS, type HandsetTransfer, type TransferPhase } from './state.js';
import { connectWithTarget, resumeTalk, ringForOutsideParty } from './talk.js';

/** Between two keys of a number without `#`. */
const NEXT_KEY_MS = 3000;
const REFUSAL_TONE_MS = 1500;
const LONGEST_NUMBER = 20;

type PhaseOf<T extends TransferPhase['type']> = Extract<TransferPhase, { type: T }>;

/** Handles the events of a transfer by the handset in the talk. @returns true when the event is done */
export function onTransferEvent(call: PlanCall, event: PlanEvent): boolean {
  const { handsetTransfer: transfer } = call.state;
  if (transfer === undefined) return beginTransfer(call, event);
  if (event.type === 'timer') return event.name === 'handset_transfer' && onDeadline(call, transfer);
  if (event.type === 'target_found') return onTargetFound(call, transfer, event);
  if (event.type === 'effect_failed')
    return event.effect === 'start_music' || event.effect === 'stop_music' || event.effect === 'play_tone';
  if (!('legId' in event)) return false;
  if (event.legId === transfer.operator.id) return onOperatorEvent(call, transfer, event);
  return onTargetEvent(call, transfer, event);
}

/** Reconciles the operator and the target with their channels in Asterisk. */
export function onTransferReconciled(call: PlanCall, event: PlanEvent & { type: 'reconciled' }): void {
  const { handsetTransfer: transfer } = call.state;
  if (transfer === undefined || transfer.phase.type === 'taking') return;
  if (isOver(transfer.operator.id, event)) onOperatorGone(call, transfer);
  else onTargetEvent(call, transfer, event);
}

function enter(call: PlanCall, transfer: HandsetTransfer, phase: TransferPhase): true {
  call.state.handsetTransfer = { ...transfer, phase };
  return true;
}

function isOver(legId: string, event: PlanEvent): boolean {
  const change = legChange(legId, event)?.type;
  return change === 'over' || change === 'left';
}

function onOperatorEvent(call: PlanCall, transfer: HandsetTransfer, event: PlanEvent): boolean {
  if (event.type === 'leg_taken') return onOperatorTaken(call, transfer);
  if (event.type === 'leg_digit') return onOperatorKey(call, transfer, event.digit);
  return isOver(transfer.operator.id, event) && onOperatorGone(call, transfer);
}

function onOperatorTaken(call: PlanCall, transfer: HandsetTransfer): true {
  if (transfer.phase.type !== 'taking') return true;
  leaseForTalk(call, [transfer.operator.id]);
  // Until the caller has returned as well.
  if (call.state.pendingRedirect !== null) return enter(call, transfer, { ...transfer.phase, hasOperator: true });
  startDialling(call, transfer);
  return true;
}

function onOperatorKey(call: PlanCall, transfer: HandsetTransfer, key: string): true {
  switch (transfer.phase.type) {
    case 'dialling':
      return onDialledKey(call, transfer, transfer.phase, key);
    case 'ringing':
    case 'consulting':
      return addToCode(call, key) === undefined || returnToOutsideParty(call, transfer, 'operator');
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

function findTarget(
  call: PlanCall,
  transfer: HandsetTransfer,
  { digits }: PhaseOf<'dialling'>,
  isOperatorGone: boolean,
): true {
  if (digits === '') return isOperatorGone ? endTalk(call, transfer) : returnToOutsideParty(call, transfer, 'timeout');
  const effectId = call.request({ type: 'find_target', digits });
  return enter(call, transfer, { type: 'finding', effectId, isOperatorGone });
}

function onTargetFound(
  call: PlanCall,
  transfer: HandsetTransfer,
  event: PlanEvent & { type: 'target_found' },
): boolean {
  const { phase } = transfer;
  if (phase.type !== 'finding' || phase.effectId !== event.effectId) return false;
  const { to, reason } = event;
  if (to === null || isUnknownQueue(call, to))
    return phase.isOperatorGone ? endTalk(call, transfer) : refuse(call, transfer, reason ?? 'unknown queue');
  // A queue cannot be asked first.
  if (transfer.kind === 'blind' || 'queue' in to || phase.isOperatorGone) return transferNow(call, transfer, to);
  const legId = call.newId('l');
  const { operator } = transfer;
  dialLeg(call, {
    legId,
    to,
    line: call.program.line.number,
    callerId: 'handset' in to ? operator.handset : call.program.line.callerId,
    ringMs: TRANSFER_RINGS_MS,
    originatorId: operator.id,
  });
  call.request({ type: 'start_ringing', channelId: operator.id });
  call.appendLog('dial', { to });
  return enter(call, transfer, { type: 'ringing', legId, to, since: call.at, until: call.at + TRANSFER_RINGS_MS });
}

function isUnknownQueue(call: PlanCall, to: TransferTarget): boolean {
  return 'queue' in to && call.program.queues[String(to.queue)] === undefined;
}

function transferNow(call: PlanCall, { operator }: HandsetTransfer, to: TransferTarget): true {
  call.state.handsetTransfer = undefined;
  call.appendLog('transferred', { to, by: operator.handset });
  transferTo(call, { type: 'transfer', to });
  return true;
}

/** The operator hears a tone, and then talks with the outside party again. */
function refuse(call: PlanCall, transfer: HandsetTransfer, reason: string): true {
  const toneId = call.newId('p');
  call.appendLog('transfer_refused', { reason });
  call.request({ type: 'play_tone', channelId: transfer.operator.id, playbackId: toneId, tone: 'busy' });
  return enter(call, transfer, { type: 'refused', toneId, until: call.at + REFUSAL_TONE_MS });
}

function returnToOutsideParty(
  call: PlanCall,
  transfer: HandsetTransfer,
  why: 'operator' | 'timeout' | 'target' | 'refused',
): true {
  releaseTransfer(call, transfer);
  call.state.handsetTransfer = undefined;
  call.state.codeInput = undefined;
  call.appendLog('transfer_over', { why });
  resumeTalk(call, transfer.operator);
  return true;
}

function onTargetEvent(call: PlanCall, transfer: HandsetTransfer, event: PlanEvent): boolean {
  const { phase, operator } = transfer;
  if (phase.type !== 'ringing' && phase.type !== 'consulting') return false;
  const { legId, to } = phase;
  const change = legChange(legId, event);
  if (change === undefined) return false;
  if (change.type === 'answered' && phase.type === 'ringing') {
    const bridgeId = call.newId('b');
    call.request({ type: 'stop_ringing', channelId: operator.id });
    call.request({ type: 'bridge', bridgeId, channelIds: [operator.id, legId] });
    call.appendLog('consulting', { with: to });
    return enter(call, transfer, { type: 'consulting', legId, to, bridgeId });
  }
  if (change.type !== 'over' && change.type !== 'left') return true;
  const cause = change.type === 'over' ? change.cause : 'unknown';
  call.appendLog('leg_over', { to, cause, reason: change.type === 'over' ? change.reason : undefined });
  if (phase.type === 'consulting') return returnToOutsideParty(call, transfer, 'target');
  call.request({ type: 'stop_ringing', channelId: operator.id });
  return refuse(call, transfer, (change.type === 'over' ? change.reason : undefined) ?? cause);
}

/** The operator has hung up: the transfer is completed as far as it can be. */
function onOperatorGone(call: PlanCall, transfer: HandsetTransfer): true {
  const { phase, operator } = transfer;
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
      call.state.handsetTransfer = undefined;
      call.appendLog('transferred', { to: phase.to, by: operator.handset });
      connectWithTarget(call, phase.legId, phase.to, phase.bridgeId);
      return true;
    case 'taking':
    case 'refused':
      return endTalk(call, transfer);
  }
}

/** The operator has left the outside party without a target: the talk is over. */
function endTalk(call: PlanCall, { operator }: HandsetTransfer): true {
  call.state.handsetTransfer = undefined;
  forward(call, { type: 'leg_over', at: call.at, legId: operator.id, cause: 'normal' });
  return true;
}

function onDeadline(call: PlanCall, transfer: HandsetTransfer): true {
  const { phase } = transfer;
  call.appendLog('timer', { name: 'handset_transfer' });
  switch (phase.type) {
    case 'taking':
      return call.state.pendingRedirect !== null || endTalk(call, transfer);
    case 'dialling':
      return findTarget(call, transfer, phase, false);
    case 'ringing':
      releaseTransfer(call, transfer);
      return refuse(call, transfer, 'no_answer');
    case 'refused':
      return returnToOutsideParty(call, transfer, 'refused');
    case 'finding':
    case 'consulting':
      return true;
  }
}
