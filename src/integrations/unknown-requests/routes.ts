import { z } from 'zod';
import { json, noContent } from '../../http/answer.js';
import { notFound } from '../../http/problem.js';
import { route, type Route } from '../../http/route.js';
import { presentRecorded, recordedAnswer } from './present.js';
import type { RecordedRequests } from './unknown-requests.js';

const id = z.coerce.number().int().min(1);

/** `/api/v1/recorded-requests`: requests of integrations with an unknown contract. */
export function recordedRoutes(recorded: RecordedRequests): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/recorded-requests',
      scope: 'config:read',
      summary: 'Requests of integrations with an unknown contract, newest first, without numbers, names and secrets',
      query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: id.optional() }),
      answers: {
        200: {
          description: 'A page; `next` is the cursor of the following one',
          schema: z.object({ requests: z.array(recordedAnswer), next: z.string().nullable() }),
        },
      },
      handle: async ({ query: { limit, cursor } }) => {
        const found = await recorded.list(limit + 1, cursor);
        const page = found.slice(0, limit);
        const last = found.length > limit ? page.at(-1) : undefined;
        return json({ requests: page.map(presentRecorded), next: last === undefined ? null : String(last.id) });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/recorded-requests/:id',
      scope: 'config:read',
      summary: 'One request of an integration with an unknown contract',
      params: z.object({ id }),
      answers: { 200: { description: 'The request', schema: recordedAnswer } },
      handle: async ({ params }) => {
        const found = await recorded.find(params.id);
        if (found === undefined) throw notFound('there is no such request; only the newest are stored');
        return json(presentRecorded(found));
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/recorded-requests',
      scope: 'config:write',
      summary: 'Deletes all recorded requests, or those up to an id, so that newer ones stay',
      query: z.strictObject({ up_to: id.optional() }),
      answers: { 204: { description: 'Deleted' } },
      handle: async ({ query }) => {
        await recorded.clear(query.up_to);
        return noContent();
      },
    }),
  ];
}
