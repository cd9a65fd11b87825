import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import { countEqualPlays, MOST_EQUAL_PLAYS, type EqualPlays } from '../equal-plays.js';
import type { Directive, Echo, Fresh, HandOverContract } from '../hand-over-contract.js';
import type { HandOverAction } from '../../company/plan-schema.js';
import { askingOn, askingTimers, isAsked, startAsking, type Asked, type Asking } from '../steps/asking.js';
import { isPlaying, playingOn, startPlaying, stopPlaying, type PlayEnd, type Playing } from '../steps/playing.js';
import { announced, announcementDue, startAnnouncing } from '../steps/recording.js';
import type { RingResult } from '../steps/ringing.js';
import { leaveRequest, requestTimers, startRequest, waitingOn, type Requesting } from '../steps/requesting.js';
import {
  isQueueing,
  joinPrompt,
  queueingOn,
  queueingTimers,
  startQueueing,
  type QueueEnd,
  type Queueing,
} from '../steps/queueing.js';
import { enterOr, isTransition, CONTINUE, type ActionModule, type Transition } from './action.js';
import type { PlanEvent } from '../event.js';

/** A shop that steers for longer than this, in requests or in time, has lost its way. */
const MOST_REQUESTS = 30;
const LONGEST_MS = 10 * 60_000;
/** A caller who leaves so many questions in a row unanswered is not there. */
const MOST_EMPTY_INPUTS = 3;
/** How long the handsets of a group ring when the shop does not want its callers to wait. */
const TRANSFER_RING_MS = 30_000;

/** The shop steers: we tell it how the call stands, it answers with what to do next, until it returns or fails. */
export interface HandOverState {
  on: 'hand_over';
  startedAt: Instant;
  /** Number of the last request, as the shop is told; it counts on through all hand-overs of a call. */
  step: number;
  /** Requests of this hand-over; missing in states of earlier versions: as many as {@link step} says. */
  requests?: number;
  echo: Echo;
  digits: string | null;
  emptyInputs: number;
  bridgeResult: string | null;
  /** What the next request is the first to tell. Missing in states of earlier versions, which have told all. */
  fresh?: Fresh | null;
  equalPlays?: EqualPlays | null;
  doing: Doing;
}

type Doing =
  | { what: 'request'; requesting: Requesting; last: boolean; callerGone: boolean }
  | { what: 'play'; playing: Playing; then: 'callback' | 'return' }
  | { what: 'ask'; asking: Asking }
  /** `recording`: the prompt is the announcement of a recording. */
  | { what: 'announce'; playing: Playing; transfer: Transfer; recording?: number }
  | { what: 'queue'; queueing: Queueing }
  | { what: 'apologise'; playing: Playing };

type Transfer = Pick<Directive & { do: 'transfer' }, 'queue' | 'showCaller' | 'waitsForBusy' | 'priority'>;

