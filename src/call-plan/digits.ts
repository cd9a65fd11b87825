import { moduleOf } from './actions/plan-actions.js';
import type { PlanEvent } from './event.js';
import { forward } from './interpreter.js';
import type { PlanCall, PlanState } from './state.js';

/** The keys that a plan can use. Some devices send A to D for their own purposes. */
const KEYS = /^[0-9*#]$/;
/** Limit of digits kept for the next input. */
const MOST_TYPED_AHEAD = 64;
/** Surplus digits of a number that is too long arrive in one burst, with pauses shorter than this. */
const BURST_PAUSE_MS = 1500;

type DigitEvent = PlanEvent & { type: 'digit' };

/** Forwards a digit to the current action, or keeps it for the next input. */
export function onDigit(call: PlanCall, event: DigitEvent): void {
  const { state } = call;
  const use = digitUse(state, event);
  call.appendLog('digit', { digit: event.digit, duration_ms: event.durationMs, use });
  if (use === 'input') forward(call, event);
  else if (use === 'ahead') state.typedAhead += event.digit;
}

/**
 * Decides the use of a digit: input now, kept for the next input, surplus of a number that is too long, or dropped.
Extends the burst of surplus digits in `state`.
 */
function digitUse(state: PlanState, { digit, at }: DigitEvent): 'input' | 'ahead' | 'surplus' | 'dropped' {
  if (!KEYS.test(digit)) return 'dropped';
  if (state.overflowAt !== null) {
    const surplus = at - state.overflowAt < BURST_PAUSE_MS;
    state.overflowAt = surplus && digit !== '#' ? at : null;
    if (surplus) return 'surplus';
  }
  if (state.action !== null && moduleOf(state.action).openInput(state.action) !== null) return 'input';
  return state.typedAhead.length < MOST_TYPED_AHEAD ? 'ahead' : 'dropped';
}
