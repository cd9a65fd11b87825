import { z } from 'zod';
import { callEventNames, resourceEventNames } from '../../../../telephony/domain-events.js';
import type { Company } from '../../../../company/company.js';
import { webhookSchema } from '../../../../webhooks/schema.js';
import { found } from '../ids.js';
import { DONE } from '../reply.js';
import { none, endpoint, type Endpoint } from '../endpoint.js';
import type { Fields } from '../../../shared/input.js';
import { change } from './plans.js';
import { compact } from '../../../../lib/compact.js';

const { name, url } = webhookSchema.shape;
const eventNames = [...callEventNames, ...resourceEventNames] as const;
/** A list, or names separated by commas; in XML a list of one element may be the element itself. */
const events = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(/[\s,]+/) : isElement(value) ? [value.event].flat() : value),
  z.array(z.enum(eventNames, `one of ${eventNames.join(', ')}`)).min(1),
);

/** Webhooks. */
export const webhookRows: Endpoint[] = [
  endpoint({
    name: 'webhooks',
    method: 'GET',
    path: '/webhooks',
    scope: 'config:read',
    input: none,
    handle: (_input, { company }) => ({
      list: 'webhooks',
      item: 'webhook',
      items: company.webhooks.map(fieldsOf),
    }),
  }),
  endpoint({
    name: 'set_webhook',
    method: 'POST',
    path: '/webhooks',
    root: 'webhook',
    scope: 'config:write',
    input: z.object({ id: name.default('telfa'), url, events: events.optional() }),
    async handle({ id, url: address, events: wanted }, context) {
      await change(context, (company) => {
        const known = company.webhooks.find((each) => each.name === id);
        const fresh = withAddress(known, compact({ name: id, url: address, events: wanted }));
        const webhooks = known
          ? company.webhooks.map((each) => (each === known ? fresh : each))
          : [...company.webhooks, fresh];
        return { ...company, webhooks };
      });
      const made = context.ports.companies.company.webhooks.find((each) => each.name === id);
      return { item: 'webhook', fields: fieldsOf(found(made, 'webhook')) };
    },
  }),
  endpoint({
    name: 'remove_webhook',
    method: 'DELETE',
    path: '/webhooks/:id',
    scope: 'config:write',
    input: z.object({ id: z.string() }),
    async handle({ id }, context) {
      await change(context, (company) => {
        found(
          company.webhooks.find((each) => each.name === id),
          'webhook',
        );
        return { ...company, webhooks: company.webhooks.filter((each) => each.name !== id) };
      });
      return DONE;
    },
  }),
];

type Webhook = Company['webhooks'][number];

/** Secrets and profile are kept. */
function withAddress(known: Webhook | undefined, given: Pick<Webhook, 'name' | 'url' | 'events'>): Webhook {
  const { profile, secret, basic_auth, bearer, routes_calls } = known ?? {};
  return webhookSchema.parse({ profile, secret, basic_auth, bearer, routes_calls, ...given });
}

function fieldsOf({ name: id, url: address, events: wanted }: Webhook): Fields {
  return { id, url: address, events: wanted ?? [...callEventNames] };
}

function isElement(value: unknown): value is { event: unknown } {
  return typeof value === 'object' && value !== null && 'event' in value;
}
