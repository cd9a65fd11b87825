import { z } from 'zod';
import { invalid } from '../../../../http/problem.js';
import type { Operator } from '../../../../directory/schema.js';
import { callIdOf, known } from '../ids.js';
import type { RungFirst } from '../../../../telephony/control.js';
import type { Context } from '../ports.js';
import { begun, done } from '../refusals.js';
import { callId, flag, phone, endpoint, textField, voice, whole, type Endpoint } from '../endpoint.js';
import { handsetOfUser, mobileOf, namedUser, userInput, userOf, type NamedUser } from '../user.js';
import { compact } from '../../../../lib/compact.js';

const method = z.enum(['voip', 'mobile', 'both'], 'voip, mobile or both');
const recording = whole.describe('the id of a prompt');
/** Longer texts should be recorded as prompts. */
const MAX_TEXT = 1_000;

/** Commands on calls. */
export const callRows: Endpoint[] = [
  endpoint({
    name: 'call',
    method: 'POST',
    path: '/calls',
    root: 'call',
    scope: 'calls:control',
    input: z.object({
      number: phone,
      method: method.optional(),
      ...userInput,
      auto_answer: flag.default(false),
      number_id: whole.optional(),
    }),
    async handle(input, context) {
      const user = userOf(input, context);
      const request = {
        number: input.number,
        autoAnswer: input.auto_answer,
        ...(await lineOf(input.number_id, context)),
      };
      const call = { ...request, ...(await firstOf(input.method, user, context)) };
      return begun(await context.ports.calls.call(call), context);
    },
  }),
  endpoint({
    name: 'announce',
    method: 'POST',
    path: '/calls/announce',
    root: 'announce',
    scope: 'calls:control',
    input: z
      .object({
        number: phone,
        text: textField('a text')
          .pipe(z.string().max(MAX_TEXT, `at most ${MAX_TEXT} characters`))
          .optional(),
        voice: voice.optional(),
        recording_id: recording.optional(),
        recipe_id: whole.optional(),
        number_id: whole.optional(),
      })
      .refine(
        ({ text, recording_id: prompt, recipe_id: recipe }) =>
          [text, prompt, recipe].filter((each) => each !== undefined).length === 1,
        { path: ['text'], message: 'one of text, recording_id and recipe_id' },
      ),
    async handle(input, context) {
      const line = await lineOf(input.number_id, context);
      const say = await sayOf(input, context);
      return begun(await context.ports.calls.announce({ number: input.number, say, ...line }), context);
    },
  }),
  endpoint({
    name: 'play',
    method: 'POST',
    path: '/calls/play_recording',
    root: 'play_recording',
    scope: 'calls:control',
    input: z.object({
      call_id: callId,
      recording_id: recording,
      side: z.enum(['caller', 'callee', 'both'], 'caller, callee or both').default('both'),
    }),
    async handle(input, context) {
      const { calls } = context.ports;
      return done(await calls.play(await callIdOf(input.call_id, context), input.recording_id, input.side));
    },
  }),
  endpoint({
    name: 'interrupt',
    method: 'POST',
    path: '/calls/interrupt',
    root: 'interrupt_call',
    scope: 'calls:reject',
    input: z.object({ id: callId, recording_id: recording.optional() }),
    async handle(input, context) {
      const { calls } = context.ports;
      return done(await calls.interrupt(await callIdOf(input.id, context), input.recording_id));
    },
  }),
  endpoint({
    name: 'transfer',
    method: 'POST',
    path: '/calls/transfer',
    root: 'transfer',
    scope: 'calls:control',
    input: z.object({ call_id: callId, group_id: whole.optional(), ...userInput, number: phone.optional() }),
    async handle(input, context) {
      const { calls } = context.ports;
      return done(await calls.transfer(await callIdOf(input.call_id, context), targetOf(input, context)));
    },
  }),
  endpoint({
    name: 'listen',
    method: 'POST',
    path: '/calls/listen',
    root: 'listen',
    scope: 'calls:listen',
    input: z.object({ call_id: callId, ...userInput }),
    async handle(input, context) {
      const { calls } = context.ports;
      return done(await calls.listen(await callIdOf(input.call_id, context), handsetOfUser(userOf(input, context))));
    },
  }),
  endpoint({
    name: 'hang_up',
    method: 'POST',
    path: '/calls/hangup',
    root: 'hangup',
    scope: 'calls:control',
    input: z.object({ call_id: callId }),
    handle: async (input, context) => done(await context.ports.calls.hangUp(await callIdOf(input.call_id, context))),
  }),
];

/** The handset or number that rings first. */
async function firstOf(way: z.output<typeof method> | undefined, user: Operator, context: Context): Promise<RungFirst> {
  switch (way) {
    case 'voip':
      return { handset: handsetOfUser(user) };
    case 'mobile':
      return byMobile(user);
    case 'both':
      return { handset: handsetOfUser(user), mobile: mobileOf(user) };
    case undefined: {
      if (user.mobile === undefined) return { handset: handsetOfUser(user) };
      const standing = await context.ports.operators.list();
      const registered = standing.some(({ handset, registered: is }) => handset === user.handset && is);
      return registered ? { handset: handsetOfUser(user) } : byMobile(user);
    }
  }
}

function byMobile(user: Operator): RungFirst {
  const { handset } = user;
  return compact({ mobile: mobileOf(user), forHandset: handset });
}

async function lineOf(id: number | undefined, { ports, company, profile }: Context): Promise<{ line?: string }> {
  if (id === undefined) return {};
  return { line: known((await ports.ids.numbers(company, profile)).get(id), 'number_id', 'number') };
}

async function sayOf(
  input: {
    text?: string | undefined;
    voice?: string | undefined;
    recording_id?: number | undefined;
    recipe_id?: number | undefined;
  },
  { ports, company, profile }: Context,
): Promise<{ prompt: number } | { part: string }> {
  if (input.recording_id !== undefined) return { prompt: input.recording_id };
  if (input.text !== undefined) return { prompt: await ports.speak(input.text, voiceOf(input.voice, profile.voices)) };
  const recipe = (await ports.ids.recipes(company, profile)).get(input.recipe_id ?? 0);
  if (recipe !== undefined && 'line' in recipe)
    throw invalid([{ field: 'recipe_id', detail: 'the recipe is the plan of a number; give the id of a part' }]);
  return known(recipe, 'recipe_id', 'recipe');
}

export function voiceOf(given: string | undefined, voices: Readonly<Record<string, string>>): string | undefined {
  return given !== undefined && Object.hasOwn(voices, given) ? voices[given] : given;
}

function targetOf(input: { group_id?: number | undefined; number?: string | undefined } & NamedUser, context: Context) {
  const targets = [input.group_id, input.number, input.telfa_user_id ?? input.telfa_user_login];
  if (targets.filter((each) => each !== undefined).length !== 1)
    throw invalid([{ field: 'group_id', detail: 'one of group_id, telfa_user_id, telfa_user_login and number' }]);
  if (input.group_id !== undefined) return { queue: input.group_id };
  if (input.number !== undefined) return { number: input.number };
  return { handset: handsetOfUser(known(namedUser(input, context.company.operators), 'telfa_user_id', 'user')) };
}
