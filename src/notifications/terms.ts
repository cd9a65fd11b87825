import type { RetryRules } from './retry.js';
import type { DigitAction, NotificationRequest } from './port.js';
import type { CallingWindow } from './window.js';

/** What a notification's calls speak, offer and obey, fixed when it is asked for. */
export interface Terms {
  details: NotificationRequest['details'];
  template?: string;
  vars?: NonNullable<NotificationRequest['vars']>;
  prompts?: number[];
  /** As the company's queues are when it is asked for. */
  options: { digit: string; action: DigitAction }[];
  input: { timeoutMs: number; tries: number };
  ringMs: number;
  retry: RetryRules;
  window: CallingWindow | null;
  callbackUrl?: string;
}
