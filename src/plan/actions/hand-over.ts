import type { DialTarget } from '../../flows/telephony.js';
import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import type { Directive, Echo, HandOverContract } from '../hand-over-contract.js';
import type { HandOverAction } from '../schema.js';
import { askingOn, askingTimers, isAsked, startAsking, type Asked, type Asking } from '../steps/asking.js';
import { isPlaying, playingOn, startPlaying, type PlayEnd, type Playing } from '../steps/playing.js';
import { requestTimers, startRequest, waitingOn, type Requesting } from '../steps/requesting.js';
import {
  isRinging,
  legIds,
  ringingOn,
  ringingTimers,
  startRinging,
  stopRinging,
  type RingEnd,
  type Ringing,
} from '../steps/ringing.js';
import { enterOr, hasLeft, NEXT, type ActionModule, type Leave, type PlanEvent } from './action.js';

/** A shop that steers for longer than this, in requests or in time, has lost its way. */
const MOST_REQUESTS = 30;
const LONGEST_MS = 10 * 60_000;
/** A caller who leaves so many questions in a row unanswered is not there. */
const MOST_EMPTY_INPUTS = 3;
const TRANSFER_RING_MS = 30_000;

/** The shop steers: we tell it how the call stands, it answers with what to do next, until it returns or fails. */
export interface HandOverState {
  on: 'hand_over';
  startedAt: Instant;
  /** Requests so far. */
  step: number;
  echo: Echo;
  digits: string | null;
  emptyInputs: number;
  bridgeResult: string | null;
  doing: Doing;
}

type Doing =
  | { what: 'request'; requesting: Requesting; last: boolean; callerGone: boolean }
  | { what: 'play'; playing: Playing; then: 'callback' | 'return' }
  | { what: 'ask'; asking: Asking }
  | { what: 'announce'; playing: Playing; queue: string; showCaller: boolean }
  | { what: 'ring'; ringing: Ringing }
  | { what: 'apologise'; playing: Playing };

