import { newCallId } from '../kernel/ids.js';
import { z } from 'zod';
import { json, noContent, type Answer } from '../http/answer.js';
import { idempotencyHeader, once, type RequestKeys } from '../http/idempotency.js';
import { tabledProblem, type RefusalTable } from '../http/refusal.js';
import { route, type Request, type Route } from '../http/route.js';
import { supervisionModes } from '../telephony/command.js';
import type {
  CallControl,
  ControlAnswer,
  ControlRefusal,
  ControlRefused,
  TransferTarget,
} from '../telephony/control.js';

const prompt = z.number().int().positive();
const handset = z.string().min(1).max(40);
const number = z.string().min(2).max(40);
const line = number.optional().describe('Number of the line that makes the call; default: the first');
const params = z.object({ id: z.string().max(200) });

const callBody = z.strictObject({
  handset: handset.describe('Rung first'),
  number: number.describe('Rung when the handset has answered'),
  line,
  auto_answer: z.boolean().default(false).describe('Asks the handset to answer automatically'),
});
const announceBody = z
  .strictObject({ number, line, prompt: prompt.optional(), part: z.string().max(80).optional() })
  .refine((body) => (body.prompt === undefined) !== (body.part === undefined), 'either prompt or part');
/** Where a call is transferred to: exactly one of them is given, see {@link isOneTarget}. */
export const transferFields = {
  queue: z.number().int().positive().optional(),
  handset: handset.optional(),
  number: number.optional(),
  line: number.optional().describe("Number of one of the company's lines: the caller goes through its plan"),
};
type TransferFields = z.output<z.ZodObject<typeof transferFields>>;
/** For bodies that are not {@link isOneTarget}. */
export const ONE_TARGET = 'one of queue, handset, number and line';
const transferBody = z.strictObject(transferFields).refine(isOneTarget, ONE_TARGET);
const interruptBody = z.strictObject({
  prompt: prompt.optional().describe('Default: `reject_prompt` of the line, or of the company'),
});
const playBody = z.strictObject({ prompt, side: z.enum(['caller', 'callee', 'both']).default('both') });
const listenBody = z.strictObject({
  handset: handset.describe("The supervisor's"),
  mode: z
    .enum(supervisionModes)
    .default('listen')
    .describe('listen: hears both sides; whisper: the operator hears the supervisor too; barge: all hear each other'),
});
const moveBody = z.strictObject({
  position: z.number().int().positive().describe('From 1; beyond the end: the last one'),
});
export const startedSchema = z.object({ call_id: z.string() });

const DONE = { 204: { description: 'Stored; the gateway carries it out' } };

