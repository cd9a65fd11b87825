import type { TelephonyEvent } from '../flows/telephony.js';

/** How a leg ended, as its event tells. */
export type LegCause = Extract<TelephonyEvent, { type: 'leg_over' }>['cause'];

/** `unknown`: nobody can tell, for a crash came between; it may have rung. */
export type LegFailure = 'busy' | 'no_answer' | 'rejected' | 'unreachable' | 'unknown';

/** Why somebody was not to be had, in the few words for which there are prompts. */
export function failureOf(cause: LegCause): LegFailure {
  switch (cause) {
    case 'busy':
    case 'rejected':
    case 'unreachable':
    case 'no_answer':
    case 'unknown':
      return cause;
    // The network gave up without a word why.
    case 'normal':
      return 'no_answer';
    case 'refused':
    case 'limited':
    case 'unregistered':
    case 'failed':
      return 'unreachable';
  }
}
