import { z } from 'zod';
import { withOmittedDefault, shorthand } from '../lib/codec.js';
import { meaning } from '../lib/setting-meaning.js';
import { queueStrategies } from '../asterisk/queue-port.js';
import { isTimeZone } from '../lib/time-zone.js';
import { dialLimitsSchema } from './dial-limits.js';
import { language, phoneNumber, wholeSeconds } from './schema-words.js';
import { queueSoundSettings } from './waiting-schema.js';

/** Schemas of the company document without call plans (company/actions). Documented in docs/configuration.md. */

export { duration, language, phoneNumber } from './schema-words.js';

export const timeZone = z.string().refine(isTimeZone, {
  error: (issue) => `"${String(issue.input)}" is not an IANA time zone such as Europe/Prague`,
});

/** User name of the SIP account. At least one letter, so that no caller ID equals it. */
export const handsetName = z
  .string()
  .regex(/^(?=.*[a-z])[a-z0-9_-]{2,40}$/, 'lower-case letters, digits, - and _, with at least one letter');

/** What people dial for a handset or a queue. */
const extension = z.string().regex(/^\d{2,6}$/, '2 to 6 digits, in quotes');

/** An endpoint in Asterisk's own configuration. */
export const endpointName = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'letters, digits, - and _');

export const handsetSchema = z.strictObject({
  name: handsetName,
  display_name: withOmittedDefault(z.string().max(80), ''),
  language: language.optional(),
  /** A telephone of the company's own Asterisk, by the endpoint of its SIP account; it needs no account of the gateway. */
  endpoint: z
    .string()
    .regex(/^[A-Za-z0-9_-]{2,40}$/, '2 to 40 letters, digits, - and _, in quotes')
    .optional(),
  /** What other handsets dial for it, also to transfer a call. */
  extension: extension.optional(),
  /** Phones that may be registered at the same time; all of them ring. */
  max_contacts: withOmittedDefault(z.number().int().min(1).max(10), 1),
  /** An account for a browser; desk phones and softphones cannot use it. */
  webrtc: withOmittedDefault(z.boolean(), false),
  /** SIP over TLS with encrypted audio (SRTP with keys of SDES). Browsers always encrypt. */
  encryption: withOmittedDefault(z.enum(['off', 'wanted', 'required']), 'off'),
  /** Hashes that Asterisk offers for the login. Some phones fail when more than MD5 is offered. */
  digest: withOmittedDefault(z.enum(['md5', 'both', 'sha-256']), 'md5'),
  dial_limits: dialLimitsSchema.optional(),
});

/** Whether talks are recorded. `announce`: id of a prompt that is played to callers first; `true`: without an announcement. */
export const recordSetting = meaning(
  'recording',
  z.union([z.boolean(), z.strictObject({ announce: z.number().int().positive().optional() })]),
);

export type RecordSetting = z.output<typeof recordSetting>;

/** The prompt that is played to callers before a recorded talk. */
export function announcementOf(record: RecordSetting | undefined): number | undefined {
  return typeof record === 'object' ? record.announce : undefined;
}

/** A queue of callers who wait for a group of handsets. */
export const queueSchema = z.strictObject({
  id: z.number().int().positive(),
  name: z.string().min(1).max(80),
  /** What handsets dial to transfer a call to the queue. */
  extension: extension.optional(),
  /** The order matters for the strategy `linear`. */
  handsets: withOmittedDefault(z.array(handsetName), []),
  /** A handset that is added to the queue is logged out at first. */
  starts_logged_out: withOmittedDefault(z.boolean(), false),
  /** The order in which handsets ring. */
  strategy: withOmittedDefault(z.enum(queueStrategies), 'ringall'),
  /** How long a handset rings before the next one. */
  ring_timeout: withOmittedDefault(wholeSeconds(1), 20_000),
  /** Pause after a round of ringing without an answer, rejections included. */
  retry: withOmittedDefault(wholeSeconds(1), 5000),
  /** How long a handset is not rung after a call. */
  wrap_up: withOmittedDefault(wholeSeconds(0), 0),
  /** Of queues that share a free handset, the one with the higher weight is served first. */
  weight: withOmittedDefault(z.number().int().min(0).max(1000), 0),
  /** Most waiting callers; 0 for no limit. */
  max_length: withOmittedDefault(z.number().int().min(0).max(10_000), 0),
  /** Longest wait of a caller. */
  max_wait: withOmittedDefault(wholeSeconds(1), 600_000),
  /** When callers can join: always, while a handset is registered, or while a handset is free. */
  join_when: withOmittedDefault(z.enum(['always', 'registered', 'free']), 'registered'),
  /** When callers may stay: always, or while a handset is registered. */
  stay_when: withOmittedDefault(z.enum(['always', 'registered']), 'registered'),
  record: recordSetting.optional(),
  ...queueSoundSettings,
});

