import { z } from 'zod';
import { json } from '../http/answer.js';
import { notFound } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import {
  deliveryAnswer,
  deliveryStates,
  deliveryWithAttemptsAnswer,
  presentAttempt,
  presentDelivery,
} from './present.js';
import type { DeliveryReader } from './reader.js';

const MAX_PAGE = 200;

const filters = z.strictObject({
  call: z.string().max(200).optional(),
  webhook: z.string().max(60).optional(),
  state: z.enum(deliveryStates).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: z.coerce.number().int().min(1).optional(),
});

const byId = z.object({ id: z.coerce.number().int().min(1) });

export interface DeliveryRoutesOptions {
  deliveries: DeliveryReader;
  /** False when the id is unknown. */
  redeliver: (id: number) => Promise<boolean>;
  /** @returns the number of dead letters that were queued again */
  redeliverDead: (hook: string) => Promise<number>;
}

/** `/api/v1/webhooks/deliveries`: deliveries and their attempts. */
export function deliveryRoutes({ deliveries, redeliver, redeliverDead }: DeliveryRoutesOptions): Route[] {
  const find = async (id: number, seesNumbers: boolean) => {
    const found = await deliveries.get(id);
    if (!found) throw notFound('there is no such delivery');
    const attempts = found.attempts.map((attempt) => presentAttempt(attempt, seesNumbers));
    return json({ ...presentDelivery(found.delivery, seesNumbers), attempts });
  };
  return [
    route({
      method: 'GET',
      path: '/api/v1/webhooks/deliveries',
      scope: 'calls:read',
      summary: 'Deliveries to webhooks, newest first; numbers are masked without the scope numbers:read',
      query: filters,
      answers: {
        200: {
          description: 'A page; `next` is the cursor of the following one',
          schema: z.object({ deliveries: z.array(deliveryAnswer), next: z.string().nullable() }),
        },
      },
      handle: async ({ query: { call, webhook, state, limit, cursor }, can }) => {
        const found = await deliveries.list({ call, webhook, state, before: cursor, limit });
        return json({
          deliveries: found.deliveries.map((delivery) => presentDelivery(delivery, can('numbers:read'))),
          next: found.next === undefined ? null : String(found.next),
        });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/webhooks/deliveries/:id',
      scope: 'calls:read',
      summary: 'One delivery with every attempt',
      params: byId,
      answers: { 200: { description: 'The delivery', schema: deliveryWithAttemptsAnswer } },
      handle: ({ params: { id }, can }) => find(id, can('numbers:read')),
    }),
    route({
      method: 'POST',
      path: '/api/v1/webhooks/deliveries/:id/redeliver',
      scope: 'webhooks:write',
      summary: 'Sends a delivery again, in any state, with the same event id',
      params: byId,
      answers: { 200: { description: 'The delivery, queued again', schema: deliveryWithAttemptsAnswer } },
      handle: async ({ params: { id }, can }) => {
        if (!(await redeliver(id))) throw notFound('there is no such delivery');
        return find(id, can('numbers:read'));
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/webhooks/deliveries/redeliver-dead',
      scope: 'webhooks:write',
      summary: 'Sends every dead delivery of one webhook again, in order within a call',
      body: z.strictObject({ webhook: z.string().max(60).describe('The webhook’s name in the company’s document') }),
      answers: {
        200: { description: 'How many were queued again', schema: z.object({ redelivered: z.number().int() }) },
      },
      handle: async ({ body: { webhook } }) => json({ redelivered: await redeliverDead(webhook) }),
    }),
  ];
}
