import { z } from 'zod';
import { json } from '../http/answer.js';
import { conflict, notOwnHandset } from '../http/problem.js';
import { tabledProblem } from '../http/refusal.js';
import { route, type Route } from '../http/route.js';
import type { CallControl } from '../telephony/control.js';
import { CONTROL_PROBLEMS, startedSchema, targetOf, transferFields, isOneTarget } from './control-routes.js';

const body = z
  .strictObject({
    ...transferFields,
    call_id: z.string().max(200).optional().describe('Refuses when the handset talks in another call by now'),
  })
  .refine(isOneTarget, 'one of queue, handset and number');

interface OwnCallParts {
  control: Pick<CallControl, 'transfer'>;
  /** The call in which a handset talks. */
  talkOf: (handset: string) => string | undefined;
}

/** `/api/v1/handsets/…/transfer`: operators transfer the call of their own handset, without the right to control all calls. */
export function ownCallRoutes({ control, talkOf }: OwnCallParts): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/handsets/:name/transfer',
      // Enough for the own handset; other handsets need calls:control.
      scope: 'operators:read',
      summary:
        'Transfers the call in which your own handset talks to a queue, a handset or a number. To the own handset: rings it again',
      params: z.object({ name: z.string().max(40) }),
      body,
      answers: {
        202: { description: 'Stored; the gateway carries it out', schema: startedSchema },
        409: { description: 'The handset does not talk' },
      },
      handle: async ({ params: { name }, body: { call_id: wanted, ...to }, who, can }) => {
        if (who?.operator?.handset !== name && !can('calls:control')) throw notOwnHandset('calls:control');
        const callId = talkOf(name);
        if (callId === undefined || (wanted !== undefined && wanted !== callId))
          throw conflict('the handset does not talk in this call', {}, 'not_now');
        const answer = await control.transfer(callId, targetOf(to));
        if (!answer.ok) throw tabledProblem(CONTROL_PROBLEMS, answer);
        return json({ call_id: callId }, 202);
      },
    }),
  ];
}
