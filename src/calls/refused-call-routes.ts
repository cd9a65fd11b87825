import { z } from 'zod';
import { toE164 } from '../directory/numbers.js';
import { json } from '../http/answer.js';
import { route, type Route } from '../http/route.js';
import { responseInstant } from '../http/instant.js';
import { maskNumber } from '../lib/mask.js';
import { refusalReasons, type RefusedCalls } from './refused-calls.js';

const refusedAnswer = z.object({
  id: z.number().int(),
  at: responseInstant.describe('The first of equal calls'),
  last_at: responseInstant,
  times: z.number().int().describe('Number of equal calls within about a second'),
  reason: z
    .enum(refusalReasons)
    .describe(
      'unknown_line: no line has the dialled number; line_full: `max_calls` of the line; too_many: MAX_CALLS of the gateway; ' +
        'not_durable: the database could not be written, the call went to the fallback; ' +
        'unknown_arguments: the dialplan that sent the call is not the shipped one',
    ),
  dialled: z
    .string()
    .describe('As it arrived; masked without the scope numbers:read, empty in a flood of different calls')
    .meta({ examples: ['222333555'] }),
  number: z
    .string()
    .nullable()
    .describe('The dialled number as a line has it, E.164 by the country of the company; null when it is none')
    .meta({ examples: ['+420222333555'] }),
  caller: z.string().describe('Masked without the scope numbers:read; empty when withheld'),
  endpoint: z
    .string()
    .describe('SIP endpoint that the call came from')
    .meta({ examples: ['trunk'] }),
});

/** `/api/v1/refused-calls`. */
export function refusedCallRoutes(refused: Pick<RefusedCalls, 'list'>, country: () => string): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/refused-calls',
      scope: 'calls:read',
      summary: 'Calls that were refused before a plan began, newest first; numbers are masked without numbers:read',
      query: z.strictObject({
        reason: z.enum(refusalReasons).optional(),
        before: z.coerce.number().int().optional().describe('`next` of the previous page'),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      answers: {
        200: {
          description: 'A page; `next` is null on the last',
          schema: z.object({ calls: z.array(refusedAnswer), next: z.number().nullable() }),
        },
      },
      async handle({ query, can }) {
        const { calls, next } = await refused.list(query);
        const shown = (number: string) => (can('numbers:read') ? number : maskNumber(number));
        const numberOf = (dialled: string) => {
          const number = toE164(dialled, country());
          return number === undefined ? null : shown(number);
        };
        return json({
          calls: calls.map(({ at, lastAt, dialled, caller, ...rest }) => ({
            ...rest,
            at: new Date(at).toISOString(),
            last_at: new Date(lastAt).toISOString(),
            dialled: shown(dialled),
            number: numberOf(dialled),
            caller: shown(caller),
          })),
          next: next ?? null,
        });
      },
    }),
  ];
}
