import type { Call } from '../../call.js';
import { countEqualPlays, MOST_EQUAL_PLAYS } from '../../equal-plays.js';
import type { Directive } from '../../hand-over-contract.js';
import { input, type Asked, type Asking } from '../../steps/asking.js';
import { playback, type PlayEnd } from '../../steps/playing.js';
import { joinPrompt, queueVisit, type QueueEnd, type Queueing } from '../../steps/queueing.js';
import { announcementDue, startAnnouncing } from '../../steps/recording.js';
import type { Outcome } from '../../steps/step.js';
import { CONTINUE } from '../action.js';
import { BRIDGE_RESULTS, sendRequest } from './request.js';
import { fail, waitIn, type HandOverOutcome, type HandOverState, type Transfer, type HandOverAction } from './state.js';

/** A caller who leaves so many questions in a row unanswered is not there. */
const MOST_EMPTY_INPUTS = 3;
/** For how long handsets ring when the shop does not want its callers to wait. */
const TRANSFER_RING_MS = 30_000;

/** Starts what the shop's answer asks for. */
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
    return fail(call, action, state, `the same answer ${MOST_EQUAL_PLAYS} times in a row, with nothing in between`);
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
      return fail(call, action, state, directive.reason);
  }
}

/** Waits for the caller's answer, or sends it to the shop. */
export function afterAsking(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  question: Outcome<Asking, Asked>,
): HandOverOutcome {
  if ('waiting' in question) return waitIn(state, { type: 'ask', asking: question.waiting });
  const { digits, ended, reason } = question.done;
  if (ended === 'no_prompt') return fail(call, action, state, reason ?? 'the prompt could not be played');
  const emptyInputs = digits === '' ? state.emptyInputs + 1 : 0;
  if (emptyInputs >= MOST_EMPTY_INPUTS) {
    call.appendLog('hand_over_given_up', { reason: `${MOST_EMPTY_INPUTS} questions in a row without an answer` });
    return { done: CONTINUE };
  }
  return sendRequest(call, action, { ...state, digits, fresh: 'digits', emptyInputs });
}

/** Waits until the queue releases the caller, then sends the result to the shop. */
export function afterQueueing(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  visit: Outcome<Queueing, QueueEnd>,
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
  { played, reason }: PlayEnd,
  then: 'callback' | 'return',
): HandOverOutcome {
  if (!played) return fail(call, action, state, reason ?? 'the prompt could not be played');
  return then === 'return' ? { done: CONTINUE } : sendRequest(call, action, state);
}

/** Announces that the queue's talks are recorded, if that is still due, then enqueues the caller. */
export function announceOrEnqueue(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  transfer: Transfer,
): HandOverOutcome {
  const recording = announcementDue(call, call.program.queues[transfer.queue]?.record);
  if (recording === undefined) return enqueue(call, action, state, transfer);
  return waitIn(state, { type: 'announce', playing: startAnnouncing(call, recording), transfer, recording });
}

function startQuestion(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  { prompt, max, timeoutMs }: Directive & { type: 'menu' },
): HandOverOutcome {
  return afterAsking(call, action, state, input.start(call, { prompts: [prompt], max, timeoutMs, hashEnds: true }));
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

function enqueue(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  { queue, showCaller, waitsForBusy, priority }: Transfer,
): HandOverOutcome {
  const waitMs = waitsForBusy ? undefined : TRANSFER_RING_MS;
  const shownNumber = showCaller ? null : call.program.line.callerId;
  const options = { queue: Number(queue), waitMs, once: !waitsForBusy, shownNumber, priority };
  return afterQueueing(call, action, state, queueVisit.start(call, options));
}
