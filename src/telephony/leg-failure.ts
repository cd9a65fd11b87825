import type { DialTarget, TelephonyEvent } from './telephony.js';

/** The cause in the event `leg_over`. */
export type LegCause = Extract<TelephonyEvent, { type: 'leg_over' }>['cause'];

/** `unknown`: lost in a crash of the gateway; the leg may have rung. */
type LegFailure = 'busy' | 'no_answer' | 'rejected' | 'unreachable' | 'unknown';

/** Maps the cause of a leg's end to one of the failures that have prompts. */
export function legFailureOf(cause: LegCause): LegFailure {
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
    // The network gave up without a cause.
    case 'normal':
      return 'no_answer';
    case 'refused':
    case 'limited':
    case 'unregistered':
    case 'failed':
      return 'unreachable';
  }
}

/**
 * Corrects the cause for handsets: their 403 means rejected and their 404 unreachable, not a failure of a provider or
 * number.
 */
export function causeFor(to: DialTarget | undefined, cause: LegCause): LegCause {
  if (to === undefined || !('handset' in to)) return cause;
  if (cause === 'provider_refused') return 'rejected';
  return cause === 'no_such_number' ? 'unreachable' : cause;
}
