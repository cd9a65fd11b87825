import { z } from 'zod';
import { json } from '../http/answer.js';
import { formatCursor, parseCursor } from '../http/cursor.js';
import { notFound } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import { callOutcomes } from '../telephony/call-outcome.js';
import { callAnswer, callWithTimelineAnswer, presentCall, presentRecordings, presentTimeline } from './present.js';
import type { CallReader } from './reader.js';

const MAX_PAGE = 200;

const filters = z.strictObject({
  line: z
    .string()
    .regex(/^\+\d{2,15}$/, 'the number of a line, such as +420222333444 (a plus is %2B in a URL)')
    .optional(),
  direction: z.enum(['incoming', 'outgoing']).optional(),
  outcome: z.enum(callOutcomes).optional(),
  queue: z.coerce.number().int().min(1).optional(),
  handset: z.string().max(80).optional().describe('Name of the handset that answered'),
  running: z.enum(['true', 'false']).optional(),
  since: z.iso.datetime({ offset: true, error: 'an instant such as 2026-11-21T10:15:00Z' }).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: z.string().max(300).optional(),
});

/** `/api/v1/calls`: ended and running calls. */
export function callRoutes(calls: CallReader): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/calls',
      scope: 'calls:read',
      summary: 'Calls, newest first; numbers are masked without the scope numbers:read',
      query: filters,
      answers: {
        200: {
          description: 'A page; `next` is the cursor of the following page',
          schema: z.object({ calls: z.array(callAnswer), next: z.string().nullable() }),
        },
      },
      handle: async ({ query: { running, since, cursor, ...filter }, can }) => {
        const found = await calls.list({
          ...filter,
          running: running === undefined ? undefined : running === 'true',
          since: since === undefined ? undefined : Date.parse(since),
          after: cursor === undefined ? undefined : parseCursor(cursor),
        });
        return json({
          calls: found.calls.map((call) => presentCall(call, can('numbers:read'))),
          next: found.next ? formatCursor(found.next) : null,
        });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/calls/:id',
      scope: 'calls:read',
      summary: 'One call with its timeline; numbers and digits are masked without the scope numbers:read',
      params: z.object({ id: z.string().max(200) }),
      answers: { 200: { description: 'The call', schema: callWithTimelineAnswer } },
      handle: async ({ params: { id }, can }) => {
        const found = await calls.get(id);
        if (!found) throw notFound('there is no such call');
        const sees = can('numbers:read');
        return json({
          ...presentCall(found.call, sees),
          recordings: presentRecordings(found.recordings),
          timeline: presentTimeline(found.call, found.timeline, sees),
        });
      },
    }),
  ];
}
