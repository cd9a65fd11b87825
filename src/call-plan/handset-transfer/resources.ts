import type { PlanCall } from '../state.js';
import type { HandsetTransfer } from './state.js';

/** Ends a transfer without connecting anybody: the call is over, or is taken over by a command. */
export function abandonTransfer(call: PlanCall): void {
  const { handsetTransfer: transfer } = call.state;
  if (transfer === undefined) return;
  releaseTransfer(call, transfer);
  // Before the talk has been taken over, no action of the call knows the handset.
  if (transfer.phase.type === 'taking')
    call.request({ type: 'hang_up', channelId: transfer.operator.id, cause: 'normal' });
  call.state.handsetTransfer = undefined;
}

/** Removes what the present phase has in Asterisk, except the operator's channel. */
export function releaseTransfer(call: PlanCall, { operator, phase }: HandsetTransfer): void {
  switch (phase.type) {
    case 'dialling':
      if (phase.toneId !== null) call.request({ type: 'stop_play', playbackId: phase.toneId });
      return;
    case 'refused':
      call.request({ type: 'stop_play', playbackId: phase.toneId });
      return;
    case 'ringing':
      call.request({ type: 'stop_ringing', channelId: operator.id });
      call.request({ type: 'hang_up', channelId: phase.legId, cause: 'normal' });
      return;
    case 'consulting':
      call.request({ type: 'unbridge', bridgeId: phase.bridgeId });
      call.request({ type: 'hang_up', channelId: phase.legId, cause: 'normal' });
      return;
    case 'taking':
    case 'finding':
      return;
  }
}
