import { z } from 'zod';
import { json } from '../http/answer.js';
import { responseInstant } from '../http/instant.js';
import { invalid, scopeMissing } from '../http/problem.js';
import { route, type Request, type Route } from '../http/route.js';
import { orderStatuses } from '../orders/status.js';
import type { DocumentChecks } from './document-check-queue.js';
import { MAX_BYTES } from './document/limits.js';
import { requireNumbers } from './item-routes.js';
import { configurationRefused } from './refused-configuration.js';

/** A document of a requester without the right to apply it. */
const MAX_READER_CHARS = 262_144;
const MAX_SECONDS = 3600;

const keyGroup = z
  .string()
  .max(100)
  .regex(/^[0-9*#]*$/, 'keys 0-9, * and #');

const simulateBody = z.strictObject({
  config: z
    .string()
    .max(MAX_BYTES)
    .optional()
    .describe('A document as YAML or JSON. Default: the configuration as it is'),
  draft: z.string().max(80).optional().describe('Id of a draft to simulate in place of the configuration'),
  line: z.string().max(40),
  keys: z
    .union([
      z
        .string()
        .max(1000)
        .regex(/^[0-9*#,]*$/, 'keys 0-9, * and #, groups separated by commas'),
      z.array(keyGroup).max(100),
    ])
    .default('')
    .describe(
      'Groups of keys, each pressed when the call asks for input: `9,1001#` or `["9", "1001#"]`; an empty one presses nothing',
    ),
  pause: z
    .boolean()
    .default(false)
    .describe(
      'Stops where the call waits for a key and all groups are used; `waiting` says for what. An empty group lets it wait in vain',
    ),
  at: z.string().max(40).optional().describe('ISO 8601; without an offset it is the line’s own time. Default: now'),
  caller: z.string().max(40).optional(),
  shop: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Replaces the plan’s own URLs'),
  stub: z
    .array(z.unknown())
    .max(100)
    .optional()
    .describe(
      'Responses in place of the shop’s, one for each request; then it returns to the plan. `{ status, delay, body }`, `{ silent: true }` ' +
        'for no answer at all; one with `digits` answers the requests that report these digits. Left out: the real shop is asked, ' +
        'which needs the scope config:write',
    ),
  order: z.enum(orderStatuses).optional().describe('Status of the caller’s order'),
  nobody_answers: z.boolean().default(false).describe('Handsets and numbers ring without an answer'),
  answering: z
    .strictObject({
      handset: z.string().max(80).optional().describe('The only handset that answers'),
      after_s: z.number().min(0).max(MAX_SECONDS).optional().describe('How long it rings. Default: 5'),
      talk_s: z.number().min(0).max(MAX_SECONDS).optional().describe('Default: 30'),
    })
    .optional(),
});

export type SimulateRequest = Omit<z.output<typeof simulateBody>, 'config' | 'draft'>;

const entry = z.object({
  seq: z.number().int(),
  at: responseInstant,
  offset_ms: z.number().int().describe('Since the call began'),
  kind: z.string(),
  place: z
    .string()
    .nullable()
    .describe('The action of the plan that it belongs to: `lines/+420222333444/plan/1/menu/keys/9/0`'),
  data: z.record(z.string(), z.unknown()),
});

const simulationAnswer = z.object({
  line: z.string(),
  caller: z.string(),
  time_zone: z.string(),
  started_at: responseInstant,
  ended_at: responseInstant.describe('Of a paused call: the instant of the pause'),
  ended_by: z.string().describe('Empty for a paused call; `cut_off` when it exceeded a limit'),
  keys_left: z.string().describe('Unused keys'),
  shop: z.enum(['stub', 'real']).describe('Whether requests were sent to a real shop'),
  waiting: z
    .object({
      place: z.string().nullable(),
      keys: z.array(z.string()).describe('Keys that lead further'),
      typed: z.string().describe('What has been typed for this input'),
      max: z.number().int().describe('The input ends with this number of keys'),
      hash_ends: z.boolean().describe('# ends the input'),
      until: responseInstant.nullable().describe('When the input ends without another key'),
    })
    .nullable()
    .describe('What a paused call waits for; null when the call has ended'),
  places: z.array(z.string()).describe('The actions that ran, in order'),
  prompts: z
    .array(
      z.object({
        id: z.number().int(),
        language: z.string(),
        name: z.string().nullable(),
        audio: z.string().nullable().describe('Path of the audio; null when it is made during the call'),
      }),
    )
    .describe('The prompts in `timeline`'),
  timeline: z.array(entry).describe('Entries as of a real call'),
  text: z.string().describe('The same for people'),
});

export type SimulatedCallAnswer = z.output<typeof simulationAnswer>;

interface SimulateRouteOptions {
  documents: Pick<DocumentChecks<SimulateRequest>, 'simulate'>;
  /** The document of a draft. @throws {Problem} 404 */
  draftSource: (id: string) => Promise<string>;
}

/** `POST /api/v1/simulate`. */
export function simulateRoutes({ documents, draftSource }: SimulateRouteOptions): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/simulate',
      scope: 'config:read',
      summary:
        'Runs the plan of a line without a telephone: the configuration, a draft or a document. The scope numbers:read is needed as well, ' +
        'and config:write to send requests to the real shop',
      body: simulateBody,
      answers: {
        200: { description: 'The course of the call', schema: simulationAnswer },
        403: { description: 'Without `stub`: the scope config:write is needed (`scope_missing`)' },
        422: { description: 'The document has errors, or the line does not exist' },
      },
      async handle(request) {
        const { config, draft, ...wanted } = request.body;
        requireRights(request);
        if (config !== undefined && draft !== undefined)
          throw invalid([{ field: 'body.draft', detail: 'send config or draft, not both' }]);
        const source = draft === undefined ? config : await draftSource(draft);
        const answer = await documents.simulate(source, wanted, request.disconnected());
        if (answer.ok) return json(answer.call);
        throw 'problems' in answer
          ? configurationRefused(answer.problems)
          : invalid([{ field: 'body', detail: answer.why }]);
      },
    }),
  ];
}

/** The course of a call has numbers, and the real shop may act on a request. @throws {Problem} 403, 422 */
function requireRights(request: Pick<Request<unknown, unknown, z.output<typeof simulateBody>>, 'body' | 'can'>): void {
  requireNumbers(request);
  if (request.can('config:write')) return;
  if (request.body.stub === undefined) throw scopeMissing('config:write', 'body.stub');
  if ((request.body.config?.length ?? 0) > MAX_READER_CHARS)
    throw invalid([
      { field: 'body.config', detail: `at most ${MAX_READER_CHARS} characters without the scope config:write` },
    ]);
}
