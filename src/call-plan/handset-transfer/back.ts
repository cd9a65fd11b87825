import type { PlanCall } from '../state.js';
import { forward } from '../interpreter.js';
import { releaseTransfer } from './resources.js';
import { answeredPhase, type HandsetTransfer } from './state.js';
import { resumeTalk } from './talk.js';

/* Ends of a transfer without a new target. */

const REFUSAL_TONE_MS = 1500;

/** The operator hears a tone, and then talks with the outside party again. */
export function refuse(call: PlanCall, transfer: HandsetTransfer, reason: string): true {
  const toneId = call.newId('p');
  call.appendLog('transfer_refused', { reason });
  answerKey(call, transfer, false);
  call.request({ type: 'play_tone', channelId: transfer.operator.id, playbackId: toneId, tone: 'busy' });
  const phase = { type: 'refused' as const, toneId, until: call.at + REFUSAL_TONE_MS };
  call.state.handsetTransfer = { ...transfer, phase };
  return true;
}

/** Tells the phone whose transfer key began this. */
export function answerKey(call: PlanCall, { operator, keyedTarget }: HandsetTransfer, isAccepted: boolean): void {
  if (keyedTarget !== undefined) call.request({ type: 'answer_transfer', channelId: operator.id, isAccepted });
}

export function returnToOutsideParty(
  call: PlanCall,
  transfer: HandsetTransfer,
  why: 'operator' | 'timeout' | 'target' | 'refused',
): true {
  releaseTransfer(call, transfer);
  call.state.handsetTransfer = undefined;
  call.state.codeInput = undefined;
  call.appendLog('transfer_over', { why });
  if (!talksWithOutsideParty(transfer)) resumeTalk(call, transfer.operator);
  return true;
}

/** The operator has left the outside party without a target: the talk is over. */
export function endTalk(call: PlanCall, { operator }: HandsetTransfer): true {
  call.state.handsetTransfer = undefined;
  forward(call, { type: 'leg_over', at: call.at, legId: operator.id, cause: 'normal' });
  return true;
}

/** True while the operator and the outside party share a bridge. */
function talksWithOutsideParty(transfer: HandsetTransfer): boolean {
  const phase = answeredPhase(transfer);
  return phase !== undefined && phase.type !== 'consulting';
}
