import type { ActionOf } from '../../../company/plan-schema.js';
import type { Instant } from '../../../lib/clock.js';
import type { Call } from '../../call.js';
import type { EqualPlays } from '../../equal-plays.js';
import type { Directive, Echo, Fresh } from '../../hand-over-contract.js';
import type { InputState } from '../../steps/input.js';
import { playback, type PlaybackState } from '../../steps/playback.js';
import type { QueueVisitState } from '../../steps/queue-visit.js';
import type { ShopRequestState } from '../../steps/shop-request.js';
import { enterOr, type ActionOutcome, type Transition } from '../action.js';

export type HandOverAction = ActionOf<'hand_over'>;

/**
 * A hand-over: the shop receives the state of the call and responds with the next directive, until it returns the call
 * or fails.
 */
export interface HandOverState {
  type: 'hand_over';
  startedAt: Instant;
  /** Number of the last request, as the shop sees it; counts through all hand-overs of a call. */
  step: number;
  /** Number of requests of this hand-over. Missing in states of earlier versions: equal to {@link step}. */
  requests?: number;
  echo: Echo;
  digits: string | null;
  emptyInputs: number;
  bridgeResult: string | null;
  /** The field that is new in the next request. Missing in states of earlier versions: none. */
  fresh?: Fresh | null;
  equalPlays?: EqualPlays | null;
  doing: HandOverActivity;
}

export type HandOverActivity =
  | { type: 'request'; requesting: ShopRequestState; last: boolean; callerGone: boolean }
  | { type: 'play'; playing: PlaybackState; then: 'callback' | 'return' }
  | { type: 'ask'; asking: InputState }
  /** `recording`: the prompt is the announcement of a recording. */
  | { type: 'announce'; playing: PlaybackState; transfer: Transfer; recording?: number }
  | { type: 'queue'; queueing: QueueVisitState }
  | { type: 'apologise'; playing: PlaybackState };

export type Transfer = Pick<Directive & { type: 'transfer' }, 'queue' | 'showCaller' | 'waitsForBusy' | 'priority'>;

export type HandOverOutcome = ActionOutcome<HandOverState>;

/** Ends the hand-over because the shop failed: the caller hears the fallback prompt, then the plan continues. */
export function failHandOver(
  call: Call,
  action: HandOverAction,
  state: HandOverState,
  reason: string,
): HandOverOutcome {
  call.appendLog('shop_failed', { reason });
  const { fallback_prompt } = action.hand_over;
  if (fallback_prompt === undefined) return { done: continueAfterFailure(action) };
  return waitIn(state, { type: 'apologise', playing: playback.start(call, [fallback_prompt]) });
}

/** Continues the hand-over with another activity. */
export function waitIn(state: HandOverState, doing: HandOverActivity): HandOverOutcome {
  return { waiting: { ...state, doing } };
}

export function continueAfterFailure({ hand_over }: HandOverAction): Transition {
  return enterOr(hand_over.on_failure, 'hand_over/on_failure');
}
