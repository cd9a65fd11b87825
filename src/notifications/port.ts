import type { DigitAction, RetryReason } from './schema.js';
import type { OrderDetails } from '../orders/order.js';
import type { OrderStatus } from '../orders/status.js';

/** Notifications, as other areas see them: an auto-dialled call that speaks an order's status. */

export type { DigitAction };

export interface NotificationRequest {
  /** The asker's own name for this notification: the same one twice is one notification. */
  externalId: string;
  orderId: string;
  /** Null: one that we do not know; `rawStatus` has it. */
  status: OrderStatus | null;
  rawStatus: string;
  /** Whom to call, in any form in which the company's country writes numbers. */
  to: string;
  /** Number of the line on whose behalf; default: the company's first. */
  line?: string;
  details: OrderDetails;
  template?: string;
  vars?: Record<string, string | number>;
  /** Played in place of what the status would say. */
  prompts?: number[];
  options?: { digit: string; action: DigitAction }[];
  input?: { timeoutMs: number; tries: number };
  retry?: {
    maxAttempts: number;
    intervalMs: number;
    /** Factor by which the interval grows with each attempt. */
    backoff: number;
    on: RetryReason[];
  };
  /** Local times `HH:MM` between which people may be called. */
  window?: { from: string; to: string; timeZone: string; policy: 'defer' | 'drop' };
  expiresAt?: number;
  /** It replaces what still waits for the same order; default true. */
  supersede?: boolean;
  callbackUrl?: string;
  /** Groups notifications whose progress is asked for together. */
  batch?: string;
}

/**
 * `refused`: the company does not want the status spoken, or the number called: it is on the list of those who are not, or
 * the dial policy does not allow it.
 */
export const notificationResults = [
  'delivered',
  'busy',
  'no_answer',
  'failed',
  'expired',
  'superseded',
  'window_missed',
  'refused',
  'canceled',
] as const;
export type NotificationResult = (typeof notificationResults)[number];

/** How a notification stands; holds no number. */
export interface NotificationView {
  id: string;
  externalId: string;
  orderId: string;
  state: 'waiting' | 'calling' | 'done';
  result: NotificationResult | null;
  attempts: { number: number; startedAt: number; outcome: string | null }[];
  nextAttemptAt: number | null;
  answeredAt: number | null;
  durationMs: number | null;
  digit: string | null;
  action: DigitAction | null;
}

export interface NotificationRefusal {
  ok: false;
  why: 'bad_request' | 'conflict' | 'refused' | 'unavailable';
  /** Of {@link NotificationRequest}, in the words of the API. */
  field?: string;
  /** What is wrong and what to do about it; holds no number. */
  detail: string;
}

export interface Notifications {
  /** What is answered `ok` has been stored: it is spoken, or reported as not spoken, whatever becomes of this process. */
  notify(
    request: NotificationRequest,
  ): Promise<{ ok: true; isNew: boolean; notification: NotificationView } | NotificationRefusal>;
  /** The order has a newer status that is not spoken: what waits for it is not called any more. */
  supersede(orderId: string): Promise<void>;
  find(id: string): Promise<NotificationView | undefined>;
  /** Nobody is called any more; a call in progress goes on to its end. False when there never was such a notification. */
  cancel(id: string): Promise<boolean>;
}
