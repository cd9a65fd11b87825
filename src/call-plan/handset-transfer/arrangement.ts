import { connectionOf } from '../call-snapshot.js';
import type { PlanCall } from '../state.js';
import type { AnsweredPhase, HandsetTransfer } from './state.js';
import { connectWithTarget, resumeTalk, separateTalk } from './talk.js';

/*
 * Who hears whom once the target of an attended transfer has answered: operator and target, operator and outside party, or all three.
 */

/** Moves the three parties from one arrangement into another. */
export function arrange(
  call: PlanCall,
  transfer: HandsetTransfer,
  from: AnsweredPhase,
  wanted: AnsweredPhase['type'],
): void {
  const { operator } = transfer;
  const { legId, to } = from;
  takeApart(call, from);
  const next = withTargetMusic(call, transfer, legId, wanted === 'swapped');
  const enter = (phase: AnsweredPhase) => (call.state.handsetTransfer = { ...next, phase });
  switch (wanted) {
    case 'consulting': {
      const bridgeId = call.newId('b');
      call.startMusic();
      call.request({ type: 'bridge', bridgeId, channelIds: [operator.id, legId] });
      call.appendLog('consulting', { with: to });
      enter({ type: 'consulting', legId, to, bridgeId });
      return;
    }
    case 'swapped':
      resumeTalk(call, operator);
      enter({ type: 'swapped', legId, to });
      return;
    case 'conference':
      resumeTalk(call, operator, [legId]);
      call.appendLog('conference', { with: to });
      enter({ type: 'conference', legId, to, before: from.type === 'swapped' ? 'swapped' : 'consulting' });
  }
}

/** Connects the outside party with the target, without the operator: the transfer is done. */
export function completeTransfer(call: PlanCall, transfer: HandsetTransfer, phase: AnsweredPhase): void {
  const { legId, to } = phase;
  const { operator, returning } = transfer;
  if (returning !== undefined) call.request({ type: 'hang_up', channelId: returning.legId, cause: 'normal' });
  call.appendLog('transferred', { to, by: operator.handset });
  if (phase.type !== 'consulting') takeApart(call, phase);
  withTargetMusic(call, transfer, legId, false);
  call.state.handsetTransfer = undefined;
  connectWithTarget(call, legId, to, phase.type === 'consulting' ? phase.bridgeId : call.newId('b'));
}

/**
 * The outside party has left the conference: operator and target talk on, and the target takes the outside party's place in the
 * call. They are not recorded.
 */
export function continueWithTarget(call: PlanCall, { operator }: HandsetTransfer, { legId, to }: AnsweredPhase): void {
  const { state } = call;
  const talk = connectionOf(state.action);
  if (talk?.recordingId !== undefined) call.request({ type: 'record_stop', recordingId: talk.recordingId });
  call.endRecordings(call.at);
  call.appendLog('party_left', { talking: [{ handset: operator.handset }, to] });
  Object.assign(state, {
    channelId: legId,
    codec: '',
    hearsMusic: undefined,
    handsetTransfer: undefined,
    afterTalk: undefined,
  });
  if (talk !== undefined && state.action?.type === 'ring')
    state.action = { type: 'ring', ringing: { ...talk, record: false, recordingId: undefined } };
}

/** Rebuilds the present arrangement with a new channel of the operator. */
export function addOperator(call: PlanCall, operatorId: string, phase: AnsweredPhase): void {
  const bridgeId = phase.type === 'consulting' ? phase.bridgeId : connectionOf(call.state.action)?.bridgeId;
  if (bridgeId != null) call.request({ type: 'bridge', bridgeId, channelIds: [operatorId] });
}

function takeApart(call: PlanCall, phase: AnsweredPhase): void {
  if (phase.type === 'consulting') call.request({ type: 'unbridge', bridgeId: phase.bridgeId });
  else separateTalk(call);
}

function withTargetMusic(call: PlanCall, transfer: HandsetTransfer, legId: string, plays: boolean): HandsetTransfer {
  if ((transfer.targetHearsMusic === true) === plays) return transfer;
  call.request({ type: plays ? 'start_music' : 'stop_music', channelId: legId });
  return { ...transfer, targetHearsMusic: plays ? true : undefined };
}
