import type { PlanCall } from '../state.js';
import type { HandsetTransfer } from './state.js';

/** Ends a transfer without connecting anybody: the call is over, or is taken over by a command. */
export function abandonTransfer(call: PlanCall): void {
  const { handsetTransfer: transfer } = call.state;
  if (transfer === undefined) return;
  releaseTransfer(call, transfer);
  // Before the talk has been taken over, no action of the call knows the handset.
  if (transfer.phase.type === 'taking') hangUp(call, transfer.operator.id);
  call.state.handsetTransfer = undefined;
}

/** Removes what the present phase has in Asterisk, except the operator's channel and the talk with the outside party. */
export function releaseTransfer(call: PlanCall, { operator, phase, returning }: HandsetTransfer): void {
  if (returning !== undefined) hangUp(call, returning.legId);
  switch (phase.type) {
    case 'dialling':
      if (phase.toneId !== null) call.request({ type: 'stop_play', playbackId: phase.toneId });
      return;
    case 'refused':
      call.request({ type: 'stop_play', playbackId: phase.toneId });
      return;
    case 'ringing':
      call.request({ type: 'stop_ringing', channelId: operator.id });
      hangUp(call, phase.legId);
      return;
    case 'consulting':
      call.request({ type: 'unbridge', bridgeId: phase.bridgeId });
      hangUp(call, phase.legId);
      return;
    case 'swapped':
    case 'conference':
      hangUp(call, phase.legId);
      return;
    case 'locating':
    case 'taking':
    case 'finding':
      return;
  }
}

function hangUp(call: PlanCall, channelId: string): void {
  call.request({ type: 'hang_up', channelId, cause: 'normal' });
}
