import type { Instant } from '../../../lib/clock.js';
import type { Call } from '../../call.js';
import type { PlanEvent } from '../../event.js';
import { askingOn, askingTimers } from '../../steps/asking.js';
import { isPlaying, playingOn, stopPlaying, type Playing } from '../../steps/playing.js';
import { queueingOn, queueingTimers } from '../../steps/queueing.js';
import { announced } from '../../steps/recording.js';
import { leaveRequest, requestTimers, waitingOn, type Requesting } from '../../steps/requesting.js';
import { CONTINUE, type ActionModule } from '../action.js';
import { afterAsking, afterPlay, afterQueueing, announceOrEnqueue, applyDirective } from './directive.js';
import { requestsOf, sendLastRequest, sendRequest } from './request.js';
import {
  continueAfterFailure,
  fail,
  type Doing,
  type HandOverOutcome,
  type HandOverState,
  type HandOverAction,
} from './state.js';

type DoingRequest = Doing & { type: 'request' };
type DoingPlay = Doing & { type: 'play' | 'announce' | 'apologise' };

export const handOver: ActionModule<HandOverAction, HandOverState> = {
  start: (call, action) => sendRequest(call, action, initialState(call)),

  on(call, action, state, event) {
    const { doing } = state;
    switch (doing.type) {
      case 'request':
        return onRequestEvent(call, action, state, doing, event);
      case 'ask':
        return afterAsking(call, action, state, askingOn(call, doing.asking, event));
      case 'queue':
        return afterQueueing(call, action, state, queueingOn(call, doing.queueing, event));
      case 'play':
      case 'announce':
      case 'apologise':
        return onPlaybackEvent(call, action, state, doing, event);
    }
  },

  timers: ({ doing }) => timersOf(doing),
  asking: ({ doing }) => (doing.type === 'ask' ? doing.asking : null),
  stay: {
    of: ({ doing }) => (doing.type === 'queue' ? doing.queueing : undefined),
    with: (state, queueing) => ({ ...state, doing: { type: 'queue', queueing } }),
  },

  /** The shop gets a last request, whose answer is ignored. */
  stop(call, action, state) {
    const { doing } = state;
    if (doing.type === 'request' && doing.last) return;
    if (doing.type === 'request') leaveRequest(call, doing.requesting);
    const playing = doing.type === 'request' ? null : playingOf(doing);
    if (playing !== null) stopPlaying(call, playing);
    if (doing.type !== 'apologise') sendLastRequest(call, action, state);
  },

  gone(call, action, state) {
    const { doing } = state;
    if (doing.type === 'apologise') return undefined;
    if (doing.type !== 'request') return sendLastRequest(call, action, state);
    const requesting = { ...doing.requesting, filler: null, fillerAt: null };
    return { ...state, doing: { ...doing, callerGone: true, requesting } };
  },

  /** The shop may have seen requests that were never stored: no number may be given to another request. */
  resumed: (state, counter) => ({ ...state, step: Math.max(state.step, counter), requests: requestsOf(state) }),

  watched({ doing }) {
    const playing = playingOf(doing);
    return { channels: [], playbacks: playing === null ? [] : [playing.playbackId] };
  },
};

const NOTHING_YET: Requesting = { effectId: '', giveUpAt: 0, fillerAt: null, filler: null, fillerPrompt: null };

function initialState(call: Call): HandOverState {
  return {
    type: 'hand_over',
    startedAt: call.at,
    step: call.state.handOverStep ?? 0,
    requests: 0,
    echo: { ...call.state.collected },
    digits: null,
    emptyInputs: 0,
    bridgeResult: null,
    fresh: null,
    doing: { type: 'request', requesting: NOTHING_YET, last: false, callerGone: false },
  };
}

function onRequestEvent(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  doing: DoingRequest,
  event: PlanEvent,
): HandOverOutcome {
  const outcome = waitingOn(call, doing.requesting, event, !doing.callerGone);
  if ('effectId' in outcome) return { ...state, doing: { ...doing, requesting: outcome } };
  if (doing.last) return CONTINUE;
  if (doing.callerGone) return sendLastRequest(call, action, state);
  if ('failed' in outcome) return fail(call, action, state, outcome.failed);
  const profile = call.program.profiles[action.hand_over.profile];
  return applyDirective(call, action, state, call.contract.read(outcome.status, outcome.body, profile));
}

function onPlaybackEvent(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  doing: DoingPlay,
  event: PlanEvent,
): HandOverOutcome {
  const playing = playingOn(call, doing.playing, event);
  if (isPlaying(playing)) return { ...state, doing: { ...doing, playing } };
  switch (doing.type) {
    case 'play':
      return afterPlay(call, action, state, playing, doing.then);
    case 'announce':
      if (doing.recording !== undefined) announced(call, doing.recording, playing);
      return announceOrEnqueue(call, action, state, doing.transfer);
    case 'apologise':
      return continueAfterFailure(action);
  }
}

function timersOf(doing: Doing): Record<string, Instant> {
  switch (doing.type) {
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
}

/** What the caller hears now. */
function playingOf(doing: Doing): Playing | null {
  switch (doing.type) {
    case 'request':
      return doing.requesting.filler;
    case 'ask':
      return doing.asking.playing;
    case 'queue':
      return null;
    case 'play':
    case 'announce':
    case 'apologise':
      return doing.playing;
  }
}
