import type { MessageOutcome } from '../calls/message-call.js';
import type { RetryReason } from './schema.js';
import type { Instant } from '../lib/clock.js';
import type { NotificationResult } from './port.js';

/** What becomes of a notification after a call. Pure. */

export interface RetryRules {
  /** Calls in all. */
  maxAttempts: number;
  intervalMs: number;
  /** Factor by which the interval grows with each attempt. */
  backoff: number;
  on: readonly RetryReason[];
}

export interface Attempted {
  now: Instant;
  outcome: MessageOutcome;
  /** Calls made for this notification, this one included, but for those that our limits did not let through. */
  attempts: number;
  /** Second and later calls made for other notifications of the same order. */
  orderRepeats: number;
  expiresAt: Instant;
  /** Why it is not called again. */
  withdrawn: 'superseded' | 'canceled' | null;
  retry: RetryRules;
}

/** A call that our own limits did not let through is tried again so much later, whatever the rules: nobody was called. */
const LIMITED_AGAIN_MS = 30_000;

/** A newer status may come any time, but the order has one budget: its notifications share the calls beyond their first ones. */
export function afterCall(call: Attempted): { result: NotificationResult } | { againAt: Instant } {
  const { now, outcome, attempts, orderRepeats, expiresAt, withdrawn, retry } = call;
  if (outcome === 'heard' || outcome === 'heard_by_machine') return { result: 'delivered' };
  if (withdrawn !== null) return { result: withdrawn };
  if (outcome === 'limited') return { againAt: now + LIMITED_AGAIN_MS };
  // Not allowed now, not allowed later.
  if (outcome === 'refused') return { result: 'refused' };
  // The number will not come to be by being called again.
  if (outcome === 'no_such_number') return { result: 'failed' };
  const result = resultOf(outcome);
  const againAt = now + Math.round(retry.intervalMs * retry.backoff ** (attempts - 1));
  const isSpent = attempts + orderRepeats >= retry.maxAttempts;
  // It may have been heard: only who asks for that is called again.
  const reason = outcome === 'unknown' ? outcome : result;
  return isSpent || !retry.on.includes(reason) || againAt >= expiresAt ? { result } : { againAt };
}

type Unheard = Exclude<MessageOutcome, 'heard' | 'heard_by_machine' | 'limited' | 'refused' | 'no_such_number'>;

function resultOf(outcome: Unheard): Exclude<RetryReason, 'unknown'> {
  switch (outcome) {
    case 'busy':
    case 'no_answer':
      return outcome;
    case 'rejected':
      return 'busy';
    case 'machine':
      return 'no_answer';
    case 'cut_short':
    case 'unreachable':
    case 'unknown':
    case 'failed':
      return 'failed';
  }
}
