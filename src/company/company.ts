import { z } from 'zod';
import { withOmittedDefault } from '../lib/codec.js';
import { alarmsSchema } from '../alarms/schema.js';
import { rolesSchema } from '../accounts/roles.js';
import { bansSchema } from '../bans/schema.js';
import { browserPhonesSchema } from '../webphone/schema.js';
import {
  dialPolicySchema,
  endpointName,
  featureCodesSchema,
  handsetSchema,
  keepDaysSchema,
  language,
  operatorSchema,
  pauseReason,
  phoneNumber,
  queueSchema,
  timeZone,
} from '../directory/schema.js';
import { runtelSchema } from '../integrations/runtel/schema.js';
import { notificationsSchema } from '../notifications/schema.js';
import { bridgesSchema } from '../masked-bridges/schema.js';
import { contactSchema } from '../directory/contacts.js';
import { trunkSchema } from '../directory/trunk-schema.js';
import { parkingSchema } from '../directory/parking-schema.js';
import { priorityCallersSchema } from '../directory/waiting-schema.js';
import { gootaxSchema } from '../integrations/gootax/schema.js';
import { orderPageSchema } from '../orders/order-page.js';
import { statusSpeechSchema } from '../orders/speech-schema.js';
import { musicSchema } from '../prompts/music-schema.js';
import { promptSchema } from '../prompts/schema.js';
import { lookupSchema } from '../webhooks/lookup-schema.js';
import { callbackSchema, webhookSchema } from '../webhooks/schema.js';
import { ordersSchema } from './orders-schema.js';
import { planSchema } from './plan-schema.js';
import { partName, promptId } from './plan-words.js';

/** The company's whole configuration as one document, as read by `cordboard apply` and written by `cordboard export`. */

const lineSchema = z.strictObject({
  number: phoneNumber,
  name: withOmittedDefault(z.string().max(80), ''),
  /** Languages of the prompts on this line, in order of preference. Default: the company's. */
  languages: z.array(language).min(1).optional(),
  time_zone: timeZone.optional(),
  /** Caller ID of outgoing calls of this line. Default: the line's number. */
  caller_id: phoneNumber.optional(),
  /** The trunk that outgoing calls of this line try first, or an endpoint of Asterisk's own files. Default: by the order of `trunks`, else `TRUNK_ENDPOINT`. */
  trunk: endpointName.optional(),
  /** Prompt for rejected callers. Default: the company's. */
  reject_prompt: promptId.optional(),
  /** Maximum number of simultaneous incoming calls, including waiting ones. Further callers hear the busy signal. */
  max_calls: z.number().int().min(1).max(10_000).optional(),
  branch: z.string().max(80).optional(),
  tariff: z.string().max(80).optional(),
  /** Id of the queue that connects the line's callers with an operator. */
  queue: z.number().int().positive().optional(),
  /** True: a caller who returns a call about an order is connected before the plan begins. Default: true when the plan has no `order_status`. */
  call_back: z.boolean().optional(),
  plan: planSchema,
});

/** Written in the document as a number. */
const VERSION_TROUBLE = 'write 1, without quotes: it is the version of the format, and there is only one yet';

export const companySchema = z.strictObject({
  version: z.literal(1, { error: ({ input }) => (input === undefined ? undefined : VERSION_TROUBLE) }),
  /** ISO 3166 country for numbers without a country code. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'two capital letters, the ISO 3166 code of a country such as CZ')
    .default('CZ'),
  time_zone: timeZone.default('Europe/Prague'),
  languages: z.array(language).min(1).default(['cs', 'en']),
  dial_policy: dialPolicySchema.default(() => dialPolicySchema.parse({})),
  /** Prompt for callers rejected in the monitor, before the hang-up. */
  reject_prompt: promptId.optional(),
  keep_days: withOmittedDefault(keepDaysSchema, keepDaysSchema.parse({})),
  prompts: withOmittedDefault(z.array(promptSchema), []),
  handsets: withOmittedDefault(z.array(handsetSchema), []),
  queues: withOmittedDefault(z.array(queueSchema), []),
  /** Connections to providers and other PBXs: see docs/trunks.md. Empty: `TRUNK_ENDPOINT` of Asterisk's own files. */
  trunks: withOmittedDefault(z.array(trunkSchema).max(100), []),
  music: withOmittedDefault(z.array(musicSchema), []),
  priority_callers: withOmittedDefault(z.array(priorityCallersSchema), []),
  operators: withOmittedDefault(z.array(operatorSchema), []),
  /** People and companies whom operators call, and whose calls have a name. */
  contacts: withOmittedDefault(z.array(contactSchema).max(1000), []),
  /** Changes to the permissions of roles: see docs/accounts.md. */
  roles: withOmittedDefault(rolesSchema, {}),
  /** Allowed reasons for a pause; empty: any text. */
  pause_reasons: withOmittedDefault(z.array(pauseReason).max(9), []),
  feature_codes: withOmittedDefault(featureCodesSchema, featureCodesSchema.parse({})),
  /** Parked callers: see docs/operators.md. */
  parking: withOmittedDefault(parkingSchema, parkingSchema.parse({})),
  parts: withOmittedDefault(z.record(partName, planSchema), {}),
  lines: withOmittedDefault(z.array(lineSchema), []),
  /** Subscribers of call events: see docs/webhooks.md. */
  webhooks: withOmittedDefault(z.array(webhookSchema), []),
  /** Hosts that results may be sent to: see docs/webhooks.md. Empty: none. */
  callbacks: withOmittedDefault(z.array(callbackSchema), []),
  /** Settings of masked bridges: see docs/bridges.md. */
  bridges: withOmittedDefault(bridgesSchema, bridgesSchema.parse({})),
  /** Customer lookup: see docs/monitor.md. */
  lookup: lookupSchema.optional(),
  /** Page of an order at the shop; `{order}` is its id. For orders whose page the shop does not name. */
  order_page: orderPageSchema.optional(),
  /** See docs/screen-pop.md. */
  gootax: gootaxSchema.optional(),
  /** See docs/runtel.md. */
  runtel: runtelSchema.optional(),
  /** Origins of browser phones: see docs/browser-phones.md. */
  browser_phones: withOmittedDefault(browserPhonesSchema, browserPhonesSchema.parse({})),
  /** When addresses that guess passwords are banned: see docs/security.md. */
  bans: withOmittedDefault(bansSchema, bansSchema.parse({})),
  /** Settings of notification calls: see docs/notifications.md. */
  notifications: withOmittedDefault(notificationsSchema, notificationsSchema.parse({})),
  /** Texts of order statuses: see docs/status-speech.md. */
  status_speech: statusSpeechSchema.optional(),
  /** Menus for callers with an order: see docs/status-ivr.md. */
  orders: ordersSchema.optional(),
  /** Alarms and who receives them: see docs/alarms.md. */
  alarms: withOmittedDefault(alarmsSchema, alarmsSchema.parse({})),
  /** Changes to the contract profiles, by profile: see docs/hand-over.md. */
  profiles: withOmittedDefault(z.record(z.string(), z.record(z.string(), z.unknown())), {}),
});

export type Company = z.output<typeof companySchema>;
export type Line = z.output<typeof lineSchema>;
