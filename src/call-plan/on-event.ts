import { onRecordingEvent } from '../telephony/recording.js';
import { applyCommand } from './commands.js';
import { connectionOf } from './call-snapshot.js';
import { isOutside } from './current-action.js';
import { onRivalEvent } from './dial-out.js';
import { onDigit } from './digits.js';
import { hangUp, onCallerGone } from './ending.js';
import type { PlanEvent } from './event.js';
import { onTransferEvent } from './handset-transfer/on-event.js';
import { forward, run } from './interpreter.js';
import { endAfterQueueEvents, endIfDecided } from './late-answer.js';
import { onOverlayEvent } from './overlays.js';
import { ownChannelEndedBy } from './company-party.js';
import { onDialling, onReconciled, onResumed } from './reconcile.js';
import { onWithdrawTimeout } from './redirect.js';
import { onParkedEvent } from './parking/on-event.js';
import type { PlanCall } from './state.js';
import { markMessageEnded, markMessageStarted } from './steps/recording.js';
import { renewLeases } from '../telephony/lease.js';

/** Events that still apply after the caller's channel is gone, while the call waits for late queue events. */
const LATE_EVENTS: ReadonlySet<PlanEvent['type']> = new Set([
  'commanded',
  'reconciled',
  'queue_answered',
  'queue_ringing',
  'queue_ring_over',
]);

/** Applies one event to a call that is not over. */
export function onEvent(call: PlanCall, event: PlanEvent): void {
  apply(call, event);
  endIfDecided(call);
}

function apply(call: PlanCall, event: PlanEvent): void {
  if (event.type === 'resumed') onResumed(call);
  else if (onRecordingEvent(call, event)) onMessageEvent(call, event);
  else if (onOverlayEvent(call, event)) return;
  else if (isOfFormerChannel(call, event)) apply(call, asLegEvent(event));
  else if (onTransferEvent(call, event) || onParkedEvent(call, event)) return;
  else if ('legId' in event && event.legId === call.state.channelId) onOwnLegEvent(call, event);
  else if ('legId' in event && event.legId === call.state.dialling?.rival?.legId) onRivalLegEvent(call, event);
  else onCallEvent(call, event);
}

/** The recording of a message is what its action waits for; recordings of talks run beside their actions. */
function onMessageEvent(call: PlanCall, event: PlanEvent): void {
  const { phase, action, pendingEnd } = call.state;
  if (event.type === 'recording_started') markMessageStarted(call, event.recordingId);
  else if (event.type === 'recording_finished') markMessageEnded(call, event.recordingId);
  if (phase === 'running' && pendingEnd === undefined && action?.type === 'take_message') forward(call, event);
}

type OwnChannelEvent = PlanEvent & { type: 'caller_gone' | 'caller_left' | 'digit' };

/** True for an event of the handset that made this call, after the other party's channel has become the call's own. */
function isOfFormerChannel({ state }: PlanCall, event: PlanEvent): event is OwnChannelEvent {
  const isOwn = event.type === 'caller_gone' || event.type === 'caller_left' || event.type === 'digit';
  return isOwn && event.channelId !== undefined && event.channelId !== state.channelId;
}

function asLegEvent(event: OwnChannelEvent): PlanEvent {
  const { at, channelId: legId = '' } = event;
  switch (event.type) {
    case 'caller_gone':
      return { type: 'leg_over', at, legId, cause: event.cause };
    case 'caller_left':
      return { type: 'leg_left', at, legId };
    case 'digit':
      return { type: 'leg_digit', at, legId, digit: event.digit, durationMs: event.durationMs };
  }
}

function onCallEvent(call: PlanCall, event: PlanEvent): void {
  const { phase, pendingEnd } = call.state;
  if (pendingEnd !== undefined && !LATE_EVENTS.has(event.type)) return;
  switch (event.type) {
    case 'commanded':
      applyCommand(call, event.command);
      return;
    case 'caller_gone':
      if (phase !== 'settling')
        endAfterQueueEvents(call, ownChannelEndedBy(call.state), { cause: event.cause, q850: event.q850 });
      return;
    case 'caller_left':
      if (isOutside(call.state)) forward(call, event);
      else if (phase !== 'settling') onCallerGone(call, 'fallback', {});
      return;
    case 'reconciled':
      onReconciled(call, event);
      return;
    case 'timer':
      onTimer(call, event);
      return;
    case 'digit':
      if (phase === 'running') onDigit(call, event);
      return;
    case 'leg_taken':
      hangUpStranger(call, event.legId);
      return;
    default:
      if (phase !== 'hanging_up') forward(call, event);
  }
}

/** A handset wanted to pick up a call that is not parked any more. */
function hangUpStranger(call: PlanCall, legId: string): void {
  const legs = connectionOf(call.state.action)?.legs ?? [];
  if (!legs.some(({ id }) => id === legId)) call.request({ type: 'hang_up', channelId: legId, cause: 'normal' });
}

/** The call's own channel is a leg that the gateway has dialled. */
function onOwnLegEvent(call: PlanCall, event: PlanEvent & { legId: string }): void {
  const { at } = event;
  if (event.type === 'leg_digit')
    onCallEvent(call, { type: 'digit', at, digit: event.digit, durationMs: event.durationMs });
  else if (call.state.phase === 'dialling') onDialling(call, event);
  else if (event.type === 'leg_left') onCallEvent(call, { type: 'caller_left', at });
  else if (event.type === 'leg_over' && call.state.phase !== 'settling')
    endAfterQueueEvents(call, ownChannelEndedBy(call.state), { cause: event.cause });
}

function onRivalLegEvent(call: PlanCall, event: PlanEvent): void {
  if (onRivalEvent(call, event) === 'answered') run(call);
}

function onTimer(call: PlanCall, event: PlanEvent & { type: 'timer' }): void {
  if (event.name === 'leash') {
    renewLeases(call, [call.state.channelId]);
    return;
  }
  call.appendLog('timer', { name: event.name });
  if (event.name === 'hang_up') onCallerGone(call, 'plan', { seen: 'never' });
  else if (event.name === 'dial') onDialTimeout(call);
  else if (event.name === 'order') onWithdrawTimeout(call);
  else forward(call, event);
}

function onDialTimeout(call: PlanCall): void {
  call.setProvisionalResult('NO_ANSWER');
  hangUp(call, 'unanswered', 'normal');
}
