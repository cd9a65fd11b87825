import type { Command, TransferStep } from '../../telephony/command.js';
import type { PlanCall } from '../state.js';
import { arrange, completeTransfer } from './arrangement.js';
import { returnToOutsideParty } from './back.js';
import { abandonTransfer } from './resources.js';
import { ringOperatorAgain } from './returning.js';
import { beginCommandedTransfer } from './start.js';
import { answeredPhase, type AnsweredPhase, type HandsetTransfer } from './state.js';

/** Begins a transfer in which the operator asks the target first. */
export function consult(call: PlanCall, { to, handset }: Command & { type: 'consult' }): void {
  if ('handset' in to && to.handset === handset) {
    call.refuse('unknown_target', 'the handset cannot ask itself');
    return;
  }
  if (!beginCommandedTransfer(call, handset, { kind: 'attended', wanted: to })) {
    call.refuse('not_now', 'the handset does not talk in this call');
    return;
  }
  call.appendLog('commanded', { command: 'consult', to, handset });
}

/** Parks the outside party of the talk in which this handset takes part. */
export function park(call: PlanCall, { handset }: Command & { type: 'park' }): void {
  if (!beginCommandedTransfer(call, handset, { kind: 'park', isCommanded: true }))
    call.refuse('not_now', 'the handset does not talk in this call');
  else call.appendLog('commanded', { command: 'park', handset });
}

/** Takes the next step of a transfer whose target was asked. */
export function advanceTransfer(call: PlanCall, step: TransferStep): void {
  const { handsetTransfer: transfer } = call.state;
  if (transfer === undefined || !isAllowed(transfer, step)) {
    call.refuse('not_now', 'the transfer does not allow this step now');
    return;
  }
  call.appendLog('commanded', { command: `transfer_${step}`, handset: transfer.operator.handset });
  takeStep(call, transfer, step);
}

/**
 * The operator's own phone is named as the target of the present transfer: it has lost the call.
 * @returns false when no transfer is in progress any more, and the phone is to ring as in any other talk
 */
export function takeOperatorBack(call: PlanCall, transfer: HandsetTransfer): boolean {
  switch (transfer.phase.type) {
    case 'dialling':
    case 'refused':
      abandonTransfer(call);
      return false;
    default:
      if (!ringOperatorAgain(call, transfer))
        call.refuse('not_now', 'the transfer is about to begin; try again in a moment');
      return true;
  }
}

function isAllowed({ phase }: HandsetTransfer, step: TransferStep): boolean {
  switch (phase.type) {
    case 'ringing':
      return step === 'return';
    case 'consulting':
    case 'swapped':
      return step !== 'separate';
    case 'conference':
      return step !== 'swap' && step !== 'join';
    default:
      return false;
  }
}

function takeStep(call: PlanCall, transfer: HandsetTransfer, step: TransferStep): void {
  const phase = answeredPhase(transfer);
  if (phase === undefined || step === 'return') returnToOutsideParty(call, transfer, 'operator');
  else if (step === 'connect') {
    call.request({ type: 'hang_up', channelId: transfer.operator.id, cause: 'normal' });
    completeTransfer(call, transfer, phase);
  } else arrange(call, transfer, phase, nextArrangement(phase, step));
}

function nextArrangement(phase: AnsweredPhase, step: 'swap' | 'join' | 'separate'): AnsweredPhase['type'] {
  if (step === 'join') return 'conference';
  if (phase.type === 'conference') return phase.before;
  return phase.type === 'swapped' ? 'consulting' : 'swapped';
}
