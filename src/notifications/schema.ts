import { z } from 'zod';
import { endpointName, phoneNumber, timeZone } from '../directory/schema.js';
import { durationInSeconds as duration } from '../directory/schema-words.js';
import { withOmittedDefault } from '../lib/codec.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../lib/time.js';

/** The section `notifications` of a company's document. Documented in docs/notifications.md. */

/** Actions of keys that can be pressed after the message. */
export const digitActions = ['connect_driver', 'connect_operator', 'cancel_order', 'repeat', 'webhook'] as const;
export type DigitAction = (typeof digitActions)[number];

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 08:00');
const prompt = z.number().int().positive();
/** Durations up to 30 days, as a number of seconds or with the unit s, m, h or d. In milliseconds. */
const longDuration = z
  .codec(
    z.union([
      z.number().nonnegative(),
      z.string().regex(/^\d+(\.\d+)?\s*(s|m|h|d)?$/, 'a duration such as 90s, 10m, 2h or 1d'),
    ]),
    z.number(),
    { decode: milliseconds, encode: (ms) => ms / 1000 },
  )
  .refine((ms) => ms <= 30 * DAY_MS, 'at most 30 days');

function milliseconds(written: string | number): number {
  const [, amount, unit = 's'] = /^([\d.]+)\s*(s|m|h|d)?$/.exec(String(written)) ?? [];
  return Math.round(Number(amount) * { s: 1000, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS }[unit as 's' | 'm' | 'h' | 'd']);
}

const windowSchema = z.strictObject({
  from: clockTime,
  to: z.union([clockTime, z.literal('24:00')]),
  /** Default: the line's. */
  time_zone: timeZone.optional(),
  /** Outside of the window: wait until it opens, or give up. */
  policy: z.enum(['defer', 'drop']).default('defer'),
});

/** `unknown`: the gateway or Asterisk crashed during the call; the message may have been heard. */
export const retryReasons = ['busy', 'no_answer', 'failed', 'unknown'] as const;
export type RetryReason = (typeof retryReasons)[number];
export const attemptCount = z.number().int().min(1).max(20);
export const backoffFactor = z.number().min(1).max(10);

const retrySchema = z.strictObject({
  /** Calls in all; those beyond the first are shared by all notifications of an order. */
  max_attempts: attemptCount.default(3),
  interval: longDuration.refine((ms) => ms >= 1000, 'at least a second').default(MINUTE_MS),
  backoff: backoffFactor.default(2),
  on: z.array(z.enum(retryReasons)).default(['busy', 'no_answer', 'failed']),
});

export const optionSchema = z.strictObject({
  digit: z.string().regex(/^[0-9*#]$/, 'one key: 0-9, * or #'),
  action: z.enum(digitActions),
});

const capWords = {
  /** Most notification calls at the same time. */
  max_concurrent: z.number().int().min(1).max(1000),
  per_minute: z.number().int().min(1).max(6000),
};

export const notificationsSchema = z.strictObject({
  max_concurrent: withOmittedDefault(capWords.max_concurrent, 5),
  per_minute: withOmittedDefault(capWords.per_minute, 30),
  /** Additional limits of single trunks. */
  trunks: withOmittedDefault(
    z.record(
      endpointName,
      z.strictObject({
        max_concurrent: capWords.max_concurrent.optional(),
        per_minute: capWords.per_minute.optional(),
      }),
    ),
    {},
  ),
  retry: withOmittedDefault(retrySchema, retrySchema.parse({})),
  /** Time of day in which calls may be made; default: always. */
  window: windowSchema.optional(),
  /** No calls are made later than this after the request. */
  expires_after: withOmittedDefault(longDuration, HOUR_MS),
  ring_timeout: withOmittedDefault(
    duration.refine((ms) => ms >= 5000 && ms <= 120_000, '5 s to 2 minutes'),
    30_000,
  ),
  /** Reaction to an answering machine; `off`: machines are not detected. */
  answering_machine: withOmittedDefault(z.enum(['off', 'hang_up', 'speak']), 'off'),
  /** Keys of requests that name none. */
  options: withOmittedDefault(z.array(optionSchema).max(12), []),
  input: withOmittedDefault(
    z.strictObject({ timeout: duration.default(5000), tries: z.number().int().min(1).max(10).default(3) }),
    { timeout: 5000, tries: 3 },
  ),
  /** Queue for the key `connect_operator`. */
  operator_queue: z.number().int().positive().optional(),
  /** Prompts played after the message that offer a key, by the action of the key. */
  offers: withOmittedDefault(z.partialRecord(z.enum(digitActions), prompt), {}),
  /** Prompts that confirm a pressed key. */
  confirmations: withOmittedDefault(z.partialRecord(z.enum(['cancel_order', 'webhook']), prompt), {}),
  /** Numbers that are never called; more can be added over the API. */
  do_not_call: withOmittedDefault(z.array(phoneNumber), []),
});

export type NotificationSettings = z.output<typeof notificationsSchema>;
