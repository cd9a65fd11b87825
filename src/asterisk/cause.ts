import type { Cause } from './port.js';

/** Q.850 cause numbers that Asterisk gives a channel (include/asterisk/causes.h), by what they mean to a caller. */
const CAUSES: Record<number, Cause> = {
  1: 'unreachable',
  2: 'unreachable',
  3: 'unreachable',
  5: 'unreachable',
  16: 'normal',
  17: 'busy',
  18: 'no_answer',
  19: 'no_answer',
  20: 'unregistered',
  21: 'rejected',
  22: 'unreachable',
  26: 'normal',
  27: 'unreachable',
  28: 'unreachable',
  31: 'normal',
};

export function causeOf(q850: number): Cause {
  return CAUSES[q850] ?? 'failed';
}

/** DIALSTATUS words that end a dial attempt, with the cause number that says the same. */
const DIAL_ENDS: Record<string, number> = {
  BUSY: 17,
  NOANSWER: 19,
  CONGESTION: 34,
  CHANUNAVAIL: 20,
  CANCEL: 16,
};

/** Undefined while the dial attempt is still under way, or answered. */
export function causeNumberOfDialStatus(status: string): number | undefined {
  return DIAL_ENDS[status];
}
