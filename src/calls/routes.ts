import { z } from 'zod';
import { json, type Answer } from '../http/answer.js';
import { CSV, csv, wantsCsv, type CsvValue } from '../http/csv.js';
import { formatCursor, parseCursor } from '../http/cursor.js';
import { notFound, scopeMissing } from '../http/problem.js';
import { route, type Request, type Route } from '../http/route.js';
import { instantOf, requestInstant } from '../http/instant.js';
import { callOutcomes } from '../telephony/call-outcome.js';
import { SECOND_MS } from '../lib/time.js';
import type { RecordAction } from '../storage/audit-log.js';
import {
  callAnswer,
  callWithTimelineAnswer,
  presentCall,
  presentLegs,
  presentRecordings,
  presentTimeline,
  type PresentedCall,
} from './present.js';
import type { CallReader } from './reader.js';
import { readCallText, type CallFilter } from './search.js';

const MAX_PAGE = 200;

const flag = z.enum(['true', 'false']);

const filters = z.strictObject({
  q: z
    .string()
    .min(2)
    .max(80)
    .optional()
    .describe(
      'A phone number in any notation, a part of one, the id of an order, or a part of a note; needs the scope numbers:read',
    )
    .meta({ examples: ['777 888 999', '+420777888999', '8889'] }),
  line: z
    .string()
    .regex(/^\+\d{2,15}$/, 'the number of a line, such as +420222333444 (a plus is %2B in a URL)')
    .optional()
    .meta({ examples: ['+420222333444'] }),
  direction: z.enum(['incoming', 'outgoing']).optional(),
  outcome: z.enum(callOutcomes).optional(),
  queue: z.coerce.number().int().min(1).optional().describe('Id of the last queue of the call'),
  agent: z.string().max(80).optional().describe('Name of the handset that answered'),
  handset: z.string().max(80).optional().describe('Former name of `agent`').meta({ deprecated: true }),
  order: z.string().min(1).max(200).optional().describe('Id of the order that the call is about'),
  waited_over: z.coerce
    .number()
    .min(0)
    .max(86_400)
    .optional()
    .describe('Seconds: calls whose outside party waited longer'),
  has_recording: flag.optional(),
  has_note: flag.optional(),
  running: flag.optional(),
  from: requestInstant.optional().describe('Calls that began then or later'),
  to: requestInstant.optional().describe('Calls that began before'),
  since: requestInstant.optional().describe('Former name of `from`').meta({ deprecated: true }),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50).describe('Calls of a page; CSV has all calls'),
  cursor: z.string().max(300).optional().describe('`next` of the previous page'),
});

type Query = z.output<typeof filters>;

interface CallRoutesOptions {
  calls: CallReader;
  /** ISO 3166 country of numbers without a country code. */
  country: () => string;
  record: RecordAction;
}

/** `/api/v1/calls`: ended and running calls. */
export function callRoutes({ calls, country, record }: CallRoutesOptions): Route[] {
  const list = async (request: Request<unknown, Query>): Promise<Answer> => {
    const filter = filterOf(request, country());
    const sees = request.can('numbers:read');
    if (wantsCsv(request)) {
      // Before the first line: an export that is broken off counts too.
      await record({ action: 'calls_exported', detail: exportDetail(filter, sees) });
      return csv('calls', CSV_HEAD, csvRows(calls, filter, sees));
    }
    const found = await calls.list(filter);
    return json({
      calls: found.calls.map((call) => presentCall(call, sees)),
      next: formatCursor(found.next),
    });
  };
  return [
    route({
      method: 'GET',
      path: '/api/v1/calls',
      scope: 'calls:read',
      summary:
        'Searches calls, newest first; `Accept: text/csv` exports all of them. Numbers are masked without the scope numbers:read',
      query: filters,
      answers: {
        200: {
          description: 'A page; `next` is the cursor of the following page',
          schema: z.object({ calls: z.array(callAnswer), next: z.string().nullable() }),
          otherTypes: [CSV],
        },
        403: { description: '`q` without the scope numbers:read' },
      },
      handle: list,
    }),
    route({
      method: 'GET',
      path: '/api/v1/calls.csv',
      scope: 'calls:read',
      summary: 'Exports all calls that match, newest first; `limit` is ignored',
      query: filters,
      answers: { 200: { description: 'One line for each call', type: CSV } },
      handle: list,
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
          legs: presentLegs(found.legs),
          timeline: presentTimeline(found.call, found.timeline, sees),
        });
      },
    }),
  ];
}

/** @throws {Problem} 403 for `q` of a reader who must not see numbers: searching would reveal them digit by digit */
function filterOf({ query, can }: Request<unknown, Query>, country: string): CallFilter {
  const {
    q,
    agent,
    handset = agent,
    waited_over,
    has_recording,
    has_note,
    running,
    from,
    since = from,
    to,
    cursor,
    ...rest
  } = query;
  if (q !== undefined && !can('numbers:read')) throw scopeMissing('numbers:read', 'query.q');
  return {
    ...rest,
    handset,
    q: q === undefined ? undefined : readCallText(q, country),
    waitedOver: waited_over === undefined ? undefined : waited_over * SECOND_MS,
    hasRecording: isTrue(has_recording),
    hasNote: isTrue(has_note),
    running: isTrue(running),
    since: instantOf(since),
    until: instantOf(to),
    after: parseCursor(cursor),
  };
}

/** Not what was searched for, which can be a number. */
function exportDetail({ since, until }: CallFilter, numbers: boolean) {
  const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
  return { numbers, from: iso(since), to: iso(until) };
}

function isTrue(value: 'true' | 'false' | undefined): boolean | undefined {
  return value === undefined ? undefined : value === 'true';
}

const CSV_COLUMNS: Record<string, (call: PresentedCall) => CsvValue> = {
  id: ({ id }) => id,
  started_at: ({ started_at: at }) => at,
  direction: ({ direction }) => direction,
  line: ({ line }) => line,
  number: ({ caller }) => caller,
  outcome: ({ outcome }) => outcome,
  reason: ({ reason }) => reason,
  queue: ({ queue }) => queue,
  answered_by: ({ agent }) => agent?.handset ?? agent?.number ?? agent?.party,
  waited_s: ({ waited_ms: ms }) => (ms === null ? null : ms / SECOND_MS),
  talk_s: ({ talk_ms: ms }) => (ms === null ? null : ms / SECOND_MS),
  menu_keys: ({ menu_keys: keys }) => keys.join(' '),
  order: ({ order }) => order,
  has_recording: ({ has_recording: has }) => has,
  ended_at: ({ ended_at: at }) => at,
  ended_by: ({ ended_by: by }) => by,
  note: ({ note }) => note?.text,
  // Spreadsheets take a text that begins with @ for a formula.
  note_by: ({ note }) => note?.by.replace(/^@/, ''),
};
const CSV_HEAD = Object.keys(CSV_COLUMNS);

async function* csvRows(calls: CallReader, filter: CallFilter, sees: boolean): AsyncGenerator<CsvValue[]> {
  for (let { after } = filter; ;) {
    const page = await calls.list({ ...filter, after, limit: MAX_PAGE });
    for (const call of page.calls) {
      const shown = presentCall(call, sees);
      yield Object.values(CSV_COLUMNS).map((column) => column(shown));
    }
    if (page.next === undefined) return;
    after = page.next;
  }
}
