import type { ActionOf } from '../../../company/plan-schema.js';
import type { Instant } from '../../../lib/clock.js';
import type { Call } from '../../call.js';
import type { EqualPlays } from '../../equal-plays.js';
import type { Directive, Echo, Fresh } from '../../hand-over-contract.js';
import type { Asking } from '../../steps/asking.js';
import { playback, type Playing } from '../../steps/playing.js';
import type { Queueing } from '../../steps/queueing.js';
import type { Requesting } from '../../steps/requesting.js';
import { enterOr, type ActionOutcome, type Transition } from '../action.js';

export type HandOverAction = ActionOf<'hand_over'>;

/** A hand-over: the shop gets the state of the call and answers with the next directive, until it returns the call or fails. */
export interface HandOverState {
  type: 'hand_over';
  startedAt: Instant;
  /** Number of the last request, as the shop sees it; it counts on through all hand-overs of a call. */
  step: number;
  /** Requests of this hand-over; missing in states of earlier versions: then as many as {@link step} says. */
  requests?: number;
  echo: Echo;
  digits: string | null;
  emptyInputs: number;
  bridgeResult: string | null;
  /** Which field the next request is the first to contain. Missing in states of earlier versions: none. */
  fresh?: Fresh | null;
  equalPlays?: EqualPlays | null;
  doing: Doing;
}

export type Doing =
  | { type: 'request'; requesting: Requesting; last: boolean; callerGone: boolean }
  | { type: 'play'; playing: Playing; then: 'callback' | 'return' }
  | { type: 'ask'; asking: Asking }
  /** `recording`: the prompt is the announcement of a recording. */
  | { type: 'announce'; playing: Playing; transfer: Transfer; recording?: number }
  | { type: 'queue'; queueing: Queueing }
  | { type: 'apologise'; playing: Playing };

export type Transfer = Pick<Directive & { type: 'transfer' }, 'queue' | 'showCaller' | 'waitsForBusy' | 'priority'>;

export type HandOverOutcome = ActionOutcome<HandOverState>;

/** Ends the hand-over because the shop failed: the caller hears the fallback prompt, then the plan goes on. */
export function fail(call: Call, action: HandOverAction, state: HandOverState, reason: string): HandOverOutcome {
  call.appendLog('shop_failed', { reason });
  const { fallback_prompt } = action.hand_over;
  if (fallback_prompt === undefined) return { done: continueAfterFailure(action) };
  return waitIn(state, { type: 'apologise', playing: playback.start(call, [fallback_prompt]) });
}

/** The hand-over goes on, waiting for something else. */
export function waitIn(state: HandOverState, doing: Doing): HandOverOutcome {
  return { waiting: { ...state, doing } };
}

export function continueAfterFailure({ hand_over }: HandOverAction): Transition {
  return enterOr(hand_over.on_failure, 'hand_over/on_failure');
}