/** `/api/v1/calls`: starts calls, and sends commands to calls in progress. */
export function callControlRoutes(control: CallControl, keys: RequestKeys): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/calls',
      scope: 'calls:control',
      summary:
        'Click to call: rings the handset, then the number. With an Idempotency-Key, a repeated request within 24 hours starts no second call',
      body: callBody,
      headers: idempotencyHeader,
      answers: { 202: { description: 'Being called', schema: startedSchema } },
      handle: (request) =>
        startCallOnce(keys, request, (callId) => {
          const { auto_answer: autoAnswer, ...rest } = request.body;
          return control.call({ ...rest, autoAnswer, ...callId });
        }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/calls/announce',
      scope: 'calls:control',
      summary: 'Calls the number and plays a prompt, or runs a part. Idempotency-Key as for click to call',
      body: announceBody,
      headers: idempotencyHeader,
      answers: { 202: { description: 'Being called', schema: startedSchema } },
      handle: (request) =>
        startCallOnce(keys, request, (callId) => {
          const { number: called, line: onLine, prompt: id, part = '' } = request.body;
          const say = id === undefined ? { part } : { prompt: id };
          return control.announce({ number: called, say, line: onLine, ...callId });
        }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/calls/:id/interrupt',
      scope: 'calls:reject',
      summary:
        'Interrupts the call in any state, plays the prompt and hangs up; its result is REJECTED. Repeating it is harmless',
      params,
      body: interruptBody,
      answers: DONE,
      handle: async ({ params: { id }, body }) => doneAnswer(await control.interrupt(id, body.prompt)),
    }),
    route({
      method: 'POST',
      path: '/api/v1/calls/:id/hangup',
      scope: 'calls:control',
      summary: 'Hangs up; does nothing for a call that is over',
      params,
      answers: DONE,
      handle: async ({ params: { id } }) => doneAnswer(await control.hangUp(id)),
    }),
    route({
      method: 'POST',
      path: '/api/v1/calls/:id/transfer',
      scope: 'calls:control',
      summary:
        'Transfers the caller to a queue, a handset, a number or one of your lines, in any state of the call. For a click-to-call, transfers the called number',
      params,
      body: transferBody,
      answers: DONE,
      handle: async ({ params: { id }, body }) => doneAnswer(await control.transfer(id, targetOf(body))),
    }),
    route({
      method: 'POST',
      path: '/api/v1/calls/:id/play',
      scope: 'calls:control',
      summary: 'Plays a prompt into the call, to one side or to both',
      params,
      body: playBody,
      answers: DONE,
      handle: async ({ params: { id }, body }) => doneAnswer(await control.play(id, body.prompt, body.side)),
    }),
    route({
      method: 'POST',
      path: '/api/v1/calls/:id/listen',
      scope: 'calls:listen',
      summary:
        "Rings the supervisor's handset, which then listens, whispers or takes part until the call ends. For a handset that takes part already, changes the mode",
      params,
      body: listenBody,
      answers: DONE,
      handle: async ({ params: { id }, body }) => doneAnswer(await control.listen(id, body.handset, body.mode)),
    }),
    route({
      method: 'POST',
      path: '/api/v1/calls/:id/move',
      scope: 'calls:control',
      summary: 'Moves a caller who waits in a queue to a position. Repeating it is harmless',
      params,
      body: moveBody,
      answers: DONE,
      handle: async ({ params: { id }, body }) => doneAnswer(await control.move(id, body.position)),
    }),
  ];
}

export function isOneTarget({ queue, handset: to, number: called, line: entered }: TransferFields): boolean {
  return [queue, to, called, entered].filter((each) => each !== undefined).length === 1;
}

export function targetOf({ queue, handset: to, number: called = '', line: entered }: TransferFields): TransferTarget {
  if (queue !== undefined) return { queue };
  if (to !== undefined) return { handset: to };
  return entered === undefined ? { number: called } : { line: entered };
}

/** Starts a call once per Idempotency-Key. */
export async function startCallOnce(
  keys: RequestKeys,
  request: Request,
  start: (chosen: { callId?: string }) => Promise<{ ok: true; callId: string } | ControlRefused>,
): Promise<Answer> {
  // Without a key, only a call that is still being dialled is reused.
  if (request.headers['idempotency-key'] === undefined) return startedAnswer(await start({}));
  const answer = await once(keys, request, newCallId(), async (callId) => {
    const started = await start({ callId });
    return started.ok ? { ...started, id: started.callId } : started;
  });
  return startedAnswer(answer);
}

export function startedAnswer(answer: { ok: true; callId: string } | ControlRefused): Answer {
  if (!answer.ok) throw tabledProblem(CONTROL_PROBLEMS, answer);
  return json({ call_id: answer.callId }, 202);
}

function doneAnswer(answer: ControlAnswer): Answer {
  if (!answer.ok) throw tabledProblem(CONTROL_PROBLEMS, answer);
  return noContent();
}

export const CONTROL_PROBLEMS: RefusalTable<ControlRefusal> = {
  unknown_call: ['not_found'],
  unknown_prompt: ['bad_request', 'body.prompt'],
  unknown_part: ['bad_request', 'body.part'],
  unknown_target: ['bad_request', 'body'],
  bad_number: ['bad_request', 'body.number'],
  not_now: ['conflict'],
  refused: ['refused'],
  unavailable: ['unavailable'],
};
