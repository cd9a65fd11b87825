import { moduleOf } from './actions/plan-actions.js';
import type { PlanEvent } from './event.js';
import { forward } from './interpreter.js';
import type { PlanCall, PlanState } from './state.js';

/** The keys that a plan can name. Some devices send A to D for purposes of their own. */
const KEYS = /^[0-9*#]$/;
/** Digits kept for the next question. */
const MOST_TYPED_AHEAD = 64;
/** Surplus digits of a number that was too long come in one burst; its pauses are shorter than this. */
const BURST_PAUSE_MS = 1500;

type DigitEvent = PlanEvent & { type: 'digit' };

/** Gives a digit to the current action, or keeps it for the next question. */
export function onDigit(call: PlanCall, event: DigitEvent): void {
  const { state } = call;
  const use = useOf(state, event);
  call.appendLog('digit', { digit: event.digit, duration_ms: event.durationMs, use });
  if (use === 'input') forward(call, event);
  else if (use === 'ahead') state.typedAhead += event.digit;
}

/**
 * Decides what a digit is for: an answer now, kept for the next question, the surplus of a number that was too long, or
 * nothing. Extends the burst of surplus digits in `state`.
 */
function useOf(state: PlanState, { digit, at }: DigitEvent): 'input' | 'ahead' | 'surplus' | 'dropped' {
  if (!KEYS.test(digit)) return 'dropped';
  if (state.overflowAt !== null) {
    const surplus = at - state.overflowAt < BURST_PAUSE_MS;
    state.overflowAt = surplus && digit !== '#' ? at : null;
    if (surplus) return 'surplus';
  }
  if (state.action !== null && moduleOf(state.action).asking(state.action) !== null) return 'input';
  return state.typedAhead.length < MOST_TYPED_AHEAD ? 'ahead' : 'dropped';
}
