import type { HangUpCause } from '../telephony/telephony.js';
import { moduleOf } from './actions/plan-actions.js';
import type { EndedBy } from './call-state.js';
import { currentAction } from './current-action.js';
import { hangUpRival } from './dial-out.js';
import { abandonTransfer } from './handset-transfer/resources.js';
import { endOverlays } from './overlays.js';
import type { ActionState, PlanCall } from './state.js';

/** How long Asterisk may take to hang up. */
const HANG_UP_MS = 10_000;

/** Requests the hang-up; the call ends when Asterisk reports that its channel is gone. */
export function hangUp(call: PlanCall, by: EndedBy, cause: HangUpCause): void {
  const { state, at } = call;
  hangUpRival(call);
  call.request({ type: 'hang_up', channelId: state.channelId, cause });
  call.appendLog('hang_up', { by, cause });
  Object.assign(state, { phase: 'hanging_up', action: null, endedBy: by, leashAt: null, hangUpBy: at + HANG_UP_MS });
}

/** How a call ends whose plan has ended: the phone of a handset whose own call reached nobody learns why. */
export function causeAtEndOfPlan({ handset, answeredAt, tally, result }: PlanCall['state']): HangUpCause {
  if (handset === null || answeredAt !== null || (tally?.refusal ?? null) !== null) return 'normal';
  if (result === 'USER_BUSY') return 'busy';
  return result === 'NO_ANSWER' || result === 'USER_NOT_REGISTERED' ? 'no_answer' : 'normal';
}

/**
 * Ends the call after its channel is gone. If the current action still has work, such as the last request of a
hand-over, the call is `settling` until that is done.
 *
 * @param data more for the timeline
 */
export function onCallerGone(call: PlanCall, by: EndedBy, data: Record<string, unknown>): void {
  const { state } = call;
  state.endedAt ??= call.at;
  state.endedBy ??= by;
  call.appendLog('ended', { by: state.endedBy, ...data });
  call.leaveQueue();
  call.endWait();
  call.endTalk();
  call.emit('hangup');
  call.reserveRecordingEvents();
  endOverlays(call);
  abandonTransfer(call);
  state.hearsMusic = undefined;
  state.pendingEnd = undefined;
  state.leashAt = state.hangUpBy = state.dialling = state.pendingRedirect = null;
  const rest = endAction(call);
  state.action = rest ?? null;
  state.phase = rest === undefined ? 'over' : 'settling';
}

/** @returns the state in which the current action finishes; undefined when it is done */
function endAction(call: PlanCall): ActionState | undefined {
  const { phase, action: state } = call.state;
  const action = currentAction(call);
  if (phase !== 'running' || state === null || action === undefined) return undefined;
  return moduleOf(state).onCallerGone(call, action, state);
}
