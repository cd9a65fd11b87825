import type { LegCause } from '../telephony/leg-failure.js';
import type { BridgeStep } from './bridge-step.js';
import { bridgeFailureOf, hangUpParty, renewLegLeases } from './legs.js';
import type { BridgeFailure, BridgeFailureDetail, BridgeStatus } from './port.js';
import { bridgeIdOf, reserveRecordingEvents, stopBridgeRecordings } from './recording.js';
import { playSound, stopAnnouncement, playIntoTalk } from './announcements.js';
import type { LegName } from './state.js';

/** All ends of a bridge. Each of them hangs up every leg that is left. */

/** Ends or continues the bridge after a leg has ended. */
export function endAfterLeg(step: BridgeStep, name: LegName, cause: LegCause): void {
  const { state } = step;
  const { phase } = state;
  step.leg(name).stands = 'over';
  if (phase === 'explaining') finishBridge(step);
  else if (phase === 'bridged') endTalk(step, cause === 'unknown' && isTimeOver(step) ? 'limit' : name);
  else if (name === 'b') onBGone(step, cause);
  else if (phase === 'dialing_a') failBridge(step, 'a', bridgeFailureOf(cause));
  else {
    state.leftBy = 'a';
    failBridge(step, 'a', { reason: 'canceled', detail: null });
  }
}

/** Fails the bridge: the ringing leg was not answered in time, or B has not pressed the key. */
export function onDeadline(step: BridgeStep): void {
  const { phase } = step.state;
  step.state.deadline = null;
  if (phase === 'dialing_a') failBridge(step, 'a', { reason: 'no_answer', detail: null });
  else if (phase === 'dialing_b') failB(step, 'no_answer', null);
  else if (phase === 'confirming') failB(step, 'no_answer', 'not_confirmed');
}

/** Ends the bridge by a command. */
export function cancel(step: BridgeStep): void {
  const { phase } = step.state;
  step.appendLog('commanded', { command: 'hang_up' });
  if (phase === 'explaining') finishBridge(step);
  else if (phase === 'bridged') endTalk(step, 'canceled');
  else failBridge(step, phase === 'dialing_a' ? 'a' : 'b', { reason: 'canceled', detail: null });
}

/** Ends the bridge after a restart of Asterisk, which has lost all calls. */
export function onAsteriskRestart(step: BridgeStep): void {
  const { phase, legs } = step.state;
  legs.a.stands = 'over';
  if (legs.b.stands !== 'idle') legs.b.stands = 'over';
  if (phase === 'explaining') finishBridge(step);
  else if (phase === 'bridged') endTalk(step, 'asterisk');
  else failBridge(step, phase === 'dialing_a' ? 'a' : 'b', { reason: 'unreachable', detail: 'asterisk_restart' });
}

export function onLimit(step: BridgeStep): void {
  if (step.state.phase === 'bridged') endTalk(step, 'limit');
}

/** True when Asterisk has ended the talk at its limit while the gateway was down. */
function isTimeOver({ state: { limitAt }, at }: BridgeStep): boolean {
  return limitAt !== null && at >= limitAt;
}

export function onBridgeFault(step: BridgeStep): void {
  endTalk(step, 'fault');
}

/** Plays the warning to both parties. */
export function playWarning(step: BridgeStep): void {
  step.state.warnAt = null;
  if (step.state.phase !== 'bridged') return;
  for (const leg of ['a', 'b'] as const) playIntoTalk(step, leg, 'ending');
}

/** Ends the bridge after the explanation to A, played or failed. */
export function finishExplanation(step: BridgeStep): void {
  finishBridge(step);
}

function onBGone(step: BridgeStep, cause: LegCause): void {
  const { reason, detail } = bridgeFailureOf(cause);
  const hasAnswered = step.state.phase !== 'dialing_b';
  if (hasAnswered && detail === null) failB(step, 'rejected', null);
  else failB(step, reason, detail);
}

/** Fails leg B and explains the reason to A, who is hung up afterwards. */
function failB(step: BridgeStep, reason: Exclude<BridgeFailure, 'canceled'>, detail: BridgeFailureDetail | null): void {
  const { state, program, at } = step;
  stopAnnouncement(step);
  hangUpParty(step, 'b');
  Object.assign(state, { phase: 'explaining', deadline: null });
  if (program.waitAudio === 'ringback') step.request({ type: 'stop_ringing', channelId: step.leg('a').id });
  Object.assign(state.standing, { failed: { leg: 'b', reason, detail }, endedAt: at });
  step.setState('failed');
  renewLegLeases(step);
  playSound(step, 'a', reason);
}

function failBridge(
  step: BridgeStep,
  leg: LegName,
  why: { reason: BridgeFailure; detail: BridgeFailureDetail | null },
): void {
  Object.assign(step.state.standing, { failed: { leg, ...why }, endedAt: step.at });
  step.setState('failed');
  finishBridge(step);
}

function endTalk(step: BridgeStep, by: NonNullable<BridgeStatus['endedBy']>): void {
  const { state, at } = step;
  stopBridgeRecordings(step);
  step.request({ type: 'unbridge', bridgeId: bridgeIdOf(state) });
  Object.assign(state.standing, { endedBy: by, endedAt: at });
  step.setState('ended');
  reserveRecordingEvents(step);
  finishBridge(step);
}

/** Ends the flow and hangs up both legs. */
function finishBridge(step: BridgeStep): void {
  const { state } = step;
  stopAnnouncement(step);
  hangUpParty(step, 'a');
  hangUpParty(step, 'b');
  Object.assign(state, { phase: 'over', deadline: null, warnAt: null, limitAt: null, leashAt: null });
  const { endedBy, failed: why } = state.standing;
  step.appendLog('ended', { by: endedBy ?? why?.reason });
}