export function handOver(contract: HandOverContract): ActionModule<HandOverAction, HandOverState> {
  const request = (
    call: Call,
    action: HandOverAction,
    state: HandOverState,
    last = false,
  ): HandOverState | Transition => {
    const step = Math.max(state.step, call.state.handOverStep ?? 0) + 1;
    const requests = requestsOf(state) + 1;
    const tooLong = requests > MOST_REQUESTS || call.at - state.startedAt > LONGEST_MS;
    if (tooLong && !last)
      return fail(call, action, state, `more than ${MOST_REQUESTS} requests or ${LONGEST_MS / 60_000} minutes`);
    call.state.handOverStep = step;
    const { caller, flowId } = call.state;
    const { contentType, body } = contract.request(
      {
        callId: flowId,
        step,
        callerNumber: caller.number,
        calledNumber: call.program.line.number,
        country: call.program.country,
        digits: state.digits,
        hangup: last,
        bridgeResult: state.bridgeResult,
        fresh: state.fresh ?? null,
        echo: state.echo,
      },
      call.program.profiles[action.hand_over.profile],
    );
    const { url, filler_prompt, filler_after } = action.hand_over;
    const filler = last || filler_prompt === undefined ? null : { prompt: filler_prompt, afterMs: filler_after };
    const requesting = startRequest(call, { url, contentType, body, step, filler });
    return { ...state, step, requests, fresh: null, doing: { what: 'request', requesting, last, callerGone: last } };
  };

  /** The last request. What has happened so far of the question or the talk that it interrupts is told with it. */
  const lastRequest = (call: Call, action: HandOverAction, state: HandOverState): HandOverState | Transition => {
    const { doing } = state;
    const digits = doing.what === 'ask' ? doing.asking.digits : state.digits;
    const talked = doing.what === 'queue' && doing.queueing.answered === true;
    const bridgeResult = talked ? BRIDGE_RESULTS.answered : state.bridgeResult;
    return request(call, action, { ...state, digits, bridgeResult }, true);
  };

  const obey = (
    call: Call,
    action: HandOverAction,
    before: HandOverState,
    directive: Directive,
  ): HandOverState | Transition => {
    const state = {
      ...before,
      echo: directive.keep ? { ...before.echo, ...directive.echo } : directive.echo,
      equalPlays: countEqualPlays(before.equalPlays, directive),
    };
    if (state.equalPlays !== null && state.equalPlays.times >= MOST_EQUAL_PLAYS)
      return fail(call, action, state, `the same answer ${MOST_EQUAL_PLAYS} times in a row, with nothing in between`);
    switch (directive.do) {
      case 'answer':
        call.request({ type: 'answer', channelId: call.state.channelId });
        call.state.answeredAt ??= call.at;
        return request(call, action, state);
      case 'play':
        return {
          ...state,
          doing: { what: 'play', playing: startPlaying(call, [directive.prompt]), then: directive.then },
        };
      case 'menu':
        return asked(
          call,
          action,
          state,
          startAsking(call, {
            prompts: [directive.prompt],
            max: directive.max,
            timeoutMs: directive.timeoutMs,
            hashEnds: true,
          }),
        );
      case 'transfer': {
        const { queue, showCaller, waitsForBusy, priority } = directive;
        const transfer = { queue, showCaller, waitsForBusy, priority };
        const prompt = directive.prompt ?? (waitsForBusy ? joinPrompt(call, Number(queue)) : null);
        if (prompt === null) return announceRecording(call, action, state, transfer);
        return { ...state, doing: { what: 'announce', playing: startPlaying(call, [prompt]), transfer } };
      }
      case 'hang_up':
        return { leave: 'hang_up', by: 'shop', cause: 'normal' };
      case 'return':
        return CONTINUE;
      case 'unknown':
        call.appendLog('shop_unknown_action', { action: directive.action });
        return CONTINUE;
      case 'bad':
        return fail(call, action, state, directive.reason);
    }
  };

  const asked = (
    call: Call,
    action: HandOverAction,
    state: HandOverState,
    asking: Asking | Asked,
  ): HandOverState | Transition => {
    if (!isAsked(asking)) return { ...state, doing: { what: 'ask', asking } };
    if (asking.ended === 'no_prompt')
      return fail(call, action, state, asking.reason ?? 'the prompt could not be played');
    const emptyInputs = asking.digits === '' ? state.emptyInputs + 1 : 0;
    if (emptyInputs >= MOST_EMPTY_INPUTS) {
      call.appendLog('hand_over_given_up', { reason: `${MOST_EMPTY_INPUTS} questions in a row without an answer` });
      return CONTINUE;
    }
    return request(call, action, { ...state, digits: asking.digits, fresh: 'digits', emptyInputs });
  };

  /** Before the queue: that its talks are recorded. */
  const announceRecording = (
    call: Call,
    action: HandOverAction,
    state: HandOverState,
    transfer: Transfer,
  ): HandOverState | Transition => {
    const recording = announcementDue(call, call.program.queues[transfer.queue]?.record);
    if (recording === undefined) return queueUp(call, action, state, transfer);
    return { ...state, doing: { what: 'announce', playing: startAnnouncing(call, recording), transfer, recording } };
  };

  const queueUp = (
    call: Call,
    action: HandOverAction,
    state: HandOverState,
    { queue, showCaller, waitsForBusy, priority }: Transfer,
  ): HandOverState | Transition => {
    const waitMs = waitsForBusy ? undefined : TRANSFER_RING_MS;
    const shownNumber = showCaller ? null : call.program.line.callerId;
    const wish = { queue: Number(queue), waitMs, once: !waitsForBusy, shownNumber, priority };
    return queued(call, action, state, startQueueing(call, wish));
  };

  const queued = (
    call: Call,
    action: HandOverAction,
    state: HandOverState,
    queueing: Queueing | QueueEnd,
  ): HandOverState | Transition => {
    if (isQueueing(queueing)) return { ...state, doing: { what: 'queue', queueing } };
    // The shop does not steer while the caller waits and talks.
    const startedAt = state.startedAt + queueing.waitedMs;
    const bridgeResult = BRIDGE_RESULTS[queueing.outcome];
    return request(call, action, { ...state, startedAt, bridgeResult, fresh: 'bridge_result' });
  };

  const played = (
    call: Call,
    action: HandOverAction,
    state: HandOverState,
    { played, reason }: PlayEnd,
    then: 'callback' | 'return',
  ): HandOverState | Transition => {
    if (!played) return fail(call, action, state, reason ?? 'the prompt could not be played');
    return then === 'return' ? CONTINUE : request(call, action, state);
  };

  const requested = (
    call: Call,
    action: HandOverAction,
    state: HandOverState,
    doing: Doing & { what: 'request' },
    event: PlanEvent,
  ): HandOverState | Transition => {
    const outcome = waitingOn(call, doing.requesting, event, !doing.callerGone);
    if ('effectId' in outcome) return { ...state, doing: { ...doing, requesting: outcome } };
    if (doing.last) return CONTINUE;
    if (doing.callerGone) return lastRequest(call, action, state);
    if ('failed' in outcome) return fail(call, action, state, outcome.failed);
    return obey(
      call,
      action,
      state,
      contract.read(outcome.status, outcome.body, call.program.profiles[action.hand_over.profile]),
    );
  };

  return {
    start(call, action) {
      const fresh = {
        on: 'hand_over' as const,
        startedAt: call.at,
        step: call.state.handOverStep ?? 0,
        requests: 0,
        echo: { ...call.state.collected },
        digits: null,
        emptyInputs: 0,
        bridgeResult: null,
        fresh: null,
      };
      return request(call, action, {
        ...fresh,
        doing: { what: 'request', requesting: NOTHING_YET, last: false, callerGone: false },
      });
    },

    on(call, action, state, event) {
      const { doing } = state;
      switch (doing.what) {
        case 'request':
          return requested(call, action, state, doing, event);
        case 'ask':
          return asked(call, action, state, askingOn(call, doing.asking, event));
        case 'queue':
          return queued(call, action, state, queueingOn(call, doing.queueing, event));
        case 'play':
        case 'announce':
        case 'apologise': {
          const playing = playingOn(call, doing.playing, event);
          if (isPlaying(playing)) return { ...state, doing: { ...doing, playing } };
          if (doing.what === 'play') return played(call, action, state, playing, doing.then);
          if (doing.what === 'announce') {
            if (doing.recording !== undefined) announced(call, doing.recording, playing);
            return announceRecording(call, action, state, doing.transfer);
          }
          return enterOr(action.hand_over.on_failure, 'hand_over/on_failure');
        }
      }
    },

    timers({ doing }) {
      switch (doing.what) {
        case 'request':
          return requestTimers(doing.requesting);
        case 'ask':
          return askingTimers(doing.asking);
        case 'queue':
          return queueingTimers(doing.queueing);
        case 'play':
        case 'announce':
        case 'apologise':
          return { play: doing.playing.giveUpAt };
      }
    },

    hears: ({ doing }) => doing.what === 'ask',
    stay: {
      of: ({ doing }) => (doing.what === 'queue' ? doing.queueing : undefined),
      with: (state, queueing) => ({ ...state, doing: { what: 'queue', queueing } }),
    },

    /** The shop steers no more: it is told so, and its answer means nothing. */
    stop(call, action, state) {
      const { doing } = state;
      if (doing.what === 'apologise') stopPlaying(call, doing.playing);
      if (doing.what === 'apologise' || (doing.what === 'request' && doing.last)) return;
      if (doing.what === 'request') leaveRequest(call, doing.requesting);
      else if (doing.what === 'ask' && doing.asking.playing) stopPlaying(call, doing.asking.playing);
      else if (doing.what === 'play' || doing.what === 'announce') stopPlaying(call, doing.playing);
      lastRequest(call, action, state);
    },

    gone(call, action, state) {
      const { doing } = state;
      if (doing.what === 'apologise') return undefined;
      if (doing.what === 'request')
        return {
          ...state,
          doing: { ...doing, callerGone: true, requesting: { ...doing.requesting, filler: null, fillerAt: null } },
        };
      const last = lastRequest(call, action, state);
      return isTransition(last) ? undefined : last;
    },

    /** The shop may have seen requests that were never stored: a number says one thing only. */
    resumed: (state, counter) => ({ ...state, step: Math.max(state.step, counter), requests: requestsOf(state) }),

    watched({ doing }) {
      if (doing.what === 'queue') return { channels: [], playbacks: [] };
      const playing =
        doing.what === 'request'
          ? doing.requesting.filler
          : doing.what === 'ask'
            ? doing.asking.playing
            : doing.playing;
      return { channels: [], playbacks: playing === null ? [] : [playing.playbackId] };
    },
  };
}

function requestsOf({ step, requests = step }: HandOverState): number {
  return requests;
}

/** Telfa's words for how a transfer ended. */
const BRIDGE_RESULTS: Record<QueueEnd['outcome'], RingResult> = {
  answered: 'SUCCESS',
  timed_out: 'NO_ANSWER',
  exited: 'NO_ANSWER',
  rejected: 'NO_ANSWER',
  busy: 'USER_BUSY',
  full: 'USER_BUSY',
  empty: 'USER_NOT_REGISTERED',
};

/** The shop failed: the caller hears the fallback prompt, then the plan goes on. */
function fail(call: Call, action: HandOverAction, state: HandOverState, reason: string): HandOverState | Transition {
  call.appendLog('shop_failed', { reason });
  const { fallback_prompt, on_failure } = action.hand_over;
  if (fallback_prompt === undefined) return enterOr(on_failure, 'hand_over/on_failure');
  return { ...state, doing: { what: 'apologise', playing: startPlaying(call, [fallback_prompt]) } };
}

const NOTHING_YET: Requesting = { effectId: '', giveUpAt: 0, fillerAt: null, filler: null, fillerPrompt: null };
