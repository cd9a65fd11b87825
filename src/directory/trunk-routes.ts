import { z } from 'zod';
import { json, noContent, type Answer } from '../http/answer.js';
import { responseInstant } from '../http/instant.js';
import { notFound } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import type { RecordAction } from '../storage/audit-log.js';
import { inEnglish, trunkProblemCodes } from './trunk-problem.js';
import type { Trunk } from './trunk-schema.js';
import type { TrunkSecrets } from './trunk-secrets.js';
import { isUp, trunkConditions, type TrunkState, type TrunkStates } from './trunk-states.js';

const problemCode = z.enum(trunkProblemCodes);
const problemValues = z
  .record(z.string(), z.string())
  .describe('What the words of the problem name, such as the server')
  .meta({ examples: [{ server: 'sip.provider.example' }] });

export const trunkStateSchema = z.object({
  name: z.string().meta({ examples: ['provider'] }),
  title: z.string(),
  state: z
    .enum(trunkConditions)
    .describe(
      'registered, reachable: calls can be made; unchecked: probably; busy: all channels are in use; registering: no answer to the registration yet; ' +
        'rejected: the provider refused it; unreachable: the server does not answer; missing: not in Asterisk; disabled; unknown: Asterisk cannot be asked',
    ),
  up: z.boolean().describe('Whether calls can be made over it, as far as known'),
  problem: z.string().nullable().describe('In English'),
  problem_code: problemCode.nullable().describe('The problem, for programs; null when nothing is known to be wrong'),
  problem_values: problemValues,
  channels: z.number().int().describe('Calls in progress, in both directions'),
  max_channels: z.number().int().nullable(),
  last_error: z
    .object({
      at: responseInstant,
      message: z.string().describe('In English'),
      code: problemCode,
      values: problemValues,
    })
    .nullable()
    .describe('The last outgoing call that it did not carry, since the gateway has started'),
});

export function presentTrunk(state: TrunkState): z.output<typeof trunkStateSchema> {
  const { maxChannels, lastError, problem, ...rest } = state;
  return {
    ...rest,
    up: isUp(state),
    problem: problem && inEnglish(problem),
    problem_code: problem && problem.code,
    problem_values: { ...problem?.values },
    max_channels: maxChannels,
    last_error: lastError && {
      at: new Date(lastError.at).toISOString(),
      message: inEnglish(lastError.problem),
      code: lastError.problem.code,
      values: { ...lastError.problem.values },
    },
  };
}

const params = z.object({ name: z.string().max(40) });
const passwordBody = z.strictObject({
  password: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[^\p{Cc}]+$/u, 'text without control characters'),
});

interface TrunkRoutesOptions {
  trunks: () => readonly Trunk[];
  states: Pick<TrunkStates, 'refresh'>;
  secrets: Pick<TrunkSecrets, 'read' | 'store'>;
  /** Writes the trunks into Asterisk. */
  settled: () => Promise<unknown>;
  /** Starts a test call. */
  testCall: (trunk: string, number: string) => Promise<Answer>;
  record: RecordAction;
}

/** `/api/v1/trunks`: states, passwords and test calls. The settings are those of the section `trunks` of the configuration. */
export function trunkRoutes({ trunks, states, secrets, settled, testCall, record }: TrunkRoutesOptions): Route[] {
  const requireTrunk = (name: string) => {
    if (!trunks().some((trunk) => trunk.name === name)) throw notFound(`there is no trunk ${name}`);
  };
  return [
    route({
      method: 'GET',
      path: '/api/v1/trunks',
      scope: 'metrics:read',
      summary: 'The trunks of the company and their states, in the order of the configuration',
      answers: {
        200: {
          description: 'Empty when the company has no trunks of its own: TRUNK_ENDPOINT is used then',
          schema: z.object({
            trunks: z.array(trunkStateSchema.extend({ has_password: z.boolean() })),
          }),
        },
      },
      handle: async () => {
        const listed = (await states.refresh()).map(async (state) => ({
          ...presentTrunk(state),
          has_password: (await secrets.read(state.name)) !== undefined,
        }));
        return json({ trunks: await Promise.all(listed) });
      },
    }),
    route({
      method: 'PUT',
      path: '/api/v1/trunks/:name/password',
      scope: 'config:write',
      summary: 'Stores the password of a trunk, which no request returns, and uses it at once',
      params,
      body: passwordBody,
      answers: { 204: { description: 'Stored' }, 404: { description: 'There is no such trunk' } },
      handle: async ({ params: { name }, body: { password } }) => {
        requireTrunk(name);
        await record({ action: 'trunk_password_set', subject: name });
        await secrets.store(name, password);
        await settled();
        return noContent();
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/trunks/:name/test-call',
      scope: 'config:write',
      summary:
        'Calls a number over this trunk alone, as the dial policy allows, and hangs up when it is answered; /api/v1/calls tells how it went',
      params,
      body: z.strictObject({ number: z.string().min(1).max(40) }),
      answers: {
        202: { description: 'Being called', schema: z.object({ call_id: z.string() }) },
        404: { description: 'There is no such trunk' },
      },
      handle: async ({ params: { name }, body: { number } }) => {
        requireTrunk(name);
        return testCall(name, number);
      },
    }),
  ];
}
