import { newCallId } from '../kernel/ids.js';
import { z } from 'zod';
import { json, noContent, type Answer } from '../http/answer.js';
import { once, type RequestKeys } from '../http/idempotency.js';
import { tabledProblem, type RefusalTable } from '../http/refusal.js';
import { route, type Request, type Route } from '../http/route.js';
import type { CallControl, ControlAnswer, ControlRefusal, ControlRefused } from '../telephony/control.js';

const prompt = z.number().int().positive();
const handset = z.string().min(1).max(40);
const number = z.string().min(2).max(40);
const line = number.optional().describe('Number of the line on whose behalf it is called; default: the first');
const params = z.object({ id: z.string().max(200) });

const callBody = z.strictObject({
  handset: handset.describe('Rung first'),
  number: number.describe('Rung when the handset has answered'),
  line,
  auto_answer: z.boolean().default(false).describe('Asks the handset to answer by itself'),
});
const announceBody = z
  .strictObject({ number, line, prompt: prompt.optional(), part: z.string().max(80).optional() })
  .refine((body) => (body.prompt === undefined) !== (body.part === undefined), 'either prompt or part');
const transferBody = z
  .strictObject({
    queue: z.number().int().positive().optional(),
    handset: handset.optional(),
    number: number.optional(),
  })
  .refine((body) => Object.keys(body).length === 1, 'one of queue, handset and number');
const interruptBody = z.strictObject({
  prompt: prompt.optional().describe('Default: `reject_prompt` of the line, or of the company'),
});
const playBody = z.strictObject({ prompt, side: z.enum(['caller', 'callee', 'both']).default('both') });
const listenBody = z.strictObject({ handset });
const begunAnswer = z.object({ call_id: z.string() });

const DONE = { 204: { description: 'Stored, and being done' } };

/** `/api/v1/calls`: starting calls, and reaching into those in progress. */
export function callControlRoutes(control: CallControl, keys: RequestKeys): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/calls',
      scope: 'calls:control',
      summary:
        'Click to call: rings the handset, then the number. With an Idempotency-Key, repeating it within 24 hours starts nothing anew',
      body: callBody,
      answers: { 202: { description: 'Being called', schema: begunAnswer } },
      handle: (request) =>
        starting(keys, request, (callId) => {
          const { auto_answer: autoAnswer, line: onLine, ...rest } = request.body;
          return control.call({ ...rest, autoAnswer, ...callId, ...(onLine !== undefined && { line: onLine }) });
        }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/calls/announce',
      scope: 'calls:control',
      summary: 'Calls the number and plays a prompt, or runs a part. Idempotency-Key as for click to call',
      body: announceBody,
      answers: { 202: { description: 'Being called', schema: begunAnswer } },
      handle: (request) =>
        starting(keys, request, (callId) => {
          const { number: called, line: onLine, prompt: id, part = '' } = request.body;
          const say = id === undefined ? { part } : { prompt: id };
          return control.announce({ number: called, say, ...callId, ...(onLine !== undefined && { line: onLine }) });
        }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/calls/:id/interrupt',
      scope: 'calls:reject',
      summary:
        'Takes the call out of whatever goes on, plays the prompt and hangs up; its result is REJECTED. Doing it twice is harmless',
      params,
      body: interruptBody,
      answers: DONE,
      handle: async ({ params: { id }, body }) => done(await control.interrupt(id, body.prompt)),
    }),
    route({
      method: 'POST',
      path: '/api/v1/calls/:id/hangup',
      scope: 'calls:control',
      summary: 'Hangs up; a call that is over already stays so',
      params,
      answers: DONE,
      handle: async ({ params: { id } }) => done(await control.hangUp(id)),
    }),
    route({
      method: 'POST',
      path: '/api/v1/calls/:id/transfer',
      scope: 'calls:control',
      summary:
        'Takes the caller to a queue, a handset or a number, wherever the call is now; of a click to call, the number is taken there',
      params,
      body: transferBody,
      answers: DONE,
      handle: async ({ params: { id }, body: { queue, handset: to, number: called = '' } }) =>
        done(
          await control.transfer(
            id,
            queue !== undefined ? { queue } : to !== undefined ? { handset: to } : { number: called },
          ),
        ),
    }),
    route({
      method: 'POST',
      path: '/api/v1/calls/:id/play',
      scope: 'calls:control',
      summary: 'Plays a prompt into the call, to one side or to both',
      params,
      body: playBody,
      answers: DONE,
      handle: async ({ params: { id }, body }) => done(await control.play(id, body.prompt, body.side)),
    }),
    route({
      method: 'POST',
      path: '/api/v1/calls/:id/listen',
      scope: 'calls:listen',
      summary: 'Rings the handset, which then hears both sides and is heard by nobody, to the end of the call',
      params,
      body: listenBody,
      answers: DONE,
      handle: async ({ params: { id }, body }) => done(await control.listen(id, body.handset)),
    }),
  ];
}

/** What was asked for with the same key before is not started again. */
async function starting(
  keys: RequestKeys,
  request: Request,
  start: (chosen: { callId?: string }) => Promise<{ ok: true; callId: string } | ControlRefused>,
): Promise<Answer> {
  // Without a key only a call that is still being dialled is not made twice.
  if (request.headers['idempotency-key'] === undefined) return begun(await start({}));
  const answer = await once(keys, request, newCallId(), async (callId) => {
    const started = await start({ callId });
    return started.ok ? { ...started, id: started.callId } : started;
  });
  return begun(answer);
}

function begun(answer: { ok: true; callId: string } | ControlRefused): Answer {
  if (!answer.ok) throw tabledProblem(PROBLEMS, answer);
  return json({ call_id: answer.callId }, 202);
}

function done(answer: ControlAnswer): Answer {
  if (!answer.ok) throw tabledProblem(PROBLEMS, answer);
  return noContent();
}

const PROBLEMS: RefusalTable<ControlRefusal> = {
  unknown_call: ['not_found'],
  unknown_prompt: ['bad_request', 'body.prompt'],
  unknown_part: ['bad_request', 'body.part'],
  unknown_target: ['bad_request', 'body'],
  bad_number: ['bad_request', 'body.number'],
  not_now: ['conflict'],
  refused: ['refused'],
  unavailable: ['unavailable'],
};
