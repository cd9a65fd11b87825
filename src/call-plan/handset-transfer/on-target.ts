import { legChange } from '../../telephony/leg.js';
import { canBeAsked, type TransferTarget } from '../../telephony/command.js';
import { transfer as transferTo } from '../commands.js';
import type { PlanEvent } from '../event.js';
import type { PlanCall } from '../state.js';
import { answerKey, endTalk, refuse, returnToOutsideParty } from './back.js';
import { ringTarget } from './dialling.js';
import type { HandsetTransfer } from './state.js';

/** Handles the target that the operator has dialled. @returns false when another effect was answered */
export function onTargetFound(
  call: PlanCall,
  transfer: HandsetTransfer,
  event: PlanEvent & { type: 'target_found' },
): boolean {
  const { phase } = transfer;
  if (phase.type !== 'finding' || phase.effectId !== event.effectId) return false;
  const { to, reason } = event;
  if (to === null || isUnknownQueue(call, to))
    return phase.isOperatorGone ? endTalk(call, transfer) : refuse(call, transfer, reason ?? 'unknown queue');
  if (transfer.kind === 'blind' || phase.isOperatorGone || !canBeAsked(to)) return transferNow(call, transfer, to);
  ringTarget(call, transfer, to);
  return true;
}

/** Handles an event of the target that rings or has answered. @returns true when the event is done */
export function onTargetEvent(call: PlanCall, transfer: HandsetTransfer, event: PlanEvent): boolean {
  const { phase, operator } = transfer;
  if (!('to' in phase)) return false;
  const { legId, to } = phase;
  const change = legChange(legId, event);
  if (change === undefined) return false;
  if (change.type === 'answered' && phase.type === 'ringing') {
    const bridgeId = call.newId('b');
    call.request({ type: 'stop_ringing', channelId: operator.id });
    call.request({ type: 'bridge', bridgeId, channelIds: [operator.id, legId] });
    call.appendLog('consulting', { with: to });
    call.state.handsetTransfer = { ...transfer, phase: { type: 'consulting', legId, to, bridgeId } };
    return true;
  }
  if (phase.type === 'ringing' && change.type === 'dialling')
    call.state.handsetTransfer = { ...transfer, phase: { ...phase, known: true } };
  if (change.type !== 'over' && change.type !== 'left') return true;
  if (phase.type === 'ringing' && event.type === 'reconciled' && phase.known !== true) return true;
  const cause = change.type === 'over' ? change.cause : 'unknown';
  const reason = change.type === 'over' ? change.reason : undefined;
  call.appendLog('leg_over', { to, cause, reason });
  if (phase.type !== 'ringing') return returnToOutsideParty(call, transfer, 'target');
  call.request({ type: 'stop_ringing', channelId: operator.id });
  return refuse(call, transfer, reason ?? cause);
}

function isUnknownQueue(call: PlanCall, to: TransferTarget): boolean {
  return 'queue' in to && call.program.queues[String(to.queue)] === undefined;
}

function transferNow(call: PlanCall, transfer: HandsetTransfer, to: TransferTarget): true {
  call.state.handsetTransfer = undefined;
  call.appendLog('transferred', { to, by: transfer.operator.handset });
  answerKey(call, transfer, true);
  transferTo(call, { type: 'transfer', to });
  return true;
}
