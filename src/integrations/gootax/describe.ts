import { z } from 'zod';
import type { DescribedRoute } from '../../http/described-route.js';
import { orderStatuses } from '../../orders/status.js';
import { builtIn } from './built-in.js';

/** The requests of a dispatch in the built-in profile, for the description of the API. docs/gootax.md. */

const text = z.union([z.string(), z.number()]);
const orderNews = z
  .looseObject({
    id: text.describe('Id of the order'),
    status: z.string().describe('A word of docs/gootax.md, in any case; others are stored'),
    phone: z.string().optional().describe('Of the client; needed once for each order'),
    driver_phone: z.string().optional(),
    line: z.string().optional().describe('The line that clients see'),
    branch: text.optional(),
    car_time: text.optional().describe('Minutes until the car arrives'),
    car_mark: z.string().optional(),
    car_model: z.string().optional(),
    car_color: z.string().optional(),
    car_number: z.string().optional(),
  })
  .meta({ id: 'DispatchOrder' });

const parties = z.looseObject({
  order_id: text.optional().describe('Without it both numbers are needed'),
  initiator: z.string().optional().describe('Who is called first: `client` or `driver`'),
  client_phone: z.string().optional(),
  driver_phone: z.string().optional(),
  from: z.string().optional().describe('Number of the first party'),
  to: z.string().optional().describe('Number of the second party'),
  line: z.string().optional(),
});

const stored = z
  .object({
    ok: z.literal(true),
    order: z.object({ id: z.string(), status: z.enum(orderStatuses).nullable(), active: z.boolean() }),
    ignored: z.array(z.string()).describe('Fields that could not be used'),
    notification: z
      .object({ id: z.string(), state: z.string(), is_new: z.boolean() })
      .nullable()
      .describe('The call to the client; null: none'),
    not_notified: z.enum(['no_phone', 'unknown_status']).optional(),
  })
  .meta({ id: 'DispatchOrderStored' });

const connected = z.object({
  ok: z.literal(true),
  bridge: z.object({ id: z.string(), order_id: z.string(), state: z.string(), is_new: z.boolean() }),
});

const NOTIFY = { summary: 'the status of an order; the client is called', answer: stored } as const;
const CONNECT = { summary: 'connects the client and the driver of an order', answer: connected } as const;

/** One for each path of the built-in profile. */
export function describedDispatchRequests(): DescribedRoute[] {
  return Object.entries(builtIn.paths).map(([route, meaning]) => {
    const [method, path = ''] = route.split(' ');
    const isGet = method === 'GET';
    const { summary, answer } = meaning === 'notify' ? NOTIFY : CONNECT;
    const fields = meaning === 'notify' ? { body: orderNews } : isGet ? { query: parties } : { body: parties };
    return {
      ...fields,
      method: isGet ? 'GET' : 'POST',
      path,
      scope: meaning === 'notify' ? 'dispatch:notify' : 'dispatch:connect',
      summary: `Gootax: ${summary}`,
      operationId: `gootax${meaning === 'notify' ? 'Notify' : isGet ? 'ConnectByQuery' : 'Connect'}`,
      tag: 'gootax',
      logins: [{ token: [] }, { dispatch_key: [] }],
      answers: { 200: { description: 'Stored, and carried out', schema: answer } },
    };
  });
}
