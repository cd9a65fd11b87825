import { z } from 'zod';
import { json } from '../http/answer.js';
import { conflict, notOwnHandset } from '../http/problem.js';
import { tabledProblem } from '../http/refusal.js';
import { route, type Request, type Route } from '../http/route.js';
import { transferSteps } from '../telephony/command.js';
import type { CallControl, ControlAnswer } from '../telephony/control.js';
import {
  CONTROL_PROBLEMS,
  ONE_TARGET,
  startedSchema,
  targetOf,
  transferFields,
  isOneTarget,
} from './control-routes.js';

const name = z.string().max(40);
const callId = z.string().max(200).optional().describe('Refuses when the handset talks in another call by now');
const transferBody = z
  .strictObject({
    ...transferFields,
    call_id: callId,
    ask_first: z
      .boolean()
      .default(false)
      .describe('Your handset talks with the target before the caller does. Queues and lines cannot be asked'),
  })
  .refine(isOneTarget, ONE_TARGET);
const stepParams = z.object({
  name,
  step: z
    .enum(transferSteps)
    .describe(
      'connect: caller and target talk, and your call ends; return: you talk with the caller, without the target; swap: you talk with the other one; join: all three hear each other; separate: undoes join',
    ),
});

const answers = {
  202: { description: 'Stored; the gateway carries it out', schema: startedSchema },
  409: { description: 'The handset does not talk, or the transfer does not allow this step now' },
};

interface OwnCallParts {
  control: Pick<CallControl, 'transfer' | 'consult' | 'advanceTransfer' | 'park' | 'pickUp'>;
  /** The call in which a handset talks. */
  talkOf: (handset: string) => string | undefined;
}

/** `/api/v1/handsets/…/transfer`: operators transfer the call of their own handset, without the right to control all calls. */
export function ownCallRoutes({ control, talkOf }: OwnCallParts): Route[] {
  const inTalk = async (
    { params, body, who, can }: Request<{ name: string }, unknown, { call_id?: string | undefined }>,
    act: (call: string) => Promise<ControlAnswer>,
  ) => {
    if (who?.operator?.handset !== params.name && !can('calls:control')) throw notOwnHandset('calls:control');
    const call = talkOf(params.name);
    if (call === undefined || (body.call_id !== undefined && body.call_id !== call))
      throw conflict('the handset does not talk in this call', {}, 'not_now');
    const answer = await act(call);
    if (!answer.ok) throw tabledProblem(CONTROL_PROBLEMS, answer);
    return json({ call_id: call }, 202);
  };
  return [
    route({
      method: 'POST',
      path: '/api/v1/handsets/:name/transfer',
      // Enough for the own handset; other handsets need calls:control.
      scope: 'operators:read',
      forPhones: true,
      summary:
        'Transfers the call in which your own handset talks to a queue, a handset, a number or a line. To the own handset: rings it again',
      params: z.object({ name }),
      body: transferBody,
      answers,
      handle: (request) => {
        const { ask_first: asksFirst, ...to } = request.body;
        return inTalk(request, (call) =>
          asksFirst ? control.consult(call, targetOf(to), request.params.name) : control.transfer(call, targetOf(to)),
        );
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/handsets/:name/transfer/:step',
      scope: 'operators:read',
      forPhones: true,
      summary: 'The next step of a transfer in which your own handset asks the target first',
      params: stepParams,
      body: z.strictObject({ call_id: callId }),
      answers,
      handle: (request) => inTalk(request, (call) => control.advanceTransfer(call, request.params.step)),
    }),
    route({
      method: 'POST',
      path: '/api/v1/handsets/:name/park',
      scope: 'operators:read',
      forPhones: true,
      summary: 'Parks the caller with whom your own handset talks in a numbered place. The place is in the live state',
      params: z.object({ name }),
      body: z.strictObject({ call_id: callId }),
      answers,
      handle: (request) => inTalk(request, (call) => control.park(call, request.params.name)),
    }),
    route({
      method: 'POST',
      path: '/api/v1/handsets/:name/pick-up',
      scope: 'operators:read',
      forPhones: true,
      summary: 'Rings your own handset, which then talks with a parked caller',
      params: z.object({ name }),
      body: z.strictObject({ call_id: z.string().max(200) }),
      answers: { ...answers, 409: { description: 'The call is not parked any more' } },
      handle: async ({ params, body: { call_id: call }, who, can }) => {
        if (who?.operator?.handset !== params.name && !can('calls:control')) throw notOwnHandset('calls:control');
        const answer = await control.pickUp(call, params.name);
        if (!answer.ok) throw tabledProblem(CONTROL_PROBLEMS, answer);
        return json({ call_id: call }, 202);
      },
    }),
  ];
}
