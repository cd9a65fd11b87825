import { z } from 'zod';
import { requireActor } from '../http/require-actor.js';
import { json, noContent } from '../http/answer.js';
import { formatCursor, parseCursor } from '../http/cursor.js';
import { idempotencyHeader, type RequestKeys } from '../http/idempotency.js';
import { conflict, notFound, scopeMissing, type Problem } from '../http/problem.js';
import { route, type Request, type Route } from '../http/route.js';
import { requestInstant } from '../http/instant.js';
import { toE164 } from '../directory/numbers.js';
import type { Clock } from '../lib/clock.js';
import { maskNumber } from '../lib/mask.js';
import { DAY_MS } from '../lib/time.js';
import { searchedDigits } from '../storage/call-rows.js';
import type { CallControl } from '../telephony/control.js';
import { startCallOnce, startedSchema } from './control-routes.js';
import type { Closed, MissedCaller, MissedCalls } from './missed-calls.js';
import { callInstant } from './present.js';
import { e164OfStored } from './stored-number.js';

/** Missed calls that are older are listed only on request. */
const RECENT_DAYS = 14;

const query = z.strictObject({
  state: z.enum(['open', 'closed', 'all']).default('open'),
  from: requestInstant.optional().describe(`Calls missed since then; default: the last ${RECENT_DAYS} days`),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional().describe('`next` of the previous page'),
});

const missedAnswer = z.object({
  number: z
    .string()
    .describe('Masked without the scope numbers:read')
    .meta({ examples: ['+420777888999'] }),
  state: z.enum(['open', 'closed']),
  times: z
    .number()
    .int()
    .describe('Missed calls since the number was last reached; of a closed one, all since `from`')
    .meta({ examples: [3] }),
  waited_longest_ms: z.number().int(),
  waited_total_ms: z.number().int(),
  first_at: callInstant,
  last_at: callInstant,
  last_call_id: z.string(),
  lines: z.array(z.string()).describe('Called lines, the last first'),
  queues: z.array(z.number().int()).describe('Queues in which they waited, the last first'),
  orders: z
    .array(z.object({ id: z.string(), status: z.string().nullable() }))
    .describe('Open orders of the caller, and those that the calls were about; ids are masked without numbers:read'),
  closed: z
    .object({
      how: z
        .enum(['answered', 'done'])
        .describe('answered: a later call from or to the number was answered; done: marked by a person or client'),
      at: callInstant,
      call_id: z.string().nullable().describe('The answered call'),
      by: z.string().nullable().describe('`@login` of the person, or the name of the token'),
      note: z.string().nullable(),
    })
    .nullable(),
});

const params = z.object({
  number: z
    .string()
    .min(2)
    .max(40)
    .describe('In any notation; `+` is %2B in a URL')
    .meta({ examples: ['+420777888999'] }),
});
const doneBody = z.strictObject({
  note: z
    .string()
    .max(1000)
    .default('')
    .meta({ examples: ['wants the red one'] }),
});
const callBackBody = z.strictObject({
  handset: z
    .string()
    .min(1)
    .max(40)
    .optional()
    .describe('Rung first; default: your own handset. Another one needs the scope calls:control'),
  line: z.string().min(2).max(40).optional().describe('Default: the line that they called last'),
});

interface MissedCallRoutesOptions {
  missed: MissedCalls;
  control: Pick<CallControl, 'call'>;
  keys: RequestKeys;
  company: () => { country: string; lines: readonly { number: string }[] };
  clock: Clock;
}

