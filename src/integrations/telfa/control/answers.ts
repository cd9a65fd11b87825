import { z } from 'zod';
import { callOutcomes } from '../../../telephony/call-outcome.js';
import type { RowName } from './endpoint-names.js';

/** What the calls of the control API answer, for the description of the API: in JSON, and in the default profile. */

const localInstant = z.string().describe('ISO 8601, with the company’s offset from UTC');
const seconds = z.number().int().nullable().describe('In seconds');
const callNumber = z
  .union([z.number().int(), z.string()])
  .describe('The integer of the call; its `call_id` when it has none');
const number = z.string().describe('As the profile writes numbers; masked without the scope `numbers:read`');

/** An error: each text names the field and the remedy. */
export const controlErrors = z.object({ errors: z.array(z.string()) }).meta({ id: 'TelfaErrors' });

const done = z.object({ ok: z.literal(true) });
const started = z.object({ id: callNumber, call_id: z.string().describe('As in webhooks and hand-overs') });
const call = z
  .object({
    id: callNumber,
    call_id: z.string(),
    direction: z.enum(['incoming', 'outgoing']),
    caller_number: number,
    dialed_number: number,
    started_at: localInstant,
    answered_at: localInstant.nullable(),
    ended_at: localInstant.nullable(),
    duration: seconds,
    running: z.boolean(),
    state: z.string(),
    ended_by: z.string().nullable(),
    result: z.enum(callOutcomes).nullable(),
    waited: seconds,
    talked: seconds,
    group_id: z.number().int().nullable().describe('Id of the last queue'),
    agent: z.string().nullable().describe('Who answered: a handset, a number, `client` or `driver`'),
    recordings: z.array(z.object({ id: z.string(), state: z.string(), duration: seconds, url: z.string() })),
  })
  .meta({ id: 'TelfaCall' });
const user = z
  .object({
    id: z.number().int(),
    login: z.string(),
    email: z.string().nullable(),
    name: z.string(),
    role: z.string(),
    handset: z.string().nullable(),
    mobile: number.nullable(),
  })
  .meta({ id: 'TelfaUser' });
const presence = z.enum(['offline', 'logged_out', 'paused', 'talking', 'ringing', 'free']);
const userState = z
  .object({
    id: z.number().int(),
    login: z.string(),
    name: z.string(),
    state: presence,
    registered: z.boolean(),
    groups: z.array(
      z.object({
        id: z.number().int(),
        logged_in: z.boolean(),
        paused: z.boolean(),
        pause_reason: z.string().nullable(),
        state: z.string(),
      }),
    ),
  })
  .meta({ id: 'TelfaUserState' });
const login = z.object({
  at: localInstant,
  event: z.enum(['login', 'logout', 'pause', 'unpause']),
  group_id: z.number().int(),
  reason: z.string().nullable(),
});
const prompt = z
  .object({ id: z.number().int(), name: z.string(), languages: z.array(z.string()) })
  .meta({ id: 'TelfaRecording' });
const step = z
  .object({
    id: z.number().int(),
    position: z.number().int().describe('From 1; the same as `id`'),
    action: z.string(),
    settings: z.unknown().describe('As in docs/configuration.md'),
  })
  .meta({ id: 'TelfaStep' });
const recipe = z
  .object({
    id: z.number().int(),
    name: z.string(),
    number_id: z.number().int().nullable().describe('Of the number whose plan it is; null for a part'),
    steps: z.array(step),
  })
  .meta({ id: 'TelfaRecipe' });
const line = z.object({
  id: z.number().int(),
  number: z.string(),
  name: z.string(),
  recipe_id: z.number().int().nullable(),
});
const webhook = z.object({ id: z.string(), url: z.string(), events: z.array(z.string()) }).meta({ id: 'TelfaWebhook' });
const group = z.object({ id: z.number().int(), name: z.string(), strategy: z.string() });

/** What each call does, and what it answers; `audio`: sound. */
export const controlAnswers: Record<RowName, readonly [summary: string, answer: z.ZodType | 'audio']> = {
  call: ['Click to call: the user’s handset rings, then the number', started],
  announce: ['Calls a number and speaks a text, plays a prompt or runs a recipe', started],
  play: ['Plays a prompt into a call', done],
  interrupt: ['Rejects a call (✕): plays a prompt and hangs up', done],
  transfer: ['Transfers a call to a group, a user or a number', done],
  listen: ['Lets a user listen to a call', done],
  hang_up: ['Hangs up', done],
  current_calls: ['Calls in progress', z.array(call)],
  call_log: ['The log of calls, newest first', z.array(call)],
  one_call: ['One call', call],
  call_audio: ['The sound of a recording', 'audio'],
  users: ['Users', z.array(user)],
  one_user: ['One user', user],
  states: ['The states of all users', z.array(userState)],
  one_state: ['The state of one user', userState],
  login_history: ['Logins and pauses of a user, newest first', z.array(login)],
  log_in: ['Logs a user in to the groups of their handset', done],
  log_out: ['Logs a user out of the groups of their handset', done],
  groups: ['Groups, which are the company’s queues', z.array(group)],
  group_users: ['The users of a group', z.array(user)],
  prompts: ['Recordings, which are the company’s prompts', z.array(prompt)],
  prompt_from_text: ['Makes a recording from a text', prompt],
  numbers: ['The company’s numbers', z.array(line)],
  recipes: ['Recipes: plans of numbers, and parts', z.array(recipe)],
  one_recipe: ['One recipe', recipe],
  make_recipe: ['Adds a part', recipe],
  change_recipe: ['Replaces the steps of a recipe', recipe],
  steps: ['The steps of a recipe', z.array(step)],
  add_step: ['Adds a step', z.array(step)],
  change_step: ['Replaces a step', z.array(step)],
  remove_step: ['Removes a step', z.array(step)],
  webhooks: ['Webhooks', z.array(webhook)],
  set_webhook: ['Adds or changes a webhook', webhook],
  remove_webhook: ['Removes a webhook', done],
};
