import type { Flow } from '../kernel/flow.js';
import { counterAfterCrash } from '../kernel/flow.js';
import { playbackChange } from '../telephony/playback.js';
import { servedOutcome } from '../telephony/call-outcome.js';
import type { TelephonyEffect, TelephonyEvent } from '../telephony/telephony.js';
import type { Instant } from '../lib/clock.js';
import type { Effect, RuntimeEvent } from '../kernel/event.js';
import { flowIdOf } from '../kernel/ids.js';
import { StepBuilder } from '../kernel/step-builder.js';

export const FEATURE_CODE = 'duty';

/** The change that a feature code makes. Decided when the code is dialled, so that a crash never toggles twice. */
export type LoginChange = { to: 'log_in' | 'log_out' | 'unpause' } | { to: 'pause'; reason: string };

/** Shipped sounds. */
type ConfirmationSound = `duty-${'logged-in' | 'logged-out' | 'paused' | 'active' | 'no-queue' | 'failed'}`;

export interface FeatureCodeProgram {
  handset: string;
  /** The dialled code. */
  code: string;
  /** Languages of the sounds, in order of preference. */
  languages: string[];
  /** Null when there is nothing to change: then only `says` is played. */
  change: LoginChange | null;
  /** The sound that confirms the change. */
  says: ConfirmationSound;
}

export type FeatureCodeEffect =
  | TelephonyEffect
  /** Results in `duty_done`. Idempotent. */
  | (Effect & { type: 'duty'; handset: string; change: LoginChange });

export interface FeatureCodeState {
  flowId: string;
  channelId: string;
  handset: string;
  code: string;
  codec: string;
  phase: 'changing' | 'saying' | 'hanging_up' | 'over';
  says: ConfirmationSound;
  playbackId: string | null;
  /** Asterisk has accepted the playback. */
  accepted: boolean;
  /** The playback has failed once: the second failure is final. */
  isRetry?: boolean;
  startedAt: Instant;
  endedAt: Instant | null;
  endedBy: string | null;
  effects: number;
  /** The deadline of the phase. */
  giveUpAt: Instant;
}

const CHANGE_MS = 20_000;
/** From the change to the end of the confirmation, however long the change took. */
const CONFIRMATION_MS = 20_000;
const HANG_UP_MS = 10_000;

type Event = TelephonyEvent | RuntimeEvent;
type FeatureCodeStep = StepBuilder<FeatureCodeState, FeatureCodeEffect>;

/** A call to a feature code: changes the handset's queue memberships, plays a confirmation, and hangs up. */
export const featureCodeFlow: Flow<FeatureCodeProgram, FeatureCodeState, TelephonyEvent, FeatureCodeEffect> = {
  kind: FEATURE_CODE,

  begin(program, event) {
    if (event.type !== 'call_arrived') throw new Error(`a feature code begins with a call, not with ${event.type}`);
    const { channelId, codec, at, sip } = event;
    const { handset, code, says, change } = program;
    const fresh = { phase: 'changing', says, playbackId: null, accepted: false, endedAt: null, endedBy: null } as const;
    const step = new StepBuilder<FeatureCodeState, FeatureCodeEffect>(
      {
        flowId: flowIdOf(channelId),
        channelId,
        handset,
        code,
        codec,
        ...fresh,
        startedAt: at,
        effects: 0,
        giveUpAt: at + CHANGE_MS,
      },
      at,
    );
    step.appendLog('arrived', { line: code, caller: handset, ...sip, codec });
    step.request({ type: 'answer', channelId });
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
  isOver: ({ phase }) => phase === 'over',
  summary: ({ code, handset, startedAt, endedAt, endedBy }) => ({
    line: code,
    caller: handset,
    direction: 'incoming',
    startedAt,
    answeredAt: startedAt,
    endedAt,
    endedBy,
    at: FEATURE_CODE,
    outcome: endedAt === null ? undefined : servedOutcome(endedAt, endedBy),
  }),
  watched: ({ channelId, playbackId }) => ({
    channels: [channelId],
    playbacks: playbackId === null ? [] : [playbackId],
  }),
};

function handleEvent(step: FeatureCodeStep, program: FeatureCodeProgram, event: Event): void {
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
    case 'resumed':
      state.effects = counterAfterCrash(state.effects, state.startedAt, event.at);
      return;
    case 'caller_gone':
    case 'caller_left':
      end(step, 'caller');
      return;
    case 'reconciled': {
      const { channelId } = state;
      if (event.channels[channelId] === undefined || event.channels[channelId] === 'elsewhere')
        end(step, event.after === 'asterisk_restart' ? 'asterisk' : 'caller');
      else onPlaybackEvent(step, program, event);
      return;
    }
    case 'timer':
      if (state.phase === 'hanging_up') end(step, 'plan');
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

function hangUp(step: FeatureCodeStep): void {
  const { state, at } = step;
  if (state.phase === 'hanging_up') return;
  step.request({ type: 'hang_up', channelId: state.channelId, cause: 'normal' });
  Object.assign(state, { phase: 'hanging_up', giveUpAt: at + HANG_UP_MS });
}

function end(step: FeatureCodeStep, by: string): void {
  const endedBy = step.state.phase === 'hanging_up' ? 'plan' : by;
  step.appendLog('ended', { by: endedBy });
  Object.assign(step.state, { phase: 'over', endedAt: step.at, endedBy });
}
