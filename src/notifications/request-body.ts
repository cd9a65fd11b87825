import { z } from 'zod';
import { attemptCount, backoffFactor, optionSchema, retryReasons, type NotificationSettings } from './schema.js';
import { isOrderStatus } from '../orders/status.js';
import type { NotificationRequest } from './port.js';
import { MINUTE_MS } from '../lib/time.js';
import { compact } from '../lib/compact.js';
import { instantOf, requestInstant } from '../http/instant.js';

/** The body of a notification request in the API. */

const name = z.string().trim().min(1).max(200);
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time such as 08:00');
const word = z.string().max(80);
const HOUR_S = 3600;

export const notificationBody = z.strictObject({
  external_id: name.describe('Your own id: a repeated id is the same notification'),
  order_id: name,
  status: name.describe('One of the statuses of docs/notifications.md; for others, `status_speech.unknown` decides'),
  to: z.string().min(2).max(40).describe('In the format of the company’s country, or with the country code'),
  line: z
    .string()
    .min(2)
    .max(40)
    .optional()
    .describe('Number of the line that the call is made for; default: the first'),
  details: z
    .strictObject({
      car_mark: word.optional(),
      car_model: word.optional(),
      car_color: word.optional(),
      car_plate: word.optional(),
      minutes: z.number().int().min(0).max(1440).optional(),
    })
    .default({})
    .describe('Details to speak; absent ones are not spoken'),
  template: word.optional(),
  vars: z.record(z.string().max(40), z.union([z.string().max(200), z.number()])).optional(),
  prompts: z
    .array(z.number().int().positive())
    .min(1)
    .max(50)
    .optional()
    .describe('Prompt ids, played instead of the text of the status'),
  options: z.array(optionSchema).max(12).optional().describe('Keys and their actions'),
  input: z
    .strictObject({
      timeout_ms: z.number().int().min(500).max(MINUTE_MS).default(5000),
      tries: z.number().int().min(1).max(10).default(3),
    })
    .optional(),
  retry: z
    .strictObject({
      max_attempts: attemptCount.optional(),
      interval_s: z
        .number()
        .int()
        .min(1)
        .max(24 * HOUR_S)
        .optional(),
      backoff: backoffFactor.optional(),
      on: z.array(z.enum(retryReasons)).optional(),
    })
    .optional(),
  window: z
    .strictObject({
      from: clockTime,
      to: clockTime,
      tz: z.string().max(60).describe('IANA name'),
      policy: z.enum(['defer', 'drop']).default('defer'),
    })
    .optional()
    .describe('Time of day in which calls may be made'),
  expires_at: requestInstant.optional(),
  supersede: z.boolean().default(true).describe('Replaces waiting notifications of the same order'),
  callback_url: z
    .string()
    .max(2000)
    .optional()
    .describe('Receives the result; must be below one of the company’s callbacks'),
  batch: name.optional().describe('Name of a batch, whose progress can be read'),
});

export type NotificationBody = z.output<typeof notificationBody>;

/** @param settings defaults for the fields that `retry` leaves out */
export function requestOf(body: NotificationBody, settings: NotificationSettings): NotificationRequest {
  const { input, retry, window, expires_at: expiresAt, details } = body;
  const rules = settings.retry;
  return compact({
    externalId: body.external_id,
    orderId: body.order_id,
    rawStatus: body.status,
    to: body.to,
    status: isOrderStatus(body.status) ? body.status : null,
    details: compact({
      carMark: details.car_mark,
      carModel: details.car_model,
      carColor: details.car_color,
      carPlate: details.car_plate,
      minutes: details.minutes,
    }),
    supersede: body.supersede,
    line: body.line,
    template: body.template,
    vars: body.vars,
    prompts: body.prompts,
    options: body.options,
    callbackUrl: body.callback_url,
    batch: body.batch,
    expiresAt: instantOf(expiresAt),
    input: input && { timeoutMs: input.timeout_ms, tries: input.tries },
    retry: retry && {
      maxAttempts: retry.max_attempts ?? rules.max_attempts,
      intervalMs: retry.interval_s === undefined ? rules.interval : retry.interval_s * 1000,
      backoff: retry.backoff ?? rules.backoff,
      on: retry.on ?? rules.on,
    },
    window: window && { from: window.from, to: window.to, timeZone: window.tz, policy: window.policy },
  });
}
