import { z } from 'zod';
import { json } from '../http/answer.js';
import { route, type Request, type Route } from '../http/route.js';
import { callSchema, shownHandsetSchema, shownQueueSchema, stateSchema, type State } from './protocol.js';
import { onlyHandset, viewState } from './view.js';

const filter = z.strictObject({
  handset: z.string().max(80).optional().describe('Only calls with this handset label'),
});

const queuesAnswer = z.object({
  current: z.boolean(),
  queues: z.array(
    shownQueueSchema.extend({
      calls: z.array(callSchema).describe('Waiting callers, in order'),
      handsets: z.array(shownHandsetSchema),
    }),
  ),
});

/** `/api/v1/monitor` and `/api/v1/queues`: the state of the monitor for programs that poll. */
export function monitorRoutes(state: () => State): Route[] {
  const shown = ({ query, who, can }: Pick<Request<unknown, z.output<typeof filter>>, 'query' | 'who' | 'can'>) =>
    viewState(state(), {
      label: query.handset ?? null,
      handset: onlyHandset(who),
      seesNumbers: can('numbers:read'),
    });
  return [
    route({
      method: 'GET',
      path: '/api/v1/monitor',
      scope: 'monitor:read',
      forPhones: true,
      summary: 'Calls in progress, queues and handsets, as in /ws/monitor; masked without numbers:read',
      query: filter,
      answers: { 200: { description: 'The state', schema: stateSchema } },
      handle: (request) => json(shown(request)),
    }),
    route({
      method: 'GET',
      path: '/api/v1/queues',
      scope: 'monitor:read',
      summary: 'Queues with their waiting callers in order, and their handsets; masked without numbers:read',
      query: filter,
      answers: { 200: { description: 'The queues', schema: queuesAnswer } },
      handle: (request) => json(byQueue(shown(request))),
    }),
  ];
}

function byQueue({ current, queues, calls, handsets }: State): z.output<typeof queuesAnswer> {
  const place = (call: State['calls'][string]) => call.position ?? 0;
  return {
    current,
    queues: Object.values(queues).map((queue) => ({
      ...queue,
      calls: Object.values(calls)
        .filter((call) => call.queue === queue.id && call.position !== undefined)
        .sort((a, b) => place(a) - place(b)),
      handsets: Object.values(handsets).filter((handset) =>
        handset.queues.some((membership) => membership.queue === queue.id),
      ),
    })),
  };
}
