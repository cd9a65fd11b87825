import { z } from 'zod';
import { implied, shorthand } from '../lib/codec.js';
import { queueStrategies } from '../asterisk/queue-port.js';
import { isTimeZone } from '../lib/time-zone.js';
import { language, phoneNumber, wholeSeconds } from './schema-words.js';
import { queueSoundWords } from './waiting-schema.js';

/** The words for what a company sets up, call plans aside (company/actions). Documented in docs/configuration.md. */

export { duration, language, phoneNumber } from './schema-words.js';

export const timeZone = z.string().refine(isTimeZone, {
  error: (issue) => `"${String(issue.input)}" is not an IANA time zone such as Europe/Prague`,
});

/** User name of the SIP account. At least one letter, so that no caller ID equals it. */
export const handsetName = z
  .string()
  .regex(/^(?=.*[a-z])[a-z0-9_-]{2,40}$/, 'lower-case letters, digits, - and _, with at least one letter');

/** An endpoint in Asterisk's own configuration. */
export const endpointName = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'letters, digits, - and _');

export const handsetSchema = z.strictObject({
  name: handsetName,
  display_name: implied(z.string().max(80), ''),
  language: language.optional(),
  /** Phones that may be registered at the same time; all of them ring. */
  max_contacts: implied(z.number().int().min(1).max(10), 1),
  /** For a browser: then no desk phone and no softphone can use the account. */
  webrtc: implied(z.boolean(), false),
});

/** Talks are recorded, or not. `announce`: id of the prompt that callers hear before; `true`: without one. */
export const recordSetting = z.union([
  z.boolean(),
  z.strictObject({ announce: z.number().int().positive().optional() }),
]);

export type RecordSetting = z.output<typeof recordSetting>;

/** The prompt that callers hear before a talk is recorded. */
export function announcementOf(record: RecordSetting | undefined): number | undefined {
  return typeof record === 'object' ? record.announce : undefined;
}

/** Callers waiting for a group of handsets. */
export const queueSchema = z.strictObject({
  id: z.number().int().positive(),
  name: z.string().min(1).max(80),
  /** Their order counts for the strategy `linear`. */
  handsets: implied(z.array(handsetName), []),
  /** A handset that comes into the queue waits until somebody logs it in. */
  starts_logged_out: implied(z.boolean(), false),
  /** Whom a caller is offered to first. */
  strategy: implied(z.enum(queueStrategies), 'ringall'),
  /** How long a handset rings before it is the next one's turn. */
  ring_timeout: implied(wholeSeconds(1), 20_000),
  /** How long handsets are left in peace after a round of ringing that nobody answered, refusals included. */
  retry: implied(wholeSeconds(1), 5000),
  /** How long a handset is left in peace after a call. */
  wrap_up: implied(wholeSeconds(0), 0),
  /** Of queues that share a free handset, the heavier is served first. */
  weight: implied(z.number().int().min(0).max(1000), 0),
  /** Callers who may wait; 0 for any number. */
  max_length: implied(z.number().int().min(0).max(10_000), 0),
  /** How long a caller waits at most. */
  max_wait: implied(wholeSeconds(1), 600_000),
  /** Who is let in: everybody, or callers while a handset is registered, or free. */
  join_when: implied(z.enum(['always', 'registered', 'free']), 'registered'),
  /** Who goes on waiting: everybody, or callers while a handset is registered. */
  stay_when: implied(z.enum(['always', 'registered']), 'registered'),
  record: recordSetting.optional(),
  ...queueSoundWords,
});

/** Asterisk keeps reasons in a list that `;` and `|` would break, and cuts them off at 79 bytes. */
export const pauseReason = z
  .string()
  .regex(/^[^;|\p{Cc}]+$/u, 'text without ; and |')
  .refine((text) => Buffer.byteLength(text) <= 79, 'at most 79 bytes: about 40 letters with diacritics');

const featureCode = z.union([
  z.string().regex(/^\*\d[\d*]{0,5}$/, 'a code such as *45'),
  shorthand(z.enum(['off']).or(z.literal(false)), { decode: () => 'off' as const, encode: () => 'off' as const }),
]);

/** What an operator dials on a handset; `off` for none. */
export const featureCodesSchema = z.strictObject({
  /** In to all queues of the handset, or out of them. */
  log_in: implied(featureCode, '*45'),
  /** Pause, or go on; with the number of a reason behind it for that reason. */
  pause: implied(featureCode, '*46'),
});

export const operatorRoles = ['operator', 'supervisor', 'admin'] as const;

/** A person. Who it is and what it may do; the password is kept elsewhere. */
export const operatorSchema = z.strictObject({
  /** How shops name it: Telfa's `telfa_user_id`. */
  id: z.number().int().positive(),
  /** An e-mail address or a plain name. Capital letters count as small ones. */
  login: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._+@-]{1,79}$/, 'an e-mail address, or letters, digits, ., _, + and -'),
  name: z.string().min(1).max(80),
  role: implied(z.enum(operatorRoles), 'operator'),
  /** What the operator answers on. */
  handset: handsetName.optional(),
  mobile: phoneNumber.optional(),
});

const days = z.number().int().min(1).max(36_500);

/** For how many days what has happened is kept. */
export const keepDaysSchema = z.strictObject({
  recordings: implied(days, 30),
  /** Calls with their timelines; one that has a recording stays as long as that. */
  calls: implied(days, 365),
  /** What webhooks have taken. */
  webhooks: implied(days, 30),
  /** What no webhook took. */
  dead_webhooks: implied(days, 90),
  /** Orders of the dispatch, since they were last told of. */
  orders: implied(days, 30),
  /** Requests of integrations that nobody here understood. */
  recorded_requests: implied(days, 30),
  /** Audio that no prompt has any more. */
  unused_audio: implied(days, 7),
});

export type KeepDays = z.output<typeof keepDaysSchema>;

const prefixOrShortCode = z
  .string()
  .regex(/^(\+\d{1,15}|\d{2,6})$/, 'a prefix with its country code such as +4917, or a short code such as 112');

/** Frozen: the rules that read it keep an index of it (`dial-rules.ts`). A change of the policy is a new list. */
const prefixList = z.array(prefixOrShortCode).default([]).readonly();

/** Whatever dials asks this first; what is not allowed here is refused. */
export const dialPolicySchema = z.strictObject({
  /** ISO 3166 countries that may be called. Empty: none. */
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).default([]),
  /** What may be called besides: E.164 prefixes (`+4917`), premium rate included, and short codes in full (`112`). */
  allow: prefixList,
  /** What may not be called, written alike; it wins. */
  deny: prefixList,
  /** Outgoing calls to numbers at the same time. */
  max_concurrent: z.number().int().min(0).default(10),
  /** Outgoing calls to numbers in one day of the company's time zone. */
  max_per_day: z.number().int().min(0).default(500),
});

export type DialPolicySettings = z.output<typeof dialPolicySchema>;
export type Handset = z.output<typeof handsetSchema>;
export type Operator = z.output<typeof operatorSchema>;
export type Queue = z.output<typeof queueSchema>;
