import { z } from 'zod';
import type { SimulationAnswer } from '../company/document-check-queue.js';
import { json } from '../http/answer.js';
import { conflict, invalid, notFound, scopeMissing } from '../http/problem.js';
import { route, type Request, type Route } from '../http/route.js';
import type { CallReader } from './reader.js';
import {
  callFixture,
  courseOf,
  firstDifference,
  fixtureOf,
  hungUpIn,
  isReplayable,
  type CallFixture,
} from './replay.js';

interface ReplayRoutesOptions {
  calls: CallReader;
  /** Simulates a call on the configuration as it is. It sends nothing to the shop: the request has its responses. */
  simulate: (request: CallFixture['request'], signal: AbortSignal) => Promise<SimulationAnswer>;
}

const params = z.object({ id: z.string().max(200) });
const { course } = callFixture.shape;

/** `/api/v1/calls/{id}/replay` and `/fixture`. */
export function callReplayRoutes({ calls, simulate }: ReplayRoutesOptions): Route[] {
  /** @throws {Problem} 403, 404, 409 */
  const fixture = async ({ params: { id }, can }: Request<z.output<typeof params>>): Promise<CallFixture> => {
    for (const scope of ['calls:read', 'numbers:read'] as const) if (!can(scope)) throw scopeMissing(scope);
    const found = await calls.get(id);
    if (!found) throw notFound('there is no such call');
    if (found.call.running) throw conflict('the call is still in progress', {}, 'call_running');
    if (!isReplayable(found.call)) throw conflict('only incoming calls can be repeated', {}, 'not_replayable');
    if (found.timeline[0]?.kind !== 'arrived') throw conflict('its timeline was erased', {}, 'not_replayable');
    return fixtureOf(found.call, found.timeline);
  };
  return [
    route({
      method: 'POST',
      path: '/api/v1/calls/:id/replay',
      scope: 'config:read',
      summary:
        'Repeats an ended call on the plan as it is now, with the same keys and the recorded responses of the shop. Calls nobody and sends nothing. Needs calls:read and numbers:read',
      params,
      answers: {
        200: {
          description: 'What the plan did then and would do now, until it passes the call to people',
          schema: z.object({
            recorded: course,
            now: course,
            differs_at: z
              .number()
              .int()
              .nullable()
              .describe('Index of the first step that differs; null when none does'),
          }),
        },
        403: { description: 'Without the scope calls:read or numbers:read' },
        409: { description: '`call_running`, or `not_replayable`: not an incoming call, or erased' },
        422: { description: 'The line no longer exists' },
      },
      async handle(request) {
        const { request: input, course: recorded } = await fixture(request);
        const answer = await simulate(input, request.disconnected());
        if (!answer.ok)
          throw invalid([{ field: 'params.id', detail: 'why' in answer ? answer.why : 'the plan has errors' }]);
        const now = courseOf((answer.call as { timeline: CallFixture['course'] }).timeline);
        return json({ recorded, now, differs_at: firstDifference(recorded, now, hungUpIn(recorded)) });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/calls/:id/fixture',
      scope: 'calls:read',
      summary:
        'The call as input for `cordboard simulate FILE --call`: line, time, keys and responses of the shop. Needs numbers:read',
      params,
      answers: {
        200: { description: 'The call, with personal data', schema: callFixture },
        403: { description: 'Without the scope numbers:read' },
        409: { description: '`call_running`, or `not_replayable`: not an incoming call, or erased' },
      },
      handle: async (request) =>
        json(await fixture(request), 200, { 'content-disposition': 'attachment; filename="call.json"' }),
    }),
  ];
}