/** `/api/v1/missed-calls`: the numbers to call back. */
export function missedCallRoutes({ missed, control, keys, company, clock }: MissedCallRoutesOptions): Route[] {
  const digitsOf = (text: string) => searchedDigits(toE164(text, company().country) ?? text.trim());
  return [
    route({
      method: 'GET',
      path: '/api/v1/missed-calls',
      scope: 'calls:read',
      summary: 'Numbers whose incoming calls were missed, the last missed first',
      query,
      answers: {
        200: {
          description: 'A page; `next` is the cursor of the following page',
          schema: z.object({ missed: z.array(missedAnswer), next: z.string().nullable() }),
        },
      },
      handle: async ({ query: { state, from, limit, cursor }, can }) => {
        const since = from === undefined ? clock.now() - RECENT_DAYS * DAY_MS : Date.parse(from);
        const after = parseCursor(cursor);
        const found = await missed.list({ state, since, limit, after });
        return json({
          missed: found.missed.map((each) => present(each, can('numbers:read'))),
          next: formatCursor(found.next),
        });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/missed-calls/count',
      scope: 'calls:read',
      summary: `How many numbers are to be called back: those that the list of the last ${RECENT_DAYS} days has`,
      answers: {
        200: {
          description: 'The number',
          schema: z.object({
            open: z
              .number()
              .int()
              .meta({ examples: [3] }),
          }),
        },
      },
      handle: async () => json({ open: await missed.countOpen(clock.now() - RECENT_DAYS * DAY_MS) }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/missed-calls/:number/done',
      scope: 'operators:read',
      summary:
        'Marks a missed number as done until its next missed call. A token needs the scope calls:control as well',
      params,
      body: doneBody,
      answers: { 204: { description: 'Stored' }, 404: { description: 'No call of the number was missed' } },
      async handle(request) {
        const by = requireActor(request, 'calls:control');
        const { note } = request.body;
        if (!(await missed.markDone(digitsOf(request.params.number), { at: clock.now(), by, note }))) throw notMissed();
        return noContent();
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/missed-calls/:number/done',
      scope: 'operators:read',
      summary: 'Opens a number again that was marked as done. A token needs the scope calls:control as well',
      params,
      answers: { 204: { description: 'Open again' }, 404: { description: 'The number is not marked as done' } },
      async handle(request) {
        requireActor(request, 'calls:control');
        if (!(await missed.reopen(digitsOf(request.params.number))))
          throw notFound('this number is not marked as done', 'not_done');
        return noContent();
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/missed-calls/:number/call-back',
      scope: 'operators:read',
      summary:
        'Rings your own handset, then the missed number. With an Idempotency-Key, a repeated request within 24 hours starts no second call',
      params,
      body: callBackBody,
      headers: idempotencyHeader,
      answers: {
        202: { description: 'Being called', schema: startedSchema },
        404: { description: 'No call of the number was missed' },
        409: { description: 'You have no handset (`no_handset`)' },
      },
      async handle(request) {
        const digits = digitsOf(request.params.number);
        const calledLine = await missed.lastLine(digits);
        if (calledLine === undefined) throw notMissed();
        const handset = handsetOf(request);
        const known = company().lines.some(({ number }) => toE164(number, company().country) === calledLine);
        const line = request.body.line ?? (known ? calledLine : undefined);
        const number = toE164(request.params.number, company().country) ?? digits;
        return startCallOnce(keys, request, (callId) => control.call({ handset, number, line, ...callId }));
      },
    }),
  ];
}

function handsetOf({ who, body, can }: Request<unknown, unknown, z.output<typeof callBackBody>>): string {
  const own = who?.operator?.handset;
  const { handset = own } = body;
  if (handset !== own && !can('calls:control')) throw scopeMissing('calls:control', 'body.handset');
  if (handset !== undefined) return handset;
  throw conflict('you have no handset: name one, or ask an administrator to assign one to you', {}, 'no_handset');
}

function notMissed(): Problem {
  return notFound('no call of this number was missed', 'not_missed');
}

function present(each: MissedCaller, sees: boolean): z.output<typeof missedAnswer> {
  const number = e164OfStored(each.number);
  return {
    number: sees ? number : maskNumber(number),
    state: each.isOpen ? 'open' : 'closed',
    times: each.times,
    waited_longest_ms: each.waitedMs.longest,
    waited_total_ms: each.waitedMs.total,
    first_at: iso(each.firstAt),
    last_at: iso(each.lastAt),
    last_call_id: each.lastCallId,
    lines: each.lines,
    queues: each.queues,
    orders: each.orders.map(({ id, status }) => ({ id: sees ? id : maskNumber(id), status })),
    closed: each.closed && presentClosed(each.closed, sees),
  };
}

function presentClosed(closed: Closed, sees: boolean): NonNullable<z.output<typeof missedAnswer>['closed']> {
  if (closed.how === 'answered')
    return { how: closed.how, at: iso(closed.at), call_id: closed.callId, by: null, note: null };
  const note = sees ? closed.note : maskNumber(closed.note);
  return { how: closed.how, at: iso(closed.at), call_id: null, by: closed.by, note };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
