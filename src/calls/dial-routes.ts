import { z } from 'zod';
import type { RequestKeys } from '../http/idempotency.js';
import { notOwnHandset } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import type { CallControl } from '../telephony/control.js';
import { startCallOnce, startedSchema } from './control-routes.js';

const number = z.string().min(2).max(40);

/** `/api/v1/handsets/…/call`: operators call from their own handset, without the right to control all calls. */
export function dialRoutes(control: Pick<CallControl, 'call'>, keys: RequestKeys): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/handsets/:name/call',
      // Enough for the own handset; other handsets need calls:control.
      scope: 'operators:read',
      summary:
        'Rings your own handset, then the number. With an Idempotency-Key, a repeated request within 24 hours starts no second call',
      params: z.object({ name: z.string().max(40) }),
      body: z.strictObject({
        number: number.describe('Rung when the handset has answered'),
        line: number.optional().describe('Number of the line that makes the call; default: the first'),
      }),
      answers: { 202: { description: 'The handset is being called', schema: startedSchema } },
      handle: (request) => {
        const { params, who, can } = request;
        if (who?.operator?.handset !== params.name && !can('calls:control')) throw notOwnHandset('calls:control');
        return startCallOnce(keys, request, (callId) =>
          control.call({ handset: params.name, ...request.body, ...callId }),
        );
      },
    }),
  ];
}
