import type { PlanEvent } from './event.js';
import type { PlanState } from './state.js';

/** The keys that a plan can name. Some devices send A to D for purposes of their own. */
const KEYS = /^[0-9*#]$/;
/** Digits kept for a question that has not been asked yet. */
const MOST_TYPED_AHEAD = 64;
/** The surplus of a number that was too long belongs to one burst of typing; pauses in it are shorter than this. */
const BURST_PAUSE_MS = 1500;

/**
 * What a digit is for: an answer now, kept for the next question, the surplus of a number that was too long, or nothing.
 * Extends the burst of surplus digits in `state`.
 *
 * @param hears whether the current action takes digits
 */
export function useOf(
  state: PlanState,
  hears: boolean,
  { digit, at }: PlanEvent & { type: 'digit' },
): 'input' | 'ahead' | 'surplus' | 'dropped' {
  if (!KEYS.test(digit)) return 'dropped';
  if (state.overflowAt !== null) {
    const surplus = at - state.overflowAt < BURST_PAUSE_MS;
    state.overflowAt = surplus && digit !== '#' ? at : null;
    if (surplus) return 'surplus';
  }
  if (hears) return 'input';
  return state.typedAhead.length < MOST_TYPED_AHEAD ? 'ahead' : 'dropped';
}
