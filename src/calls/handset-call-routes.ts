import { z } from 'zod';
import { json } from '../http/answer.js';
import { idempotencyHeader, type RequestKeys } from '../http/idempotency.js';
import { conflict, notFound, notOwnHandset, scopeMissing } from '../http/problem.js';
import { route, type Request, type Route } from '../http/route.js';
import { maskNumber } from '../lib/mask.js';
import { contactName, type Contact } from '../directory/contacts.js';
import { toE164 } from '../directory/numbers.js';
import { callOutcomes } from '../telephony/call-outcome.js';
import type { CallControl, ControlRefused } from '../telephony/control.js';
import type { CallHistory } from './call-history.js';
import { startCallOnce, startedSchema } from './control-routes.js';
import type { CallOfHandset, HandsetCalls } from './handset-calls.js';
import { callInstant } from './present.js';
import { e164OfStored } from './stored-number.js';

const MAX_LISTED = 20;
const MAX_CHECKED = 300;

const params = z.object({ name: z.string().max(40) });

const callBody = z
  .strictObject({
    number: z.string().min(2).max(40).optional(),
    call_id: z
      .string()
      .max(200)
      .optional()
      .describe('Calls the outside party of this call, whose number you need not know'),
    line: z
      .string()
      .min(2)
      .max(40)
      .optional()
      .describe('Number of the line that makes the call; default: that of the call, or the first'),
  })
  .refine((body) => (body.number === undefined) !== (body.call_id === undefined), 'either number or call_id');

const listedCall = z.object({
  call_id: z.string(),
  number: z.string().describe('Masked without the scope numbers:read; empty when withheld'),
  name: z.string().nullable().describe("Of the company's contacts; only with the scope numbers:read"),
  direction: z.enum(['incoming', 'outgoing']),
  started_at: callInstant,
  outcome: z.enum(callOutcomes).nullable().describe('null while the call is running'),
  result: z
    .enum(['talked', 'missed', 'elsewhere', 'unanswered'])
    .describe(
      'missed: it rang here and nobody answered; elsewhere: it rang here, and somebody else answered; unanswered: an outgoing call',
    ),
});

const checkBody = z.strictObject({ numbers: z.array(z.string().max(80)).min(1).max(MAX_CHECKED) });
const checkAnswer = z.object({
  number: z.string(),
  allowed: z.boolean(),
  why: z.string().nullable().describe('bad_number: no phone number; refused: by the dial policy'),
});

interface HandsetCallParts {
  control: Pick<CallControl, 'call'>;
  keys: RequestKeys;
  calls: HandsetCalls;
  history: Pick<CallHistory, 'numberOf' | 'lineOf'>;
  /** Checks a number against the dial policy. */
  checkNumber: (text: string) => { number: string } | ControlRefused;
  company: () => { country: string; lines: readonly { number: string }[]; contacts: readonly Contact[] };
}

/** `/api/v1/handsets/…/call` and `…/calls`: operators call from their own handset, and see its last calls. */
export function handsetCallRoutes(parts: HandsetCallParts): Route[] {
  const { control, keys, calls, history, checkNumber, company } = parts;
  const requireOwn = ({ who, can }: Request, name: string) => {
    if (who?.operator?.handset !== name && !can('calls:control')) throw notOwnHandset('calls:control');
  };
  const isLine = (number: string) => company().lines.some((line) => toE164(line.number, company().country) === number);
  const targetOf = async ({ number, call_id: callId, line }: z.output<typeof callBody>) => {
    if (callId === undefined) return { number: number ?? '', line };
    const digits = await history.numberOf(callId);
    if (digits === undefined) throw notFound('there is no such call');
    if (digits === '') throw conflict('the number of this call is not known', {}, 'bad_number');
    const calledLine = await history.lineOf(callId);
    const known = calledLine !== undefined && isLine(calledLine) ? calledLine : undefined;
    return { number: e164OfStored(digits), line: line ?? known };
  };
  return [
    route({
      method: 'POST',
      path: '/api/v1/handsets/:name/call',
      // Enough for the own handset; other handsets need calls:control.
      scope: 'operators:read',
      summary:
        'Rings your own handset, then a number or the outside party of an earlier call. With an Idempotency-Key, a repeated request within 24 hours starts no second call',
      params,
      body: callBody,
      headers: idempotencyHeader,
      answers: {
        202: { description: 'Being called', schema: startedSchema },
        404: { description: 'There is no such call' },
        409: { description: 'The number of this call was withheld (`bad_number`)' },
      },
      handle: async (request) => {
        const { name } = request.params;
        requireOwn(request, name);
        const target = await targetOf(request.body);
        return startCallOnce(keys, request, (callId) => control.call({ handset: name, ...target, ...callId }));
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/handsets/:name/calls',
      scope: 'calls:read',
      summary: 'The last numbers that your own handset called, talked with or missed, newest first',
      params,
      query: z.strictObject({ limit: z.coerce.number().int().min(1).max(MAX_LISTED).default(10) }),
      answers: { 200: { description: 'One call for each number', schema: z.object({ calls: z.array(listedCall) }) } },
      handle: async (request) => {
        const { name } = request.params;
        requireOwn(request, name);
        const found = await calls.last(name, request.query.limit);
        const sees = request.can('numbers:read');
        return json({ calls: found.map((call) => present(call, sees, (number) => contactName(company(), number))) });
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/dial-checks',
      scope: 'operators:read',
      summary: 'Whether numbers may be called, by the rules of the dial policy; limits of the day do not count',
      body: checkBody,
      answers: { 200: { description: 'In the same order', schema: z.object({ checks: z.array(checkAnswer) }) } },
      handle: ({ body: { numbers }, can }) => {
        if (!can('numbers:read')) throw scopeMissing('numbers:read');
        return json({
          checks: numbers.map((number) => {
            const checked = checkNumber(number);
            return { number, allowed: !('why' in checked), why: 'why' in checked ? checked.why : null };
          }),
        });
      },
    }),
  ];
}

function present(
  { id, number, direction, started_at: startedAt, outcome, talked }: CallOfHandset,
  sees: boolean,
  nameOf: (number: string) => string | undefined,
): z.output<typeof listedCall> {
  const shown = e164OfStored(number);
  return {
    call_id: id,
    number: sees ? shown : maskNumber(shown),
    name: sees ? (nameOf(shown) ?? null) : null,
    direction,
    started_at: new Date(startedAt).toISOString(),
    outcome,
    result: resultOf({ direction, outcome, talked }),
  };
}

function resultOf({ direction, outcome, talked }: Pick<CallOfHandset, 'direction' | 'outcome' | 'talked'>) {
  if (direction === 'outgoing') return outcome === 'answered' || outcome === null ? 'talked' : 'unanswered';
  if (talked === 1) return 'talked';
  return outcome === 'answered' ? 'elsewhere' : 'missed';
}
