import type { BridgeStep } from './bridge-step.js';
import { bridgeBroken } from './termination.js';
import { dial, leaseLegsForTalk, whoIs } from './legs.js';
import { bridgeIdOf, startRecording } from './recording.js';
import { say, sayPrompt, stopSaying } from './announcements.js';
import type { LegName } from './state.js';

/** B has to press the key within so long of answering. */
const CONFIRM_MS = 20_000;

/** The way of a bridge from one stage to the next, as long as all goes well. */

export function aAnswered(step: BridgeStep): void {
  step.reach('a_answered');
  if (announces(step, 'a')) step.state.phase = 'announcing_a';
  else dialB(step);
}

export function bAnswered(step: BridgeStep): void {
  const { confirmDigit } = step.program;
  if (confirmDigit === null) confirmed(step);
  else {
    Object.assign(step.state, { phase: 'confirming', deadline: step.at + CONFIRM_MS });
    say(step, 'b', 'confirm');
  }
}

export function bConfirms(step: BridgeStep, digit: string): void {
  const { state, program } = step;
  if (state.phase !== 'confirming' || digit !== program.confirmDigit) return;
  stopSaying(step);
  state.deadline = null;
  confirmed(step);
}

/** What was said before the talk is over. */
export function said(step: BridgeStep, outcome: 'played' | 'failed'): void {
  const { state } = step;
  // The key can still be pressed.
  if (state.phase === 'confirming') return;
  if (outcome === 'failed') state.mayRecord = false;
  if (state.phase === 'announcing_a') dialB(step);
  else if (state.phase === 'announcing_b') join(step);
}

export function joinFailed(step: BridgeStep, reason: string): void {
  if (step.state.phase !== 'bridged') return;
  step.appendLog('fault', { message: reason });
  bridgeBroken(step);
}

/** Nobody could be recorded without having been told. */
function announces(step: BridgeStep, leg: LegName): boolean {
  const prompt = step.program.record?.announce ?? null;
  if (prompt === null || !step.state.mayRecord) return false;
  sayPrompt(step, leg, prompt);
  return true;
}

function dialB(step: BridgeStep): void {
  const { state, program } = step;
  state.phase = 'dialing_b';
  if (program.waitAudio === 'ringback') step.request({ type: 'start_ringing', channelId: step.leg('a').id });
  dial(step, 'b');
  step.reach('dialing_b');
}

function confirmed(step: BridgeStep): void {
  if (announces(step, 'b')) step.state.phase = 'announcing_b';
  else join(step);
}

function join(step: BridgeStep): void {
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
  step.appendLog('talking', { with: whoIs(state, b) });
  step.reach('bridged');
  if (state.mayRecord) startRecording(step);
}
