import type { MessageOutcome } from '../calls/message-call.js';
import type { RetryReason } from './schema.js';
import type { Instant } from '../lib/clock.js';
import type { NotificationResult } from './port.js';

/** Decides whether a notification is called again after a call. Pure. */

export interface RetryRules {
  /** Calls in all, the first one included. */
  maxAttempts: number;
  intervalMs: number;
  /** Factor by which the interval grows with each attempt. */
  backoff: number;
  on: readonly RetryReason[];
}

export interface FinishedCall {
  now: Instant;
  outcome: MessageOutcome;
  /** Calls made for this notification, this one included, without those that our own limits rejected. */
  attempts: number;
  /** Second and later calls made for other notifications of the same order. */
  orderRepeats: number;
  expiresAt: Instant;
  /** The reason why the notification must not be called again. */
  withdrawn: 'superseded' | 'canceled' | null;
  retry: RetryRules;
}

/** Pause after a call that our own limits rejected. The retry rules do not apply: no phone has rung. */
const LIMITED_RETRY_MS = 30_000;

/** The notifications of one order share one budget of repeated calls, so that frequent changes of status do not multiply calls. */
export function nextAfterCall(call: FinishedCall): { result: NotificationResult } | { againAt: Instant } {
  const { now, outcome, attempts, orderRepeats, expiresAt, withdrawn, retry } = call;
  if (outcome === 'heard' || outcome === 'heard_by_machine') return { result: 'delivered' };
  if (withdrawn !== null) return { result: withdrawn };
  if (outcome === 'limited') return { againAt: now + LIMITED_RETRY_MS };
  // The dial policy will reject the next call too.
  if (outcome === 'refused') return { result: 'refused' };
  // A number that does not exist stays unreachable.
  if (outcome === 'no_such_number') return { result: 'failed' };
  const result = resultOf(outcome);
  const againAt = now + Math.round(retry.intervalMs * retry.backoff ** (attempts - 1));
  const isSpent = attempts + orderRepeats >= retry.maxAttempts;
  // The message may have been heard: called again only when the rules list `unknown`.
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
