import type { Flow } from '../kernel/flow.js';
import type { Effect, RuntimeEvent } from '../kernel/event.js';
import { StepBuilder } from '../kernel/step-builder.js';
import type { Instant } from '../lib/clock.js';
import { renewLeases } from '../telephony/lease.js';
import { playbackChange, playbackGiveUpAt } from '../telephony/playback.js';
import type { PlayableMedia, TelephonyEffect, TelephonyEvent } from '../telephony/telephony.js';
import { pendingTimers } from '../telephony/timers.js';
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

export const MESSAGE_BOX = 'message_box';

export type MessageBoxProgram = CodeCallProgram;

/** What a handset does with a message. */
export type MessageMark = 'heard' | 'done' | 'deleted';

export type MessageBoxEffect =
  | TelephonyEffect
  /** Answered by `messages_found`. */
  | (Effect & { type: 'list_messages'; handset: string; languages: string[] })
  /** Idempotent. */
  | (Effect & { type: 'mark_message'; messageId: string; handset: string; mark: MessageMark });

type Found = Extract<TelephonyEvent, { type: 'messages_found' }>;

/** `choosing`: waits for a key, in silence. */
export interface MessageBoxState extends CodeCallState<'listing' | 'playing' | 'choosing'> {
  /** What is played, or was played last. */
  says: 'count' | 'message' | 'keys' | 'end';
  /** Prompts that say how many messages are new; empty when they have no recordings. */
  count: number[];
  messages: Found['messages'];
  /** Index of the present message. */
  present: number;
  /** The playback has failed once: the second failure is final. */
  isRetry: boolean;
  leashAt: Instant | null;
}

const LIST_MS = 20_000;
const KEY_MS = 10_000;

type Event = TelephonyEvent | RuntimeEvent;
type BoxStep = StepBuilder<MessageBoxState, MessageBoxEffect>;

/** A call of a handset that hears the messages of callers: those that are new first, then those that are not done. */
export const messageBoxFlow: Flow<MessageBoxProgram, MessageBoxState, TelephonyEvent, MessageBoxEffect> = {
  ...codeCallParts(MESSAGE_BOX),

  begin(program, event) {
    if (event.type !== 'call_arrived') throw new Error(`hearing messages begins with a call, not with ${event.type}`);
    const { at, channelId } = event;
    const step = new StepBuilder<MessageBoxState, MessageBoxEffect>(
      {
        ...arrivedState(program, event),
        phase: 'listing',
        says: 'count',
        count: [],
        messages: [],
        present: -1,
        isRetry: false,
        leashAt: null,
        giveUpAt: at + LIST_MS,
      },
      at,
    );
    answerArrival(step, event);
    renewLeases(step, [channelId]);
    step.request({ type: 'list_messages', handset: program.handset, languages: program.languages });
    return step.toStep();
  },

  step(program, before, event) {
    if (before.phase === 'over') return { state: before, effects: [], log: [] };
    const step = new StepBuilder<MessageBoxState, MessageBoxEffect>(before, event.at);
    onEvent(step, program, event);
    return step.toStep();
  },

  timers: ({ phase, giveUpAt, leashAt }) =>
    phase === 'over' ? {} : pendingTimers({ give_up: giveUpAt, leash: phase === 'hanging_up' ? null : leashAt }),
};

function onEvent(step: BoxStep, program: MessageBoxProgram, event: Event): void {
  if (onCallEvent(step, event)) return;
  const { state } = step;
  switch (event.type) {
    case 'messages_found':
      if (state.phase !== 'listing') return;
      Object.assign(state, { count: event.count, messages: event.messages });
      step.appendLog('messages_found', { new: event.fresh, messages: event.messages.length });
      say(step, program, event.messages.length === 0 ? 'end' : 'count');
      return;
    case 'effect_failed':
      if (event.effect === 'list_messages' || event.effect === 'play') hangUp(step);
      return;
    case 'digit':
      onKey(step, program, event.digit);
      return;
    case 'timer':
      if (event.name === 'leash') renewLeases(step, [state.channelId]);
      else if (state.phase === 'hanging_up') endCall(step, 'plan');
      else if (state.phase === 'playing') {
        stopPlaying(step);
        onPlayed(step, program, false);
      } else hangUp(step);
      return;
    default:
      onPlaybackEvent(step, program, event);
  }
}

