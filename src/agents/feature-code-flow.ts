import type { Flow } from '../kernel/flow.js';
import { playbackChange } from '../telephony/playback.js';
import type { TelephonyEffect, TelephonyEvent } from '../telephony/telephony.js';
import type { Effect, RuntimeEvent } from '../kernel/event.js';
import { StepBuilder } from '../kernel/step-builder.js';
import {
  answerArrival,
  arrivedState,
  codeCallParts,
  endCall,
  hangUp,
  onCallEvent,
  type CodeCallProgram,
  type CodeCallState,
} from './code-call.js';

export const FEATURE_CODE = 'duty';

/** The change that a feature code makes. Decided when the code is dialled, so that a crash never toggles twice. */
export type LoginChange = { to: 'log_in' | 'log_out' | 'unpause' } | { to: 'pause'; reason: string };

/** Shipped sounds. */
type ConfirmationSound = `duty-${'logged-in' | 'logged-out' | 'paused' | 'active' | 'no-queue' | 'failed'}`;

export interface FeatureCodeProgram extends CodeCallProgram {
  /** Null when there is nothing to change: then only `says` is played. */
  change: LoginChange | null;
  /** The sound that confirms the change. */
  says: ConfirmationSound;
}

export type FeatureCodeEffect =
  | TelephonyEffect
  /** Results in `duty_done`. Idempotent. */
  | (Effect & { type: 'duty'; handset: string; change: LoginChange });

export interface FeatureCodeState extends CodeCallState<'changing' | 'saying'> {
  says: ConfirmationSound;
  /** The playback has failed once: the second failure is final. */
  isRetry?: boolean;
}

const CHANGE_MS = 20_000;
/** From the change to the end of the confirmation, however long the change took. */
const CONFIRMATION_MS = 20_000;

type Event = TelephonyEvent | RuntimeEvent;
type FeatureCodeStep = StepBuilder<FeatureCodeState, FeatureCodeEffect>;

/** A call to a feature code: changes the handset's queue memberships, plays a confirmation, and hangs up. */
export const featureCodeFlow: Flow<FeatureCodeProgram, FeatureCodeState, TelephonyEvent, FeatureCodeEffect> = {
  ...codeCallParts(FEATURE_CODE),

  begin(program, event) {
    if (event.type !== 'call_arrived') throw new Error(`a feature code begins with a call, not with ${event.type}`);
    const { at } = event;
    const { handset, says, change } = program;
    const step = new StepBuilder<FeatureCodeState, FeatureCodeEffect>(
      { ...arrivedState(program, event), phase: 'changing', says, giveUpAt: at + CHANGE_MS },
      at,
    );
    answerArrival(step, event);
    if (change === null) playConfirmation(step, program, says);
    else step.request({ type: 'duty', handset, change });
    return step.toStep();
  },

  step(program, before, event) {
    if (before.phase === 'over') return { state: before, effects: [], log: [] };
    const step = new StepBuilder<FeatureCodeState, FeatureCodeEffect>(before, event.at);
    handleEvent(step, program, event);
    return step.toStep();
  },

  timers: ({ phase, giveUpAt }) => (phase === 'over' ? {} : { give_up: giveUpAt }),
};

function handleEvent(step: FeatureCodeStep, program: FeatureCodeProgram, event: Event): void {
  if (onCallEvent(step, event)) return;
  const { state } = step;
  switch (event.type) {
    case 'duty_done':
      step.appendLog('duty', { handset: program.handset, ...program.change });
      if (state.phase === 'changing') playConfirmation(step, program, program.says);
      return;
    case 'effect_failed':
      if (event.effect === 'duty') step.appendLog('duty', { handset: program.handset, failed: event.reason });
      if (event.effect === 'duty' && state.phase === 'changing') playConfirmation(step, program, 'duty-failed');
      else if (state.phase === 'saying') hangUp(step);
      return;
    case 'timer':
      if (state.phase === 'hanging_up') endCall(step, 'plan');
      else hangUp(step);
      return;
    default:
      onPlaybackEvent(step, program, event);
  }
}

function onPlaybackEvent(step: FeatureCodeStep, program: FeatureCodeProgram, event: Event): void {
  const { state } = step;
  const { phase, playbackId, accepted: isAccepted, isRetry = false } = state;
  if (phase !== 'saying' || playbackId === null) return;
  const change = playbackChange(step, { playbackId, isAccepted, isRetry }, event);
  if (change?.type === 'playback_accepted') state.accepted = true;
  else if (change?.type === 'over') hangUp(step);
  else if (change?.type === 'again') {
    playConfirmation(step, program, state.says);
    if (change.isRetry) state.isRetry = true;
  }
}

function playConfirmation(step: FeatureCodeStep, { languages }: FeatureCodeProgram, sound: ConfirmationSound): void {
  const { state, at } = step;
  const { channelId, codec } = state;
  // A repetition shares the deadline of the first attempt.
  if (state.phase !== 'saying') state.giveUpAt = at + CONFIRMATION_MS;
  const playbackId = step.newId('p');
  Object.assign(state, { phase: 'saying', says: sound, playbackId, accepted: false });
  step.request({ type: 'play', channelId, playbackId, media: [{ sound }], languages, codec });
}
