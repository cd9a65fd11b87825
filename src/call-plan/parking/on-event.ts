import { dialLeg, legChange } from '../../telephony/leg.js';
import type { PlanEvent } from '../event.js';
import { TRANSFER_RINGS_MS } from '../handset-transfer/state.js';
import { connectWithTarget } from '../handset-transfer/talk.js';
import { redirect } from '../interpreter.js';
import type { PlanCall } from '../state.js';
import { ringBackMs } from './start.js';
import type { ParkedRing, ParkState } from './state.js';

/** Handles the events of a parked outside party. @returns true when the event is done */
export function onParkedEvent(call: PlanCall, event: PlanEvent): boolean {
  const { action, phase } = call.state;
  if (action?.type !== 'park' || phase !== 'running') return false;
  switch (event.type) {
    case 'place_found':
      return event.effectId === action.effectId && onPlaceFound(call, action, event.place);
    case 'timer':
      return onTimer(call, action, event.name);
    case 'leg_taken':
      return event.handset !== undefined && takeUp(call, action, event.legId, event.handset);
    case 'playback_finished':
    case 'playback_refused':
    case 'playback_lost':
      return event.playbackId === action.telling?.playbackId && endTelling(call, action);
    case 'effect_failed':
      return event.effect === 'start_music' || event.effect === 'stop_music' || event.effect === 'leash';
    default:
      return onRingEvent(call, action, event);
  }
}

/** Rings the handset of an operator who wants to talk with the parked outside party. */
export function pickUp(call: PlanCall, handset: string): void {
  const { action } = call.state;
  if (action?.type !== 'park') {
    call.refuse('not_now', 'the call is not parked');
    return;
  }
  call.appendLog('commanded', { command: 'pick_up', handset });
  if (action.ringing?.handset !== handset) ring(call, action, handset, false);
}

function onPlaceFound(call: PlanCall, park: ParkState, place: number | null): true {
  if (place === null) {
    call.appendLog('not_parked', { by: park.by });
    endTelling(call, park);
    ring(call, current(call, park), park.by, true);
    return true;
  }
  call.appendLog('parked', { place, by: park.by });
  call.state.action = { ...park, place, telling: tell(call, park, place) };
  return true;
}

/** Plays the number of the place to the operator who pressed the code. */
function tell(call: PlanCall, { telling }: ParkState, place: number): ParkState['telling'] {
  if (telling === undefined) return undefined;
  const playbackId = call.newId('p');
  const sounds = call.program.parking?.digits ?? [];
  const media = Array.from(String(place)).map((digit) => ({ prompt: sounds[Number(digit)] ?? 0 }));
  const { languages } = call.program.line;
  call.request({ type: 'play', channelId: telling.operator.id, playbackId, media, languages, codec: '' });
  return { ...telling, playbackId };
}

function endTelling(call: PlanCall, park: ParkState): true {
  if (park.telling !== undefined)
    call.request({ type: 'hang_up', channelId: park.telling.operator.id, cause: 'normal' });
  call.state.action = { ...park, telling: undefined };
  return true;
}

function onTimer(call: PlanCall, park: ParkState, name: string): boolean {
  if (name === 'park_told') return endTelling(call, park);
  if (name === 'park') {
    call.appendLog('timer', { name });
    ring(call, park, park.by, true);
    return true;
  }
  if (name !== 'park_ring' || park.ringing === undefined) return false;
  call.request({ type: 'hang_up', channelId: park.ringing.legId, cause: 'normal' });
  onUnanswered(call, park, park.ringing);
  return true;
}

function ring(call: PlanCall, park: ParkState, handset: string, isBack: boolean): void {
  if (park.ringing !== undefined) call.request({ type: 'hang_up', channelId: park.ringing.legId, cause: 'normal' });
  const legId = call.newId('l');
  dialLeg(call, {
    legId,
    to: { handset },
    line: call.program.line.number,
    callerId: call.state.caller.number || null,
    ringMs: TRANSFER_RINGS_MS,
    originatorId: call.state.channelId,
  });
  call.appendLog('dial', { to: { handset } });
  const ringing = { legId, handset, since: call.at, until: call.at + TRANSFER_RINGS_MS, isBack };
  call.state.action = { ...park, ringing };
}

function onRingEvent(call: PlanCall, park: ParkState, event: PlanEvent): boolean {
  const { ringing, telling } = park;
  if (telling !== undefined && 'legId' in event && event.legId === telling.operator.id) {
    if (event.type === 'leg_over' || event.type === 'leg_left') call.state.action = { ...park, telling: undefined };
    return true;
  }
  if (ringing === undefined) return false;
  switch (legChange(ringing.legId, event)?.type) {
    case 'dialling':
      call.state.action = { ...park, ringing: { ...ringing, known: true } };
      return true;
    case 'ringing':
      return true;
    case 'answered':
      return connect(call, park, ringing.legId, ringing.handset);
    case 'over':
    case 'left':
      if (event.type !== 'reconciled' || ringing.known === true) onUnanswered(call, park, ringing);
      return true;
    case undefined:
      return false;
  }
}

/** A handset has dialled the code of the place. */
function takeUp(call: PlanCall, park: ParkState, legId: string, handset: string): true {
  if (park.ringing !== undefined) call.request({ type: 'hang_up', channelId: park.ringing.legId, cause: 'normal' });
  call.request({ type: 'answer', channelId: legId });
  return connect(call, park, legId, handset);
}

function connect(call: PlanCall, park: ParkState, legId: string, handset: string): true {
  endTelling(call, park);
  call.appendLog('picked_up', { handset });
  connectWithTarget(call, legId, { handset }, call.newId('b'), park.record);
  return true;
}

/** The operator who parked has not answered: on to the configured queue, or parked for another while. */
function onUnanswered(call: PlanCall, park: ParkState, { handset, isBack }: ParkedRing): void {
  call.appendLog('leg_over', { to: { handset }, cause: 'no_answer' });
  const queue = call.program.parking?.queue;
  call.state.action = { ...park, ringing: undefined, until: isBack ? call.at + ringBackMs(call) : park.until };
  if (!isBack || queue === undefined || call.program.queues[String(queue)] === undefined) return;
  endTelling(call, current(call, park));
  call.endWait();
  redirect(call, [{ enqueue: { queue } }]);
}

function current(call: PlanCall, park: ParkState): ParkState {
  return call.state.action?.type === 'park' ? call.state.action : park;
}
