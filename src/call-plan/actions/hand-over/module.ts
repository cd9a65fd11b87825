import type { Instant } from '../../../lib/clock.js';
import type { Call } from '../../call.js';
import type { PlanEvent } from '../../event.js';
import { input } from '../../steps/input.js';
import { playback } from '../../steps/playback.js';
import { queueVisit } from '../../steps/queue-visit.js';
import { markAnnounced } from '../../steps/recording.js';
import { shopRequest, type ShopRequestState } from '../../steps/shop-request.js';
import type { WatchedByStep } from '../../steps/step.js';
import { CONTINUE, type ActionModule } from '../action.js';
import { afterInput, afterPlay, afterQueueVisit, announceOrEnqueue, applyDirective } from './directive.js';
import { requestsOf, sendLastRequest, sendRequest } from './request.js';
import {
  continueAfterFailure,
  failHandOver,
  waitIn,
  type HandOverActivity,
  type HandOverAction,
  type HandOverOutcome,
  type HandOverState,
} from './state.js';

type RequestActivity = HandOverActivity & { type: 'request' };
type PlaybackActivity = HandOverActivity & { type: 'play' | 'announce' | 'apologise' };

export const handOver: ActionModule<HandOverAction, HandOverState> = {
  start: (call, action) => sendRequest(call, action, initialHandOver(call)),

  on(call, action, state, event) {
    const { doing } = state;
    switch (doing.type) {
      case 'request':
        return onRequestEvent(call, action, state, doing, event);
      case 'ask':
        return afterInput(call, action, state, input.reduce(call, doing.asking, event));
      case 'queue':
        return afterQueueVisit(call, action, state, queueVisit.reduce(call, doing.queueing, event));
      case 'play':
      case 'announce':
      case 'apologise':
        return onPlaybackEvent(call, action, state, doing, event);
    }
  },

  timers: ({ doing }) => timersOf(doing),
  openInput: ({ doing }) => (doing.type === 'ask' ? doing.asking : null),
  queueVisit: {
    of: ({ doing }) => (doing.type === 'queue' ? doing.queueing : undefined),
    with: (state, queueing) => ({ ...state, doing: { type: 'queue', queueing } }),
  },

  /** Sends the shop a last request; its response is ignored. */
  stop(call, action, state) {
    const { doing } = state;
    if (doing.type === 'request' && doing.last) return;
    stopActivity(call, doing);
    if (doing.type !== 'apologise') sendLastRequest(call, action, state);
  },

  onCallerGone(call, action, state) {
    const { doing } = state;
    if (doing.type === 'apologise') return undefined;
    if (doing.type !== 'request') return sendLastRequest(call, action, state);
    return { ...state, doing: { ...doing, callerGone: true, requesting: shopRequest.withoutFiller(doing.requesting) } };
  },

  /** The shop may have received requests that were never stored, so the step number must not repeat. */
  onResumed: (state, counter) => ({ ...state, step: Math.max(state.step, counter), requests: requestsOf(state) }),

  watched: ({ doing }) => watchedBy(doing),
};

const NO_REQUEST: ShopRequestState = { effectId: '', giveUpAt: 0, fillerAt: null, filler: null, fillerPrompt: null };

function initialHandOver(call: Call): HandOverState {
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
    doing: { type: 'request', requesting: NO_REQUEST, last: false, callerGone: false },
  };
}

function onRequestEvent(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  doing: RequestActivity,
  event: PlanEvent,
): HandOverOutcome {
  const outcome = shopRequest.reduce(call, doing.requesting, event);
  if ('waiting' in outcome) return waitIn(state, { ...doing, requesting: outcome.waiting });
  const answer = outcome.done;
  if (doing.last) return { done: CONTINUE };
  if (doing.callerGone) return { waiting: sendLastRequest(call, action, state) };
  if ('failed' in answer) return failHandOver(call, action, state, answer.failed);
  const profile = call.program.profiles[action.hand_over.profile];
  return applyDirective(call, action, state, call.contract.read(answer.status, answer.body, profile));
}

function onPlaybackEvent(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  doing: PlaybackActivity,
  event: PlanEvent,
): HandOverOutcome {
  const outcome = playback.reduce(call, doing.playing, event);
  if ('waiting' in outcome) return waitIn(state, { ...doing, playing: outcome.waiting });
  switch (doing.type) {
    case 'play':
      return afterPlay(call, action, state, outcome.done, doing.then);
    case 'announce':
      if (doing.recording !== undefined) markAnnounced(call, doing.recording, outcome.done);
      return announceOrEnqueue(call, action, state, doing.transfer);
    case 'apologise':
      return { done: continueAfterFailure(action) };
  }
}

function timersOf(doing: HandOverActivity): Record<string, Instant> {
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

function stopActivity(call: Call, doing: HandOverActivity): void {
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

function watchedBy(doing: HandOverActivity): WatchedByStep {
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
