import type { EffectRequest, RuntimeEvent } from '../kernel/event.js';
import { counterAfterCrash, type Flow } from '../kernel/flow.js';
import { flowIdOf } from '../kernel/ids.js';
import type { Instant } from '../lib/clock.js';
import { servedOutcome } from '../telephony/call-outcome.js';
import type { TelephonyEffect, TelephonyEvent } from '../telephony/telephony.js';

/** What the calls of handsets to codes have in common: the gateway answers, plays sounds to the handset, and hangs up. */

export interface CodeCallProgram {
  handset: string;
  /** The dialled code. */
  code: string;
  /** Languages of the sounds, in order of preference. */
  languages: string[];
}

/** `Phase`: those of the kind of call, before its end. */
export interface CodeCallState<Phase extends string = string> {
  flowId: string;
  channelId: string;
  handset: string;
  code: string;
  codec: string;
  phase: Phase | 'hanging_up' | 'over';
  playbackId: string | null;
  /** Asterisk has accepted the playback. */
  accepted: boolean;
  startedAt: Instant;
  endedAt: Instant | null;
  endedBy: string | null;
  effects: number;
  /** The deadline of the phase. */
  giveUpAt: Instant;
}

interface CodeCallStep {
  readonly state: CodeCallState;
  readonly at: Instant;
  request(effect: EffectRequest<TelephonyEffect>): string;
  appendLog(kind: string, data?: Record<string, unknown>): void;
}

type Arrival = Extract<TelephonyEvent, { type: 'call_arrived' }>;

const HANG_UP_MS = 10_000;

/** Where each call begins. */
export function arrivedState({ handset, code }: CodeCallProgram, { channelId, codec, at }: Arrival) {
  const fresh = { playbackId: null, accepted: false, endedAt: null, endedBy: null, effects: 0 };
  return { flowId: flowIdOf(channelId), channelId, handset, code, codec, ...fresh, startedAt: at };
}

export function answerArrival(step: CodeCallStep, { sip }: Arrival): void {
  const { code, handset, channelId, codec } = step.state;
  step.appendLog('arrived', { line: code, caller: handset, ...sip, codec });
  step.request({ type: 'answer', channelId });
}

/** The parts of a flow that depend on nothing else. */
export function codeCallParts(kind: string) {
  return {
    kind,
    isOver: ({ phase }) => phase === 'over',
    summary: ({ code, handset, startedAt, endedAt, endedBy }) => ({
      line: code,
      caller: handset,
      direction: 'incoming',
      startedAt,
      answeredAt: startedAt,
      endedAt,
      endedBy,
      at: kind,
      outcome: endedAt === null ? undefined : servedOutcome(endedAt, endedBy),
    }),
    watched: ({ channelId, playbackId }) => ({
      channels: [channelId],
      playbacks: playbackId === null ? [] : [playbackId],
    }),
  } satisfies Partial<Flow<unknown, CodeCallState, TelephonyEvent, TelephonyEffect>>;
}

/** Handles what ends each call from outside, and a crash of the gateway. @returns false for everything else */
export function onCallEvent(step: CodeCallStep, event: TelephonyEvent | RuntimeEvent): boolean {
  const { state } = step;
  switch (event.type) {
    case 'resumed':
      state.effects = counterAfterCrash(state.effects, state.startedAt, event.at);
      return true;
    case 'caller_gone':
    case 'caller_left':
      endCall(step, 'caller');
      return true;
    case 'reconciled': {
      const channel = event.channels[state.channelId];
      if (channel !== undefined && channel !== 'elsewhere') return false;
      endCall(step, event.after === 'asterisk_restart' ? 'asterisk' : 'caller');
      return true;
    }
    default:
      return false;
  }
}

export function hangUp(step: CodeCallStep): void {
  const { state, at } = step;
  if (state.phase === 'hanging_up') return;
  step.request({ type: 'hang_up', channelId: state.channelId, cause: 'normal' });
  Object.assign(state, { phase: 'hanging_up', giveUpAt: at + HANG_UP_MS });
}

export function endCall(step: CodeCallStep, by: string): void {
  const endedBy = step.state.phase === 'hanging_up' ? 'plan' : by;
  step.appendLog('ended', { by: endedBy });
  Object.assign(step.state, { phase: 'over', endedAt: step.at, endedBy });
}
