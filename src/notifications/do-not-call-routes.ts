import { z } from 'zod';
import { toE164 } from '../directory/numbers.js';
import { json, noContent } from '../http/answer.js';
import { invalid, notFound } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import { responseInstant } from '../http/instant.js';
import type { DoNotCallList } from './do-not-call.js';

const MAX_PAGE = 500;
const number = z.string().min(2).max(40);
const entryAnswer = z.object({
  number: z.string(),
  reason: z.string(),
  by: z.string().describe('Token or person who added it'),
  at: responseInstant,
});

interface DoNotCallRoutesOptions {
  list: DoNotCallList;
  /** ISO 3166 country whose number format national numbers have. */
  country: () => string;
  now: () => number;
}

/** `/api/v1/do-not-call`: numbers that notifications never call. */
export function doNotCallRoutes({ list, country, now }: DoNotCallRoutesOptions): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/do-not-call',
      scope: 'numbers:read',
      summary: 'Lists the numbers that notifications never call, without those in the company document',
      query: z.strictObject({
        limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(100),
        after: z.string().max(20).default(''),
      }),
      answers: {
        200: {
          description: 'Sorted by number; `next` is the value of `after` for the next page',
          schema: z.object({ numbers: z.array(entryAnswer), next: z.string().nullable() }),
        },
      },
      async handle({ query: { limit, after } }) {
        const listed = await list.list(after, limit + 1);
        const numbers = listed.slice(0, limit);
        return json({
          numbers: numbers.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() })),
          next: listed.length > limit ? (numbers.at(-1)?.number ?? null) : null,
        });
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/do-not-call',
      scope: 'calls:control',
      summary: 'Adds a number that notifications must not call; waiting notifications to it are not called either',
      body: z.strictObject({ number, reason: z.string().max(200).default('') }),
      answers: { 204: { description: 'The number is on the list' } },
      async handle({ body, who }) {
        const e164 = toE164(body.number, country());
        if (e164 === undefined)
          throw invalid([
            { field: 'body.number', detail: 'not a phone number; write it with its country code', code: 'bad_number' },
          ]);
        await list.add({ number: e164, reason: body.reason, by: who?.name ?? '', at: now() });
        return noContent();
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/do-not-call/:number',
      scope: 'calls:control',
      summary: 'Removes a number, so that notifications may call it again',
      params: z.object({ number }),
      answers: { 204: { description: 'The number is no longer on the list' } },
      async handle({ params }) {
        const e164 = toE164(params.number, country());
        if (e164 === undefined || !(await list.remove(e164, now()))) throw notFound('the number is not on the list');
        return noContent();
      },
    }),
  ];
}