/** Asterisk stores reasons in a list that `;` and `|` would break, and truncates them at 79 bytes. */
export const pauseReason = z
  .string()
  .regex(/^[^;|\p{Cc}]+$/u, 'text without ; and |')
  .refine((text) => Buffer.byteLength(text) <= 79, 'at most 79 bytes: about 40 letters with diacritics');

const featureCode = z.union([
  z.string().regex(/^\*\d[\d*]{0,5}$/, 'a code such as *45'),
  shorthand(z.enum(['off']).or(z.literal(false)), { decode: () => 'off' as const, encode: () => 'off' as const }),
]);

/** Codes that operators dial on a handset; `off` for none. */
export const featureCodesSchema = z.strictObject({
  /** Logs the handset in to all its queues, or out of them. */
  log_in: withOmittedDefault(featureCode, '*45'),
  /** Pauses or resumes; followed by the number of a pause reason, pauses with that reason. */
  pause: withOmittedDefault(featureCode, '*46'),
  /** Pressed during a talk, followed by a number: transfers the other party there. */
  blind_transfer: withOmittedDefault(featureCode, '*1'),
  /** Pressed during a talk, followed by a number: calls it, while the other party hears music. Pressed again, returns to that party. */
  attended_transfer: withOmittedDefault(featureCode, '*2'),
  /** Pressed during a talk: parks the other party. */
  park: withOmittedDefault(featureCode, '*3'),
  /** Dialled with the number of a place behind it: picks up the party that is parked there. */
  pick_up: withOmittedDefault(featureCode, '*7'),
  /** Dialled: hears the messages of the handset and its queues. */
  messages: withOmittedDefault(featureCode, '*97'),
});

const operatorRoles = ['operator', 'supervisor', 'admin'] as const;

/** A person with a role. The password is stored elsewhere. */
export const operatorSchema = z.strictObject({
  /** The id for shops: Telfa's `telfa_user_id`. */
  id: z.number().int().positive(),
  /** An e-mail address or a plain name, case-insensitive. */
  login: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._+@-]{1,79}$/, 'an e-mail address, or letters, digits, ., _, + and -'),
  name: z.string().min(1).max(80),
  role: withOmittedDefault(z.enum(operatorRoles), 'operator'),
  /** The handset on which the operator answers calls. */
  handset: handsetName.optional(),
  mobile: phoneNumber.optional(),
  /** For calls from the operator's handset. */
  dial_limits: dialLimitsSchema.optional(),
});

const days = z.number().int().min(1).max(36_500);

/** Retention of stored data in days. */
export const keepDaysSchema = z.strictObject({
  recordings: withOmittedDefault(days, 30),
  /** Calls with their timelines; a call with a recording is kept as long as the recording. */
  calls: withOmittedDefault(days, 365),
  /** Delivered webhooks. */
  webhooks: withOmittedDefault(days, 30),
  /** Dead letters of webhooks. */
  dead_webhooks: withOmittedDefault(days, 90),
  /** Orders of the dispatch, since their last update. */
  orders: withOmittedDefault(days, 30),
  /** Unknown requests of integrations. */
  recorded_requests: withOmittedDefault(days, 30),
  /** The audit log. */
  audit: withOmittedDefault(days, 365),
  /** Audio that no prompt uses. */
  unused_audio: withOmittedDefault(days, 7),
});

export type KeepDays = z.output<typeof keepDaysSchema>;

const prefixOrShortCode = z
  .string()
  .regex(/^(\+\d{1,15}|\d{2,6})$/, 'a prefix with its country code such as +4917, or a short code such as 112');

/** Frozen, since `dial-rules.ts` keeps an index of it. A change of the policy makes a new list. */
const prefixList = z.array(prefixOrShortCode).default([]).readonly();

/** The rules for every outgoing call; a call that no rule allows is refused. */
export const dialPolicySchema = z.strictObject({
  /** ISO 3166 countries that may be called. Empty: none. */
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).default([]),
  /** Additionally allowed: E.164 prefixes (`+4917`), premium rate included, and short codes in full (`112`). */
  allow: prefixList,
  /** Denied prefixes and short codes; wins over the other rules. */
  deny: prefixList,
  /** Most outgoing calls to numbers at the same time. */
  max_concurrent: z.number().int().min(0).default(10),
  /** Most outgoing calls to numbers on one day of the company's time zone. */
  max_per_day: z.number().int().min(0).default(500),
});

export type DialPolicySettings = z.output<typeof dialPolicySchema>;
export type Handset = z.output<typeof handsetSchema>;
export type Operator = z.output<typeof operatorSchema>;
export type Queue = z.output<typeof queueSchema>;
