import type { DigitAction, RetryReason } from './schema.js';
import type { FieldCode } from '../http/problem-codes.js';
import type { OrderDetails } from '../orders/order.js';
import type { OrderStatus } from '../orders/status.js';

/** Notifications as other modules use them: automatically dialled calls that speak an order's status. */

export type { DigitAction };

export interface NotificationRequest {
  /** The client's own id of this notification: a repeated id is the same notification. */
  externalId: string;
  orderId: string;
  /** Null: not one of our statuses; `rawStatus` holds it as given. */
  status: OrderStatus | null;
  rawStatus: string;
  /** The number to call, in any format of the company's country. */
  to: string;
  /** Number of the line that the call is made for; default: the company's first. */
  line?: string;
  details: OrderDetails;
  template?: string;
  vars?: Record<string, string | number>;
  /** Prompt ids, played instead of the text of the status. */
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
  /** Replaces waiting notifications of the same order; default true. */
  supersede?: boolean;
  callbackUrl?: string;
  /** Name of the batch; the API reports the progress of a batch. */
  batch?: string;
}

/**
 * `refused`: the company does not speak the status, the number is on the do-not-call list, or the dial policy rejects it.
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

/** The status of a notification. Holds no phone number. */
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
  /** The field of {@link NotificationRequest}, under its name in the API. */
  field?: string;
  /** Kind of the error in the field; default: `invalid`. */
  code?: FieldCode;
  /** What is wrong and how to correct it. Holds no phone number. */
  detail: string;
}

export interface Notifications {
  /** Stores a notification before it answers `ok`: it is then spoken, or reported as not spoken, even after a crash. */
  notify(
    request: NotificationRequest,
  ): Promise<{ ok: true; isNew: boolean; notification: NotificationView } | NotificationRefusal>;
  /** Ends the waiting notifications of an order that has a newer status which is not spoken. */
  supersede(orderId: string): Promise<void>;
  find(id: string): Promise<NotificationView | undefined>;
  /** Makes no further calls; a call in progress continues to its end. False when there is no such notification. */
  cancel(id: string): Promise<boolean>;
}