function onPlaybackEvent(step: BoxStep, program: MessageBoxProgram, event: Event): void {
  const { state } = step;
  const { phase, playbackId, accepted: isAccepted, isRetry } = state;
  if (phase !== 'playing' || playbackId === null) return;
  const change = playbackChange(step, { playbackId, isAccepted, isRetry }, event);
  if (change?.type === 'playback_accepted') {
    Object.assign(state, { accepted: true, giveUpAt: playbackGiveUpAt(step.at, change.durationMs) });
  } else if (change?.type === 'again') {
    say(step, program, state.says);
    state.isRetry = change.isRetry;
  } else if (change?.type === 'over') {
    onPlayed(step, program, change.outcome === 'played');
  }
}

/** @param isHeard false when it could not be played to its end */
function onPlayed(step: BoxStep, program: MessageBoxProgram, isHeard: boolean): void {
  const { state } = step;
  state.playbackId = null;
  switch (state.says) {
    case 'count':
      next(step, program);
      return;
    case 'message':
      if (!isHeard) {
        // Its file is missing, or Asterisk could not fetch it.
        next(step, program);
        return;
      }
      mark(step, 'heard');
      say(step, program, 'keys');
      return;
    case 'keys':
      Object.assign(state, { phase: 'choosing', giveUpAt: step.at + KEY_MS });
      return;
    case 'end':
      hangUp(step);
  }
}

/** The keys of Asterisk's own voicemail: 5 again, 6 next, 7 delete; besides these 8 done, and # ends. */
function onKey(step: BoxStep, program: MessageBoxProgram, key: string): void {
  const { state } = step;
  if (state.phase === 'playing' && state.says === 'end') return;
  if (state.phase !== 'playing' && state.phase !== 'choosing') return;
  if (state.present < 0 ? !'6#'.includes(key) : !'5678#'.includes(key)) return;
  stopPlaying(step);
  if (state.present >= 0) mark(step, key === '7' ? 'deleted' : key === '8' ? 'done' : 'heard');
  if (key === '#') hangUp(step);
  else if (key === '5') say(step, program, 'message');
  else next(step, program);
}

function stopPlaying(step: BoxStep): void {
  const { playbackId } = step.state;
  if (playbackId !== null) step.request({ type: 'stop_play', playbackId });
  step.state.playbackId = null;
}

function next(step: BoxStep, program: MessageBoxProgram): void {
  step.state.present += 1;
  say(step, program, step.state.present < step.state.messages.length ? 'message' : 'end');
}

/** Each message is marked once in the same way. */
function mark(step: BoxStep, as: MessageMark): void {
  const { handset, messages, present } = step.state;
  const message = messages[present];
  if (message === undefined || message.mark === as) return;
  message.mark = as;
  step.appendLog(`message_${as}`, { recording: message.id });
  step.request({ type: 'mark_message', messageId: message.id, handset, mark: as });
}

function say(step: BoxStep, { languages }: MessageBoxProgram, says: MessageBoxState['says']): void {
  const { state, at } = step;
  const { channelId, codec } = state;
  const playbackId = step.newId('p');
  Object.assign(state, { phase: 'playing', says, playbackId, accepted: false, isRetry: false });
  state.giveUpAt = playbackGiveUpAt(at);
  step.request({ type: 'play', channelId, playbackId, media: mediaOf(state, says), languages, codec });
}

function mediaOf({ count, messages, present }: MessageBoxState, says: MessageBoxState['says']): PlayableMedia[] {
  const prompts = (ids: number[]) => ids.map((prompt) => ({ prompt }));
  const message = messages[present];
  if (says === 'count') return [{ sound: 'messages-new' }, ...prompts(count)];
  if (says === 'message' && message !== undefined) return [...prompts(message.number), { recording: message.id }];
  return [{ sound: says === 'keys' ? 'messages-keys' : messages.length === 0 ? 'messages-none' : 'messages-end' }];
}
