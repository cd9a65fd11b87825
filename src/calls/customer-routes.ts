import { z } from 'zod';
import { json } from '../http/answer.js';
import { notFound } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import { maskNumber } from '../lib/mask.js';
import { callOutcomes } from '../telephony/call-outcome.js';
import { agentIn } from '../storage/call-rows.js';
import type { CallHistory, EarlierCall } from './call-history.js';
import { agentAnswer, callInstant, noteAnswer, presentAgent, presentNote } from './present.js';
import { e164OfStored } from './stored-number.js';

const MAX_CALLS = 5;
const MAX_NOTES = 5;

/** What the shop, the dispatch or the company's contacts know about a number. */
export interface KnownCustomer {
  name: string;
  /** Their page at the shop. */
  url?: string | undefined;
  orders: readonly {
    id: string;
    status?: string | undefined;
    url?: string | undefined;
    total?: string | undefined;
  }[];
}

const answer = z.object({
  name: z.string().nullable().describe('Only with the scope numbers:read'),
  url: z.string().nullable().describe("The customer's page at the shop; only with the scope numbers:read"),
  orders: z
    .array(
      z.object({
        id: z.string().describe('Masked without the scope numbers:read'),
        status: z.string().nullable().describe('As the shop writes it, or a status of the dispatch such as `arrived`'),
        total: z.string().nullable(),
        url: z.string().nullable().describe("The order's page at the shop; only with the scope numbers:read"),
      }),
    )
    .describe('Open orders'),
  calls: z
    .array(
      z.object({
        id: z.string(),
        started_at: callInstant,
        direction: z.enum(['incoming', 'outgoing']),
        line: z.string(),
        queue: z.number().int().nullable(),
        outcome: z.enum(callOutcomes).nullable().describe('null while the call is running'),
        talk_ms: z.number().int().nullable(),
        agent: agentAnswer.nullable(),
      }),
    )
    .describe(`The last ${MAX_CALLS} other calls from and to the number, newest first`),
  notes: z
    .array(noteAnswer.extend({ call_id: z.string() }))
    .describe(
      `The last ${MAX_NOTES} notes about these and earlier calls, newest call first; digits are masked without numbers:read`,
    ),
});

interface CustomerRouteParts {
  history: Pick<CallHistory, 'numberOf' | 'lastCalls' | 'lastNotes'>;
  /** Null when nothing is known about the number. @param number E.164, or digits as the network sent them */
  findCustomer: (number: string) => Promise<KnownCustomer | null>;
}

/** `/api/v1/calls/…/customer`: what is known about the outside party of a call, without naming the number. */
export function customerRoutes({ history, findCustomer }: CustomerRouteParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/calls/:id/customer',
      scope: 'calls:read',
      summary:
        'The outside party of a call: name and open orders from the shop, the last calls and notes. Also while the call is running',
      params: z.object({ id: z.string().max(200) }),
      answers: { 200: { description: 'What is known; empty for a withheld number', schema: answer } },
      handle: async ({ params: { id }, can }) => {
        const number = await history.numberOf(id);
        if (number === undefined) throw notFound('there is no such call');
        const isKnown = number !== '';
        const [customer, calls, notes] = await Promise.all([
          isKnown ? findCustomer(e164OfStored(number)) : null,
          isKnown ? history.lastCalls(number, id, MAX_CALLS) : [],
          isKnown ? history.lastNotes(number, id, MAX_NOTES) : [],
        ]);
        const sees = can('numbers:read');
        return json({
          ...presentCustomer(customer, sees),
          calls: calls.map((call) => presentEarlier(call, sees)),
          notes: notes.map(({ call_id, ...note }) => ({ ...presentNote(note, sees), call_id })),
        });
      },
    }),
  ];
}

type Answer = z.output<typeof answer>;

function presentCustomer(customer: KnownCustomer | null, sees: boolean): Pick<Answer, 'name' | 'url' | 'orders'> {
  const { name = '', url = null, orders = [] } = customer ?? {};
  return {
    name: sees && name !== '' ? name : null,
    url: sees ? url : null,
    orders: orders.map(({ id, status = null, total = null, url: page = null }) => ({
      id: sees ? id : maskNumber(id),
      status,
      total,
      url: sees ? page : null,
    })),
  };
}

function presentEarlier(call: EarlierCall, sees: boolean): Answer['calls'][number] {
  const { id, started_at: startedAt, direction, line, queue, outcome, talk_ms, agent_kind, agent } = call;
  const talked = agentIn(agent_kind, agent);
  return {
    id,
    started_at: new Date(startedAt).toISOString(),
    direction,
    line,
    queue,
    outcome,
    talk_ms,
    agent: talked && presentAgent(talked, sees),
  };
}
