import type { Cause } from '../asterisk/port.js';

/** Q.850, as the real Asterisk gives them. */
export const CAUSE_NUMBERS: Record<Cause, number> = {
  normal: 16,
  busy: 17,
  no_answer: 19,
  unregistered: 20,
  rejected: 21,
  unreachable: 3,
  failed: 38,
};

/** What the far end of a channel sees of our reason to hang up. */
export const CAUSE_OF = { normal: 'normal', busy: 'busy', congestion: 'failed', unallocated: 'unreachable' } as const;
