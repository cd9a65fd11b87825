import type { BridgeStep } from './bridge-step.js';
import { onBridgeFault } from './termination.js';
import { dialParty, leaseLegsForTalk, partyOf } from './legs.js';
import { bridgeIdOf, startBridgeRecording } from './recording.js';
import { playSound, playPrompt, stopAnnouncement } from './announcements.js';
import type { LegName } from './state.js';

/** How long B may take to press the key after the answer. */
const CONFIRM_MS = 20_000;

/** The phases of a bridge up to the talk, without failures. */

export function onAAnswered(step: BridgeStep): void {
  step.setState('a_answered');
  if (announceRecording(step, 'a')) step.state.phase = 'announcing_a';
  else dialB(step);
}

export function onBAnswered(step: BridgeStep): void {
  const { confirmDigit } = step.program;
  if (confirmDigit === null) announceOrJoin(step);
  else {
    Object.assign(step.state, { phase: 'confirming', deadline: step.at + CONFIRM_MS });
    playSound(step, 'b', 'confirm');
  }
}

export function onConfirmDigit(step: BridgeStep, digit: string): void {
  const { state, program } = step;
  if (state.phase !== 'confirming' || digit !== program.confirmDigit) return;
  stopAnnouncement(step);
  state.deadline = null;
  announceOrJoin(step);
}

/** Continues after an announcement before the talk. */
export function onAnnouncementEnd(step: BridgeStep, outcome: 'played' | 'failed'): void {
  const { state } = step;
  // B can still press the key.
  if (state.phase === 'confirming') return;
  if (outcome === 'failed') state.mayRecord = false;
  if (state.phase === 'announcing_a') dialB(step);
  else if (state.phase === 'announcing_b') joinParties(step);
}

export function onJoinFailed(step: BridgeStep, reason: string): void {
  if (step.state.phase !== 'bridged') return;
  step.appendLog('fault', { message: reason });
  onBridgeFault(step);
}

/** Plays the recording announcement, if there is one. @returns whether it plays */
function announceRecording(step: BridgeStep, leg: LegName): boolean {
  const prompt = step.program.record?.announce ?? null;
  if (prompt === null || !step.state.mayRecord) return false;
  playPrompt(step, leg, prompt);
  return true;
}

function dialB(step: BridgeStep): void {
  const { state, program } = step;
  state.phase = 'dialing_b';
  if (program.waitAudio === 'ringback') step.request({ type: 'start_ringing', channelId: step.leg('a').id });
  dialParty(step, 'b');
  step.setState('dialing_b');
}

function announceOrJoin(step: BridgeStep): void {
  if (announceRecording(step, 'b')) step.state.phase = 'announcing_b';
  else joinParties(step);
}

function joinParties(step: BridgeStep): void {
  const { state, program, at } = step;
  const { a, b } = state.legs;
  const bridgeId = bridgeIdOf(state);
  if (program.waitAudio === 'ringback') step.request({ type: 'stop_ringing', channelId: a.id });
  leaseLegsForTalk(step);
  step.request({ type: 'bridge', bridgeId, channelIds: [a.id, b.id] });
  const { maxDurationMs, warningMs } = program;
  const warnAt = warningMs > 0 && warningMs < maxDurationMs ? at + maxDurationMs - warningMs : null;
  Object.assign(state, { phase: 'bridged', limitAt: at + maxDurationMs, warnAt });
  Object.assign(b, { since: at });
  state.standing.bridgedAt = at;
  step.appendLog('talking', { with: partyOf(state, b) });
  step.setState('bridged');
  if (state.mayRecord) startBridgeRecording(step);
}
