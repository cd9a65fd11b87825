import { z } from 'zod';
import { withOmittedDefault } from '../lib/codec.js';
import { callEventNames, resourceEventNames } from '../telephony/domain-events.js';

/** Secrets of webhooks may only come from these environment variables, so that the document cannot send other secrets out. */
export const SECRET_NAME = /^WEBHOOK_[A-Z0-9_]{1,60}$/;

export const secretName = z
  .string()
  .regex(SECRET_NAME, 'the name of an environment variable that begins with WEBHOOK_');

/** A webhook: an address of the shop that receives events of the phone. Documented in docs/webhooks.md. */
export const webhookSchema = z.strictObject({
  /** Deliveries belong to this name. When the address changes, waiting deliveries go to the new one. */
  name: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'lower-case letters, digits, - and _'),
  url: z.url({ protocol: /^https?$/, error: 'an http or https URL' }),
  /** Default: all call events. Events of bridges and notifications need a subscription. */
  events: z
    .array(z.enum([...callEventNames, ...resourceEventNames]))
    .min(1)
    .optional(),
  /** Environment variable with the key that signs requests. */
  secret: secretName.optional(),
  /** Environment variable with `user:password`. */
  basic_auth: secretName.optional(),
  /** Environment variable with the key that is sent as `Authorization: Bearer`. */
  bearer: secretName.optional(),
  /** The answer to `call_started` may name the handset for the caller: see docs/runtel.md. */
  routes_calls: z.boolean().optional(),
  profile: withOmittedDefault(z.string().min(1), 'telfa'),
});

export type Webhook = z.output<typeof webhookSchema>;

/** Allowed addresses for outcomes of requests: those below `url`. Documented in docs/webhooks.md. */
export const callbackSchema = webhookSchema.pick({ name: true, url: true, secret: true, basic_auth: true });

export type Callback = z.output<typeof callbackSchema>;
