import { z } from 'zod';
import { duration } from '../directory/schema-words.js';
import { withOmittedDefault } from '../lib/codec.js';
import { supportedLanguages } from '../lib/language.js';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../lib/time.js';
import { secretName } from '../webhooks/schema.js';

/** The section `alarms` of the company document. Documented in docs/alarms.md. */

/** Settings of one rule. @param afterMs how long its condition lasts before the alarm fires, by default */
function rule<S extends z.ZodRawShape>(afterMs: number, thresholds: S) {
  const schema = z.strictObject({
    on: withOmittedDefault(z.boolean(), true),
    /** How long the condition lasts before the alarm fires. */
    after: withOmittedDefault(duration, afterMs),
    ...thresholds,
  });
  return withOmittedDefault(schema, schema.parse({}));
}

const count = (usual: number, most = 100_000) => withOmittedDefault(z.number().int().min(1).max(most), usual);

const rules = {
  /** A trunk is not registered, or does not answer. */
  trunk_down: rule(MINUTE_MS, {}),
  /** Callers wait in a queue without a registered handset. */
  queue_unstaffed: rule(30 * SECOND_MS, {}),
  /** A caller waits too long. */
  queue_waiting: rule(0, { longer_than: withOmittedDefault(duration, 5 * MINUTE_MS) }),
  /** No request of a hand-over to a shop succeeds. */
  shop_failing: rule(MINUTE_MS, {}),
  /** Events wait for delivery. */
  deliveries_late: rule(0, { longer_than: withOmittedDefault(duration, 15 * MINUTE_MS) }),
  /** The disk of the data folder is nearly full. */
  disk_low: rule(MINUTE_MS, { below_percent: count(10, 99) }),
  /** The last backup failed, or is too old. */
  backup_old: rule(0, { older_than_hours: count(36) }),
  /** Outgoing calls come near the limits of the dial policy, or near the limit of a day of a handset or person. */
  dial_limit: rule(0, { at_percent: count(80, 100) }),
  /** Wrong passwords, also those of telephones whose address is never banned. */
  password_guessing: rule(0, { attempts: count(20), within: withOmittedDefault(duration, 10 * MINUTE_MS) }),
  /** Addresses were banned because they guessed passwords or tokens. */
  address_banned: rule(0, { addresses: count(1), within: withOmittedDefault(duration, HOUR_MS) }),
  /** A certificate expires soon, or its files cannot be used. */
  certificate: rule(2 * MINUTE_MS, { expires_within_days: count(14, 365) }),
  /** A check of `/readyz` fails. */
  gateway_degraded: rule(2 * MINUTE_MS, {}),
  /** Calls are refused, also those to a number that no line has. */
  calls_refused: rule(0, { calls: count(5), within: withOmittedDefault(duration, 15 * MINUTE_MS) }),
};

export type AlarmRule = keyof typeof rules;
export const alarmRules = Object.keys(rules) as AlarmRule[];

const CONTENT_TYPES = ['application/json', 'application/x-www-form-urlencoded', 'text/plain'] as const;

const httpSchema = z.strictObject({
  /** `{subject}`, `{text}` and the other placeholders are replaced; `{secret}` by the value of the variable `secret`. */
  url: z
    .string()
    .max(2000)
    .regex(/^https?:\/\/[^\s{}/?#]+([/?#]\S*)?$/, 'an http or https URL; placeholders only behind the host name'),
  method: withOmittedDefault(z.enum(['POST', 'GET']), 'POST'),
  /** Default: the alarm as JSON. */
  body: z.string().max(10_000).optional(),
  content_type: withOmittedDefault(z.enum(CONTENT_TYPES), 'application/json'),
  /** Environment variable with the value of `{secret}`. */
  secret: secretName.optional(),
  /** Environment variable with the key that is sent as `Authorization: Bearer`. */
  bearer: secretName.optional(),
});

export type HttpTemplate = z.output<typeof httpSchema>;

const receiverSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'lower-case letters, digits, - and _'),
    /** Addresses of people. Needs SMTP_HOST. */
    mail: z.array(z.email('an e-mail address').max(200)).min(1).max(50).optional(),
    http: httpSchema.optional(),
    /** Default: the first language of the company that the texts exist in. */
    language: z.enum(supportedLanguages).optional(),
  })
  .refine(({ mail, http }) => (mail === undefined) !== (http === undefined), 'either mail or http');

export type AlarmReceiver = z.output<typeof receiverSchema>;

export const alarmsSchema = z.strictObject({
  /** Webhooks receive alarms with the event `alarm`. */
  receivers: withOmittedDefault(z.array(receiverSchema).max(50), []),
  /** How long a condition must have ceased before its alarm is resolved. */
  resolve_after: withOmittedDefault(duration, 2 * MINUTE_MS),
  ...rules,
});

export type AlarmSettings = z.output<typeof alarmsSchema>;
