import { z } from 'zod';
import { json } from '../http/answer.js';
import { route, type Route } from '../http/route.js';
import type { HeldNotifications } from './held.js';

const countAnswer = z.object({ count: z.number().int() });

/** `/api/v1/held-notifications`: notifications of a restored data folder that wait for a decision. */
export function heldNotificationRoutes(held: Pick<HeldNotifications, 'count' | 'release' | 'cancel'>): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/held-notifications',
      scope: 'calls:read',
      summary:
        'Counts the notifications that were due when the data folder was restored or copied, and are not called by themselves',
      answers: { 200: { description: 'Their number', schema: countAnswer } },
      handle: async () => json({ count: await held.count() }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/held-notifications',
      scope: 'calls:control',
      summary: 'Calls them, or cancels them all',
      body: z.strictObject({ action: z.enum(['call', 'cancel']) }),
      answers: { 200: { description: 'The number of those that are called or canceled', schema: countAnswer } },
      handle: async ({ body: { action } }) =>
        json({ count: action === 'call' ? await held.release() : await held.cancel() }),
    }),
  ];
}
