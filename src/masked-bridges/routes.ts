import { newBridgeId } from '../kernel/ids.js';
import { z } from 'zod';
import { json, type Answer } from '../http/answer.js';
import { formatCursor, parseCursor } from '../http/cursor.js';
import { idempotencyHeader, once, type RequestKeys } from '../http/idempotency.js';
import { notFound } from '../http/problem.js';
import { bodyErrors, refusalProblem } from '../http/refusal.js';
import { route, type Route } from '../http/route.js';
import { shownNumber, withNumbers, type ShownNumber } from '../http/shown-number.js';
import type { Bridges } from './port.js';
import type { BridgeReader } from './reader.js';
import { bridgeRequest } from './request.js';
import { listBridge, listedBridge } from './bridge-view.js';

const MAX_PAGE = 200;
const UNANSWERED = 'the gateway of the bridge is stopping or does not answer; try again';

const filters = z.strictObject({
  order_id: z.string().max(100).optional(),
  running: z.enum(['true', 'false']).optional(),
  numbers: withNumbers,
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: z.string().max(300).optional(),
});
const params = z.object({ id: z.string().max(200) });

/** `/api/v1/bridges`: connects two parties that do not see each other's number. */
export function bridgeRoutes(bridges: Bridges, reader: BridgeReader, keys: RequestKeys): Route[] {
  const found = async (id: string, number?: ShownNumber, status = 200): Promise<Answer> => {
    const bridge = await reader.find(id);
    if (bridge === undefined) throw notFound('there is no such bridge');
    return json(listBridge(bridge, number), status);
  };
  return [
    route({
      method: 'POST',
      path: '/api/v1/bridges',
      scope: 'calls:control',
      summary:
        'Connects two parties that do not see each other’s number: A is called, then B. A running bridge of the same order and pair is returned instead. With an Idempotency-Key, a repeated request within 24 hours starts no second bridge',
      body: bridgeRequest,
      headers: idempotencyHeader,
      answers: { 202: { description: 'Stored and started', schema: listedBridge } },
      async handle(request) {
        const answer = await once(keys, request, newBridgeId(), async (bridgeId) => {
          const started = await bridges.start(request.body, bridgeId);
          return started.ok ? { ...started, id: started.bridge.id } : started;
        });
        if (!answer.ok) throw refusalProblem(answer.why, answer.detail, bodyErrors(answer));
        return found(answer.id, undefined, 202);
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/bridges',
      scope: 'calls:read',
      summary: 'Bridges, newest first',
      query: filters,
      answers: {
        200: {
          description: 'A page; `next` is the cursor of the following page',
          schema: z.object({ bridges: z.array(listedBridge), next: z.string().nullable() }),
        },
      },
      async handle({ query: { order_id: orderId, running, limit, cursor, numbers }, can }) {
        const number = shownNumber(numbers, can);
        const page = await reader.list({
          orderId,
          running: running === undefined ? undefined : running === 'true',
          after: parseCursor(cursor),
          limit,
        });
        return json({
          bridges: page.bridges.map((bridge) => listBridge(bridge, number)),
          next: formatCursor(page.next),
        });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/bridges/:id',
      scope: 'calls:read',
      summary: 'The status of a bridge',
      params,
      query: z.strictObject({ numbers: withNumbers }),
      answers: { 200: { description: 'The bridge', schema: listedBridge } },
      handle: ({ params: { id }, query: { numbers }, can }) => found(id, shownNumber(numbers, can)),
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/bridges/:id',
      scope: 'calls:control',
      summary: 'Hangs up both parties; does nothing for an ended bridge',
      params,
      answers: { 200: { description: 'The bridge, ended', schema: listedBridge } },
      async handle({ params: { id } }) {
        const canceled = await bridges.cancel(id);
        if (canceled === 'not_found') throw notFound('there is no such bridge');
        if (canceled === 'unavailable') throw refusalProblem(canceled, UNANSWERED);
        return found(id);
      },
    }),
  ];
}
