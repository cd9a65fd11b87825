import type { DialTarget, TelephonyEvent } from './telephony.js';

/** How a leg ended, as its event tells. */
export type LegCause = Extract<TelephonyEvent, { type: 'leg_over' }>['cause'];

/** `unknown`: nobody can tell, for a crash came between; it may have rung. */
type LegFailure = 'busy' | 'no_answer' | 'rejected' | 'unreachable' | 'unknown';

/** Why somebody was not to be had, in the few words for which there are prompts. */
export function failureOf(cause: LegCause): LegFailure {
  switch (cause) {
    case 'busy':
    case 'rejected':
    case 'unreachable':
    case 'no_answer':
    case 'unknown':
      return cause;
    case 'no_such_number':
    case 'provider_refused':
      return 'unreachable';
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

/** What a leg's end means for whom it was dialled: a handset of ours is no provider and no number, so its 403 or 404 is a plain no. */
export function causeFor(to: DialTarget | undefined, cause: LegCause): LegCause {
  if (to === undefined || !('handset' in to)) return cause;
  if (cause === 'provider_refused') return 'rejected';
  return cause === 'no_such_number' ? 'unreachable' : cause;
}
