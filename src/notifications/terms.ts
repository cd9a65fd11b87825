import type { RetryRules } from './retry.js';
import type { DigitAction, NotificationRequest } from './port.js';
import type { CallingWindow } from './window.js';

/** The content and rules of a notification's calls, fixed when it is requested and stored with it. */
export interface Terms {
  details: NotificationRequest['details'];
  template?: string;
  vars?: NonNullable<NotificationRequest['vars']>;
  prompts?: number[];
  /** Keys; checked against the company's queues at the time of the request. */
  options: { digit: string; action: DigitAction }[];
  input: { timeoutMs: number; tries: number };
  ringMs: number;
  retry: RetryRules;
  window: CallingWindow | null;
  callbackUrl?: string;
}
