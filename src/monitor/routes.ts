import { z } from 'zod';
import { json } from '../http/answer.js';
import { route, type Route } from '../http/route.js';
import { callSchema, handsetSchema, queueSchema, stateSchema, type State } from './protocol.js';
import { viewState } from './view.js';

const filter = z.strictObject({
  handset: z.string().max(80).optional().describe('Calls with this handset label only'),
});

const queuesAnswer = z.object({
  current: z.boolean(),
  queues: z.array(
    queueSchema.extend({
      calls: z.array(callSchema).describe('Who waits, first in line first'),
      handsets: z.array(handsetSchema),
    }),
  ),
});

/** The monitor's state for those who ask once in a while. */
export function monitorRoutes(state: () => State): Route[] {
  const shown = (label: string | undefined, seesNumbers: boolean) =>
    viewState(state(), { label: label ?? null, seesNumbers });
  return [
    route({
      method: 'GET',
      path: '/api/v1/monitor',
      scope: 'monitor:read',
      summary: 'Calls in progress, queues and handsets now, as /ws/monitor tells them; masked without numbers:read',
      query: filter,
      answers: { 200: { description: 'The state', schema: stateSchema } },
      handle: ({ query: { handset }, can }) => json(shown(handset, can('numbers:read'))),
    }),
    route({
      method: 'GET',
      path: '/api/v1/queues',
      scope: 'monitor:read',
      summary: 'Queues now: who waits, in order, and the handsets; masked without numbers:read',
      query: filter,
      answers: { 200: { description: 'The queues', schema: queuesAnswer } },
      handle: ({ query: { handset }, can }) => json(byQueue(shown(handset, can('numbers:read')))),
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
      handsets: Object.values(handsets).filter((handset) => handset.queues.some((one) => one.queue === queue.id)),
    })),
  };
}
