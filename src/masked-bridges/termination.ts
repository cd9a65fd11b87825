import type { LegCause } from '../telephony/leg-failure.js';
import type { BridgeStep } from './bridge-step.js';
import { failureOf, hangUp, renewLegLeases } from './legs.js';
import type { BridgeFailure, BridgeFailureDetail, BridgeStanding } from './port.js';
import { bridgeIdOf, promiseRecordings, stopRecording } from './recording.js';
import { say, stopSaying, tell } from './announcements.js';
import type { LegName } from './state.js';

/** All the ways in which a bridge ends. Whatever happens, nobody is left in the line. */

/** A leg is gone. */
export function legOver(step: BridgeStep, name: LegName, cause: LegCause): void {
  const { state } = step;
  const { phase } = state;
  step.leg(name).stands = 'over';
  if (phase === 'explaining') over(step);
  else if (phase === 'bridged') ended(step, cause === 'unknown' && isTimeOver(step) ? 'limit' : name);
  else if (name === 'b') bGone(step, cause);
  else if (phase === 'dialing_a') failed(step, 'a', failureOf(cause));
  else {
    state.leftBy = 'a';
    failed(step, 'a', { reason: 'canceled', detail: null });
  }
}

/** Who was called has not answered in time, or has not pressed the key. */
export function failedAt(step: BridgeStep): void {
  const { phase } = step.state;
  step.state.deadline = null;
  if (phase === 'dialing_a') failed(step, 'a', { reason: 'no_answer', detail: null });
  else if (phase === 'dialing_b') bFailed(step, 'no_answer', null);
  else if (phase === 'confirming') bFailed(step, 'no_answer', 'not_confirmed');
}

/** Whoever asked for it, or the company, wants it no more. */
export function cancel(step: BridgeStep): void {
  const { phase } = step.state;
  step.appendLog('commanded', { command: 'hang_up' });
  if (phase === 'explaining') over(step);
  else if (phase === 'bridged') ended(step, 'canceled');
  else failed(step, phase === 'dialing_a' ? 'a' : 'b', { reason: 'canceled', detail: null });
}

/** Asterisk has ended with all its calls. */
export function lost(step: BridgeStep): void {
  const { phase, legs } = step.state;
  legs.a.stands = 'over';
  if (legs.b.stands !== 'idle') legs.b.stands = 'over';
  if (phase === 'explaining') over(step);
  else if (phase === 'bridged') ended(step, 'asterisk');
  else failed(step, phase === 'dialing_a' ? 'a' : 'b', { reason: 'unreachable', detail: 'asterisk_restart' });
}

export function limitReached(step: BridgeStep): void {
  if (step.state.phase === 'bridged') ended(step, 'limit');
}

/** Asterisk has ended the talk for us, while nobody here looked. */
function isTimeOver({ state: { limitAt }, at }: BridgeStep): boolean {
  return limitAt !== null && at >= limitAt;
}

export function bridgeBroken(step: BridgeStep): void {
  ended(step, 'fault');
}

/** Both are told that the end is near. */
export function warn(step: BridgeStep): void {
  step.state.warnAt = null;
  if (step.state.phase !== 'bridged') return;
  for (const leg of ['a', 'b'] as const) tell(step, leg, 'ending');
}

/** A has heard why, as far as it could be said. */
export function explained(step: BridgeStep): void {
  over(step);
}

function bGone(step: BridgeStep, cause: LegCause): void {
  const { reason, detail } = failureOf(cause);
  const hasAnswered = step.state.phase !== 'dialing_b';
  if (hasAnswered && detail === null) bFailed(step, 'rejected', null);
  else bFailed(step, reason, detail);
}

/** Explained to A, who is hung up then. */
function bFailed(
  step: BridgeStep,
  reason: Exclude<BridgeFailure, 'canceled'>,
  detail: BridgeFailureDetail | null,
): void {
  const { state, program, at } = step;
  stopSaying(step);
  hangUp(step, 'b');
  Object.assign(state, { phase: 'explaining', deadline: null });
  if (program.waitAudio === 'ringback') step.request({ type: 'stop_ringing', channelId: step.leg('a').id });
  Object.assign(state.standing, { failed: { leg: 'b', reason, detail }, endedAt: at });
  step.reach('failed');
  renewLegLeases(step);
  say(step, 'a', reason);
}

function failed(
  step: BridgeStep,
  leg: LegName,
  why: { reason: BridgeFailure; detail: BridgeFailureDetail | null },
): void {
  Object.assign(step.state.standing, { failed: { leg, ...why }, endedAt: step.at });
  step.reach('failed');
  over(step);
}

function ended(step: BridgeStep, by: NonNullable<BridgeStanding['endedBy']>): void {
  const { state, at } = step;
  stopRecording(step);
  step.request({ type: 'unbridge', bridgeId: bridgeIdOf(state) });
  Object.assign(state.standing, { endedBy: by, endedAt: at });
  step.reach('ended');
  promiseRecordings(step);
  over(step);
}

/** Nothing happens any more, and nobody is left. */
function over(step: BridgeStep): void {
  const { state } = step;
  stopSaying(step);
  hangUp(step, 'a');
  hangUp(step, 'b');
  Object.assign(state, { phase: 'over', deadline: null, warnAt: null, limitAt: null, leashAt: null });
  const { endedBy, failed: why } = state.standing;
  step.appendLog('ended', { by: endedBy ?? why?.reason });
}
