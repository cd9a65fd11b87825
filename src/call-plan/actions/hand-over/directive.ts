import type { Call } from '../../call.js';
import { countEqualPlays, MOST_EQUAL_PLAYS } from '../../equal-plays.js';
import type { Directive } from '../../hand-over-contract.js';
import { input, type InputResult, type InputState } from '../../steps/input.js';
import { playback, type PlaybackResult } from '../../steps/playback.js';
import { joinPrompt, queueVisit, type QueueVisitResult, type QueueVisitState } from '../../steps/queue-visit.js';
import { announcementDue, startAnnouncement } from '../../steps/recording.js';
import type { Outcome } from '../../steps/step.js';
import { CONTINUE } from '../action.js';
import { BRIDGE_RESULTS, sendRequest } from './request.js';
import {
  failHandOver,
  waitIn,
  type HandOverOutcome,
  type HandOverState,
  type Transfer,
  type HandOverAction,
} from './state.js';

/** The hand-over ends after this many unanswered questions in a row: the caller is not there. */
const MOST_EMPTY_INPUTS = 3;
/** How long handsets ring when the shop does not want callers to wait. */
const TRANSFER_RING_MS = 30_000;

/** Carries out the directive of the shop. */
export function applyDirective(
  call: Call,
  action: HandOverAction,
  before: HandOverState,
  directive: Directive,
): HandOverOutcome {
  const echo = directive.keep ? { ...before.echo, ...directive.echo } : directive.echo;
  const equalPlays = countEqualPlays(before.equalPlays, directive);
  const state = { ...before, echo, equalPlays };
  if (equalPlays !== null && equalPlays.times >= MOST_EQUAL_PLAYS)
    return failHandOver(
      call,
      action,
      state,
      `the same answer ${MOST_EQUAL_PLAYS} times in a row, with nothing in between`,
    );
  switch (directive.type) {
    case 'answer':
      call.answer();
      return sendRequest(call, action, state);
    case 'play':
      return waitIn(state, { type: 'play', playing: playback.start(call, [directive.prompt]), then: directive.then });
    case 'menu':
      return startQuestion(call, action, state, directive);
    case 'transfer':
      return startTransfer(call, action, state, directive);
    case 'hang_up':
      return { done: { type: 'hang_up', by: 'shop', cause: 'normal' } };
    case 'return':
      return { done: CONTINUE };
    case 'unknown':
      call.appendLog('shop_unknown_action', { action: directive.action });
      return { done: CONTINUE };
    case 'bad':
      return failHandOver(call, action, state, directive.reason);
  }
}

/** Waits for the caller's answer, or sends it to the shop. */
export function afterInput(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  question: Outcome<InputState, InputResult>,
): HandOverOutcome {
  if ('waiting' in question) return waitIn(state, { type: 'ask', asking: question.waiting });
  const { digits, ended, reason } = question.done;
  if (ended === 'no_prompt') return failHandOver(call, action, state, reason ?? 'the prompt could not be played');
  const emptyInputs = digits === '' ? state.emptyInputs + 1 : 0;
  if (emptyInputs >= MOST_EMPTY_INPUTS) {
    call.appendLog('hand_over_given_up', { reason: `${MOST_EMPTY_INPUTS} questions in a row without an answer` });
    return { done: CONTINUE };
  }
  return sendRequest(call, action, { ...state, digits, fresh: 'digits', emptyInputs });
}

/** Waits until the queue releases the caller, then sends the result to the shop. */
export function afterQueueVisit(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  visit: Outcome<QueueVisitState, QueueVisitResult>,
): HandOverOutcome {
  if ('waiting' in visit) return waitIn(state, { type: 'queue', queueing: visit.waiting });
  // Time in the queue does not count towards the longest hand-over.
  const startedAt = state.startedAt + visit.done.waitedMs;
  const bridgeResult = BRIDGE_RESULTS[visit.done.outcome];
  return sendRequest(call, action, { ...state, startedAt, bridgeResult, fresh: 'bridge_result' });
}

export function afterPlay(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  { played, reason }: PlaybackResult,
  then: 'callback' | 'return',
): HandOverOutcome {
  if (!played) return failHandOver(call, action, state, reason ?? 'the prompt could not be played');
  return then === 'return' ? { done: CONTINUE } : sendRequest(call, action, state);
}

/** Plays the queue's recording announcement if it is still due, then enqueues the caller. */
export function announceOrEnqueue(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  transfer: Transfer,
): HandOverOutcome {
  const recording = announcementDue(call, call.program.queues[transfer.queue]?.record);
  if (recording === undefined) return startQueueVisit(call, action, state, transfer);
  return waitIn(state, { type: 'announce', playing: startAnnouncement(call, recording), transfer, recording });
}

function startQuestion(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  { prompt, max, timeoutMs }: Directive & { type: 'menu' },
): HandOverOutcome {
  return afterInput(call, action, state, input.start(call, { prompts: [prompt], max, timeoutMs, hashEnds: true }));
}

function startTransfer(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  directive: Directive & { type: 'transfer' },
): HandOverOutcome {
  const { queue, showCaller, waitsForBusy, priority } = directive;
  const transfer = { queue, showCaller, waitsForBusy, priority };
  const prompt = directive.prompt ?? (waitsForBusy ? joinPrompt(call, Number(queue)) : null);
  if (prompt === null) return announceOrEnqueue(call, action, state, transfer);
  return waitIn(state, { type: 'announce', playing: playback.start(call, [prompt]), transfer });
}

function startQueueVisit(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  { queue, showCaller, waitsForBusy, priority }: Transfer,
): HandOverOutcome {
  const waitMs = waitsForBusy ? undefined : TRANSFER_RING_MS;
  const shownNumber = showCaller ? null : call.program.line.callerId;
  const options = { queue: Number(queue), waitMs, once: !waitsForBusy, shownNumber, priority };
  return afterQueueVisit(call, action, state, queueVisit.start(call, options));
}