export function handOver(contract: HandOverContract): ActionModule<HandOverAction, HandOverState> {
  const request = (call: Call, action: HandOverAction, state: HandOverState, last = false): HandOverState | Leave => {
    const step = state.step + 1;
    const tooLong = step > MOST_REQUESTS || call.at - state.startedAt > LONGEST_MS;
    if (tooLong && !last)
      return fail(call, action, state, `more than ${MOST_REQUESTS} requests or ${LONGEST_MS / 60_000} minutes`);
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
        echo: state.echo,
      },
      call.program.profiles[action.hand_over.profile],
    );
    const { url, filler_prompt, filler_after } = action.hand_over;
    const filler = last || filler_prompt === undefined ? null : { prompt: filler_prompt, afterMs: filler_after };
    const requesting = startRequest(call, { url, contentType, body, step, filler });
    return { ...state, step, doing: { what: 'request', requesting, last, callerGone: last } };
  };

  const obey = (
    call: Call,
    action: HandOverAction,
    before: HandOverState,
    directive: Directive,
  ): HandOverState | Leave => {
    const state = { ...before, echo: directive.keep ? { ...before.echo, ...directive.echo } : directive.echo };
    switch (directive.do) {
      case 'answer':
        call.ask({ type: 'answer', channelId: call.state.channelId });
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
        const { prompt, queue, showCaller } = directive;
        if (prompt === null) return ring(call, action, state, queue, showCaller);
        return { ...state, doing: { what: 'announce', playing: startPlaying(call, [prompt]), queue, showCaller } };
      }
      case 'hang_up':
        return { leave: 'hang_up', by: 'shop', cause: 'normal' };
      case 'return':
        return NEXT;
      case 'unknown':
        call.note('shop_unknown_action', { action: directive.action });
        return NEXT;
      case 'bad':
        return fail(call, action, state, directive.reason);
    }
  };

  const asked = (
    call: Call,
    action: HandOverAction,
    state: HandOverState,
    asking: Asking | Asked,
  ): HandOverState | Leave => {
    if (!isAsked(asking)) return { ...state, doing: { what: 'ask', asking } };
    if (asking.ended === 'no_prompt')
      return fail(call, action, state, asking.reason ?? 'the prompt could not be played');
    const emptyInputs = asking.digits === '' ? state.emptyInputs + 1 : 0;
    if (emptyInputs >= MOST_EMPTY_INPUTS) {
      call.note('hand_over_given_up', { reason: `${MOST_EMPTY_INPUTS} questions in a row without an answer` });
      return NEXT;
    }
    return request(call, action, { ...state, digits: asking.digits, emptyInputs });
  };

  const ring = (
    call: Call,
    action: HandOverAction,
    state: HandOverState,
    queue: string,
    showCaller: boolean,
  ): HandOverState | Leave => {
    const targets = (call.program.queues[queue] ?? []).map((handset): DialTarget => ({ handset }));
    const shown = showCaller ? call.state.caller.number || null : call.program.line.callerId;
    return rung(call, action, state, startRinging(call, targets, TRANSFER_RING_MS, shown));
  };

  const rung = (
    call: Call,
    action: HandOverAction,
    state: HandOverState,
    ringing: Ringing | RingEnd,
  ): HandOverState | Leave =>
    isRinging(ringing)
      ? { ...state, doing: { what: 'ring', ringing } }
      : request(call, action, { ...state, bridgeResult: ringing.result });

  const played = (
    call: Call,
    action: HandOverAction,
    state: HandOverState,
    { played, reason }: PlayEnd,
    then: 'callback' | 'return',
  ): HandOverState | Leave => {
    if (!played) return fail(call, action, state, reason ?? 'the prompt could not be played');
    return then === 'return' ? NEXT : request(call, action, state);
  };

  const requested = (
    call: Call,
    action: HandOverAction,
    state: HandOverState,
    doing: Doing & { what: 'request' },
    event: PlanEvent,
  ): HandOverState | Leave => {
    const outcome = waitingOn(call, doing.requesting, event, !doing.callerGone);
    if ('effectId' in outcome) return { ...state, doing: { ...doing, requesting: outcome } };
    if (doing.last) return NEXT;
    if (doing.callerGone) return request(call, action, state, true);
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
        step: 0,
        echo: { ...call.state.collected },
        digits: null,
        emptyInputs: 0,
        bridgeResult: null,
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
        case 'ring':
          return rung(call, action, state, ringingOn(call, doing.ringing, event));
        case 'play':
        case 'announce':
        case 'apologise': {
          const playing = playingOn(call, doing.playing, event);
          if (isPlaying(playing)) return { ...state, doing: { ...doing, playing } };
          if (doing.what === 'play') return played(call, action, state, playing, doing.then);
          if (doing.what === 'announce') return ring(call, action, state, doing.queue, doing.showCaller);
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
        case 'ring':
          return ringingTimers(doing.ringing);
        case 'play':
        case 'announce':
        case 'apologise':
          return { play: doing.playing.giveUpAt };
      }
    },

    hears: ({ doing }) => doing.what === 'ask',

    gone(call, action, state) {
      const { doing } = state;
      if (doing.what === 'apologise') return undefined;
      if (doing.what === 'request')
        return {
          ...state,
          doing: { ...doing, callerGone: true, requesting: { ...doing.requesting, filler: null, fillerAt: null } },
        };
      if (doing.what === 'ring') stopRinging(call, doing.ringing);
      const digits = doing.what === 'ask' ? doing.asking.digits : state.digits;
      const last = request(call, action, { ...state, digits }, true);
      return hasLeft(last) ? undefined : last;
    },

    watched({ doing }) {
      if (doing.what === 'ring') return { channels: legIds(doing.ringing), playbacks: [] };
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

/** The shop failed: the caller hears the fallback prompt, then the plan goes on. */
function fail(call: Call, action: HandOverAction, state: HandOverState, reason: string): HandOverState | Leave {
  call.note('shop_failed', { reason });
  const { fallback_prompt, on_failure } = action.hand_over;
  if (fallback_prompt === undefined) return enterOr(on_failure, 'hand_over/on_failure');
  return { ...state, doing: { what: 'apologise', playing: startPlaying(call, [fallback_prompt]) } };
}

const NOTHING_YET: Requesting = { effectId: '', giveUpAt: 0, fillerAt: null, filler: null, fillerPrompt: null };
