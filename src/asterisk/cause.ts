import type { Cause } from './port.js';

/** Causes by Asterisk's Q.850 cause numbers (include/asterisk/causes.h). */
const CAUSES: Record<number, Cause> = {
  1: 'no_such_number',
  2: 'unreachable',
  3: 'unreachable',
  5: 'unreachable',
  16: 'normal',
  17: 'busy',
  18: 'no_answer',
  19: 'no_answer',
  20: 'unregistered',
  21: 'rejected',
  22: 'no_such_number',
  26: 'normal',
  27: 'unreachable',
  28: 'no_such_number',
  31: 'normal',
};

/** SIP responses that are more precise than Asterisk's cause number: 401, 403, 407 and 603 all become 21. */
const SIP_CAUSES: Record<number, Cause> = {
  401: 'provider_refused',
  402: 'provider_refused',
  403: 'provider_refused',
  404: 'no_such_number',
  407: 'provider_refused',
  410: 'no_such_number',
  484: 'no_such_number',
  604: 'no_such_number',
};

/** Causes that a Reason header may give and that are more precise than the SIP status. */
const CERTAIN: ReadonlySet<Cause> = new Set<Cause>(['normal', 'busy', 'no_answer', 'unregistered']);

/** @param sipStatus the response with which the far end refused the call; undefined or 0 when there was none */
export function causeOf(q850: number, sipStatus = 0): Cause {
  const cause = CAUSES[q850] ?? 'failed';
  return CERTAIN.has(cause) ? cause : (SIP_CAUSES[sipStatus] ?? cause);
}

/** No route, temporary failure, congestion, and no resources: the network fails, whoever is called. */
const NETWORK_FAILURES: ReadonlySet<number> = new Set([2, 3, 20, 25, 27, 34, 38, 41, 42, 44, 47, 58, 66]);
/** The trunk refuses our calls, or has no codec in common with us; 408: it did not answer. */
const TRUNK_REFUSALS: ReadonlySet<number> = new Set([401, 402, 403, 405, 407, 408, 415, 420, 429, 488]);

/** Whether a leg ended because its trunk failed, so that another trunk may reach the callee. */
export function isTrunkFailure(q850: number, sipStatus = 0): boolean {
  if (sipStatus === 0) return NETWORK_FAILURES.has(q850);
  return TRUNK_REFUSALS.has(sipStatus) || (sipStatus >= 500 && sipStatus < 600);
}

/** DIALSTATUS values that end a dial attempt, with the equivalent cause number. */
const DIAL_ENDS: Record<string, number> = {
  BUSY: 17,
  NOANSWER: 19,
  CONGESTION: 34,
  CHANUNAVAIL: 20,
  CANCEL: 16,
};

/** Undefined while the dial attempt is in progress, or when it was answered. */
export function causeNumberOfDialStatus(status: string): number | undefined {
  return DIAL_ENDS[status];
}
