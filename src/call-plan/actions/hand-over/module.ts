import type { Instant } from '../../../lib/clock.js';
import type { Call } from '../../call.js';
import type { PlanEvent } from '../../event.js';
import { input } from '../../steps/asking.js';
import { playback } from '../../steps/playing.js';
import { queueVisit } from '../../steps/queueing.js';
import { announced } from '../../steps/recording.js';
import { shopRequest, type Requesting } from '../../steps/requesting.js';
import type { WatchedByStep } from '../../steps/step.js';
import { CONTINUE, type ActionModule } from '../action.js';
import { afterAsking, afterPlay, afterQueueing, announceOrEnqueue, applyDirective } from './directive.js';
import { requestsOf, sendLastRequest, sendRequest } from './request.js';
import {
  continueAfterFailure,
  fail,
  waitIn,
  type Doing,
  type HandOverAction,
  type HandOverOutcome,
  type HandOverState,
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
        return afterAsking(call, action, state, input.reduce(call, doing.asking, event));
      case 'queue':
        return afterQueueing(call, action, state, queueVisit.reduce(call, doing.queueing, event));
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
    stopDoing(call, doing);
    if (doing.type !== 'apologise') sendLastRequest(call, action, state);
  },

  gone(call, action, state) {
    const { doing } = state;
    if (doing.type === 'apologise') return undefined;
    if (doing.type !== 'request') return sendLastRequest(call, action, state);
    return { ...state, doing: { ...doing, callerGone: true, requesting: shopRequest.withoutFiller(doing.requesting) } };
  },

  /** The shop may have seen requests that were never stored: no number may be given to another request. */
  resumed: (state, counter) => ({ ...state, step: Math.max(state.step, counter), requests: requestsOf(state) }),

  watched: ({ doing }) => watchedBy(doing),
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
  const outcome = shopRequest.reduce(call, doing.requesting, event);
  if ('waiting' in outcome) return waitIn(state, { ...doing, requesting: outcome.waiting });
  const answer = outcome.done;
  if (doing.last) return { done: CONTINUE };
  if (doing.callerGone) return { waiting: sendLastRequest(call, action, state) };
  if ('failed' in answer) return fail(call, action, state, answer.failed);
  const profile = call.program.profiles[action.hand_over.profile];
  return applyDirective(call, action, state, call.contract.read(answer.status, answer.body, profile));
}

function onPlaybackEvent(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  doing: DoingPlay,
  event: PlanEvent,
): HandOverOutcome {
  const outcome = playback.reduce(call, doing.playing, event);
  if ('waiting' in outcome) return waitIn(state, { ...doing, playing: outcome.waiting });
  switch (doing.type) {
    case 'play':
      return afterPlay(call, action, state, outcome.done, doing.then);
    case 'announce':
      if (doing.recording !== undefined) announced(call, doing.recording, outcome.done);
      return announceOrEnqueue(call, action, state, doing.transfer);
    case 'apologise':
      return { done: continueAfterFailure(action) };
  }
}

function timersOf(doing: Doing): Record<string, Instant> {
  switch (doing.type) {
    case 'request':
      return shopRequest.timers(doing.requesting);
    case 'ask':
      return input.timers(doing.asking);
    case 'queue':
      return queueVisit.timers(doing.queueing);
    case 'play':
    case 'announce':
    case 'apologise':
      return playback.timers(doing.playing);
  }
}

function stopDoing(call: Call, doing: Doing): void {
  switch (doing.type) {
    case 'request':
      shopRequest.stop(call, doing.requesting);
      return;
    case 'ask':
      input.stop(call, doing.asking);
      return;
    case 'queue':
      return;
    case 'play':
    case 'announce':
    case 'apologise':
      playback.stop(call, doing.playing);
  }
}

function watchedBy(doing: Doing): WatchedByStep {
  switch (doing.type) {
    case 'request':
      return shopRequest.watched(doing.requesting);
    case 'ask':
      return input.watched(doing.asking);
    case 'queue':
      return queueVisit.watched();
    case 'play':
    case 'announce':
    case 'apologise':
      return playback.watched(doing.playing);
  }
}
