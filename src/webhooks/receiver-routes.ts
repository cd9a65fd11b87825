import { z } from 'zod';
import { json } from '../http/answer.js';
import { responseInstant } from '../http/instant.js';
import { notFound } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import type { Instant } from '../lib/clock.js';
import type { ReceiverHealth } from './health.js';
import { attemptResultAnswer, reasonOf, shownAnswer } from './present.js';
import type { Receivers } from './receivers.js';
import type { AttemptResult } from './schedule.js';

/** Characters of a response that are shown. */
const SHOWN_ANSWER = 2_000;

const receiverAnswer = z.object({
  name: z
    .string()
    .describe('In the company’s document; `callback:` or `alarm:` and the name of a callback or a receiver of alarms'),
  url: z.string(),
  events: z.array(z.string()).nullable().describe('null: all events of calls'),
  state: z
    .enum(['unused', 'working', 'unsteady', 'failing'])
    .describe('`unsteady`: some deliveries fail, others arrived meanwhile; `failing`: none arrives'),
  failing_since: responseInstant.nullable().describe('The first failed attempt of the deliveries that fail now'),
  waiting: z.number().int().describe('Deliveries that wait, also those behind a failing one of the same call'),
  dead: z.number().int().describe('Deliveries that were given up'),
  delivered_at: responseInstant.nullable().describe('The last acknowledged delivery'),
  last_failure: attemptResultAnswer
    .pick({ status: true, failed: true, reason: true })
    .extend({ at: responseInstant })
    .nullable()
    .describe('Of the deliveries that wait or were given up'),
});
const testAnswer = attemptResultAnswer.extend({ sent: z.string().describe('The body of the request') });

/** `/api/v1/webhooks`: the receivers of events and how deliveries to them go. */
export function receiverRoutes(receivers: Receivers): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/webhooks',
      scope: 'config:read',
      summary: 'The receivers of events, and how deliveries to them go',
      answers: { 200: { description: 'The receivers', schema: z.object({ receivers: z.array(receiverAnswer) }) } },
      handle: async () => {
        const found = await receivers.list();
        return json({
          receivers: found.map(({ hook: { name, url, events = null }, health }) => ({
            name,
            url,
            events,
            ...presentHealth(health),
          })),
        });
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/webhooks/:name/test',
      scope: 'webhooks:write',
      summary: 'Sends an event `test` to a receiver, once and at once, signed like all others; it is not stored',
      params: z.object({ name: z.string().max(60) }),
      answers: { 200: { description: 'How the request ended', schema: testAnswer } },
      handle: async ({ params: { name }, can }) => {
        const tested = await receivers.test(name);
        if (tested === undefined) throw notFound('there is no such receiver');
        return json({ sent: tested.body, ...presentResult(tested.result, can('numbers:read')) });
      },
    }),
  ];
}

function presentHealth({ waiting, failing, failingSince, dead, deliveredAt, lastFailure }: ReceiverHealth) {
  const arrivedMeanwhile = deliveredAt !== null && failingSince !== null && deliveredAt >= failingSince;
  const isUnused = waiting === 0 && dead === 0 && deliveredAt === null;
  const ofFailing = arrivedMeanwhile ? ('unsteady' as const) : ('failing' as const);
  return {
    state: failing > 0 ? ofFailing : isUnused ? ('unused' as const) : ('working' as const),
    failing_since: instantOrNull(failingSince),
    waiting,
    dead,
    delivered_at: instantOrNull(deliveredAt),
    last_failure: lastFailure && {
      at: new Date(lastFailure.at).toISOString(),
      status: lastFailure.status,
      failed: lastFailure.failed,
      reason: reasonOf(lastFailure.failed),
    },
  };
}

function presentResult(result: AttemptResult, seesNumbers: boolean): z.output<typeof attemptResultAnswer> {
  const { latencyMs } = result;
  if ('failed' in result)
    return { latency_ms: latencyMs, status: null, failed: result.failed, reason: reasonOf(result.failed), answer: '' };
  const answer = shownAnswer(result.answer.slice(0, SHOWN_ANSWER), seesNumbers);
  return { latency_ms: latencyMs, status: result.status, failed: null, reason: null, answer };
}

function instantOrNull(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
