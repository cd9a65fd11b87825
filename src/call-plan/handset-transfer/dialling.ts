import { canBeAsked } from '../../telephony/command.js';
import { dialLeg } from '../../telephony/leg.js';
import type { DialTarget } from '../../telephony/telephony.js';
import { parkOutsideParty } from '../parking/start.js';
import type { PlanCall } from '../state.js';
import { TRANSFER_RINGS_MS, type HandsetTransfer } from './state.js';

/** Until the first key. */
const FIRST_KEY_MS = 10_000;

/** Both parties are in the application: parks, dials the target that a command named, or lets the operator dial one. */
export function proceedToTarget(call: PlanCall, transfer: HandsetTransfer): void {
  const { wanted, keyedTarget } = transfer;
  if (keyedTarget !== undefined) lookUp(call, transfer, keyedTarget, false);
  else if (transfer.kind === 'park') parkOutsideParty(call, transfer);
  else if (wanted !== undefined && canBeAsked(wanted)) ringTarget(call, transfer, wanted);
  else startDialling(call, transfer);
}

/** The operator hears a dial tone and dials the target. */
function startDialling(call: PlanCall, transfer: HandsetTransfer): void {
  const toneId = call.newId('p');
  call.request({ type: 'play_tone', channelId: transfer.operator.id, playbackId: toneId, tone: 'dial' });
  const phase = { type: 'dialling' as const, digits: '', toneId, until: call.at + FIRST_KEY_MS };
  call.state.handsetTransfer = { ...transfer, phase };
}

/** Looks up what the operator has dialled, or what the phone has named. */
export function lookUp(call: PlanCall, transfer: HandsetTransfer, digits: string, isOperatorGone: boolean): void {
  const effectId = call.request({ type: 'find_target', digits });
  call.state.handsetTransfer = { ...transfer, phase: { type: 'finding', effectId, isOperatorGone } };
}

/** Rings the target for the operator, who hears ringing. */
export function ringTarget(call: PlanCall, transfer: HandsetTransfer, to: DialTarget): void {
  const legId = call.newId('l');
  const { operator } = transfer;
  dialLeg(call, {
    legId,
    to,
    line: call.program.line.number,
    callerId: 'handset' in to ? operator.handset : call.program.line.callerId,
    ringMs: TRANSFER_RINGS_MS,
    originatorId: operator.id,
    by: 'number' in to ? operator.handset : undefined,
  });
  call.request({ type: 'start_ringing', channelId: operator.id });
  call.appendLog('dial', { to });
  const phase = { type: 'ringing' as const, legId, to, since: call.at, until: call.at + TRANSFER_RINGS_MS };
  call.state.handsetTransfer = { ...transfer, phase };
}
