import { newBridgeId } from '../kernel/ids.js';
import { z } from 'zod';
import { json, type Answer } from '../http/answer.js';
import { formatCursor, parseCursor } from '../http/cursor.js';
import { once, type RequestKeys } from '../http/idempotency.js';
import { invalid, notFound, Problem } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import type { BridgeRefusal, BridgeRequest, Bridges } from './port.js';
import type { BridgeReader } from './reader.js';
import { bridgeAnswer, presentBridge } from './bridge-view.js';

const MAX_PAGE = 200;
const MOST_METADATA = 20;

const role = z.enum(['client', 'driver']);
const phone = z.string().min(2).max(40).describe('As the company’s country writes numbers, or with the country code');
const party = z.strictObject({ phone, role });
const seconds = (least: number, most: number) => z.number().int().min(least).max(most).optional();
const metadataValue = z.union([z.string().max(200), z.number(), z.boolean()]);

const bridgeBody = z.strictObject({
  order_id: z.string().trim().min(1).max(100),
  initiator: role.describe('Who asked to be connected'),
  a: party.describe('Called first: the initiator'),
  b: party.describe('Called once A has answered'),
  line: phone.optional().describe('Number of the line that both see; default: the first'),
  ring_timeout_a_s: seconds(5, 120),
  ring_timeout_b_s: seconds(5, 120),
  max_duration_s: seconds(10, 14_400),
  wait_audio: z.enum(['ringback', 'silence']).optional().describe('What A hears while B rings'),
  confirm_digit: z
    .string()
    .regex(/^\d$/, 'one digit, 0 to 9')
    .optional()
    .describe('B has to press it before they are connected'),
  record: z
    .union([z.boolean(), z.strictObject({ announce: z.number().int().positive().optional() })])
    .optional()
    .describe('`announce`: id of the prompt that both hear before'),
  callback_url: z.string().max(2000).optional().describe('Told of every state; below one of the company’s callbacks'),
  metadata: z
    .record(z.string().max(40), metadataValue)
    .refine((all) => Object.keys(all).length <= MOST_METADATA, `at most ${MOST_METADATA} entries`)
    .optional()
    .describe('Given back with everything that is told'),
});

const filters = z.strictObject({
  order_id: z.string().max(100).optional(),
  running: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: z.string().max(300).optional(),
});
const params = z.object({ id: z.string().max(200) });

/** `/api/v1/bridges`: two people are connected, and neither sees the other's number. */
export function bridgeRoutes(bridges: Bridges, reader: BridgeReader, keys: RequestKeys): Route[] {
  const found = async (id: string, status = 200): Promise<Answer> => {
    const bridge = await bridges.find(id);
    if (bridge === undefined) throw notFound('there is no such bridge');
    return json(presentBridge(bridge), status);
  };
  return [
    route({
      method: 'POST',
      path: '/api/v1/bridges',
      scope: 'calls:control',
      summary:
        'Connects two people who do not see each other’s number: A is called, then B. One of the same order and pair that lives is given back. With an Idempotency-Key, repeating it within 24 hours starts nothing anew',
      body: bridgeBody,
      answers: { 202: { description: 'Stored, and being done', schema: bridgeAnswer } },
      async handle(request) {
        const answer = await once(keys, request, newBridgeId(), async (bridgeId) => {
          const started = await bridges.start({ ...requestOf(request.body), bridgeId });
          return started.ok ? { ...started, id: started.bridge.id } : started;
        });
        if (!answer.ok) throw problemOf(answer);
        return json(presentBridge(answer.bridge), 202);
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
          description: 'A page; `next` is the cursor of the following one',
          schema: z.object({ bridges: z.array(bridgeAnswer), next: z.string().nullable() }),
        },
      },
      async handle({ query: { order_id: orderId, running, limit, cursor } }) {
        const page = await reader.list({
          orderId,
          running: running === undefined ? undefined : running === 'true',
          after: cursor === undefined ? undefined : parseCursor(cursor),
          limit,
        });
        return json({
          bridges: page.bridges.map(presentBridge),
          next: page.next === undefined ? null : formatCursor(page.next),
        });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/bridges/:id',
      scope: 'calls:read',
      summary: 'How a bridge stands',
      params,
      answers: { 200: { description: 'The bridge', schema: bridgeAnswer } },
      handle: ({ params: { id } }) => found(id),
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/bridges/:id',
      scope: 'calls:control',
      summary: 'Hangs up both; one that is over stays as it is',
      params,
      answers: { 200: { description: 'The bridge, ended', schema: bridgeAnswer } },
      async handle({ params: { id } }) {
        if (!(await bridges.cancel(id))) throw notFound('there is no such bridge');
        return found(id);
      },
    }),
  ];
}

function requestOf(body: z.output<typeof bridgeBody>): BridgeRequest {
  const { ring_timeout_a_s: ringA, ring_timeout_b_s: ringB, max_duration_s: talk, record } = body;
  return {
    orderId: body.order_id,
    initiator: body.initiator,
    a: body.a,
    b: body.b,
    ...(body.line !== undefined && { line: body.line }),
    ...(ringA !== undefined && { ringTimeoutAMs: ringA * 1000 }),
    ...(ringB !== undefined && { ringTimeoutBMs: ringB * 1000 }),
    ...(talk !== undefined && { maxDurationMs: talk * 1000 }),
    ...(body.wait_audio !== undefined && { waitAudio: body.wait_audio }),
    ...(body.confirm_digit !== undefined && { confirmDigit: body.confirm_digit }),
    ...(record !== undefined && { record: recordOf(record) }),
    ...(body.callback_url !== undefined && { callbackUrl: body.callback_url }),
    ...(body.metadata !== undefined && { metadata: body.metadata }),
  };
}

function recordOf(record: NonNullable<z.output<typeof bridgeBody>['record']>): NonNullable<BridgeRequest['record']> {
  if (typeof record === 'boolean') return record;
  return record.announce === undefined ? true : { announce: record.announce };
}

/** How a refusal is told over HTTP. */
function problemOf({ why, field, detail }: BridgeRefusal): Problem {
  const errors = field === undefined ? [] : [{ field: `body.${field}`, detail }];
  switch (why) {
    case 'bad_request':
      return errors.length === 0 ? new Problem(422, 'Invalid request', detail) : invalid(errors);
    case 'refused':
      return new Problem(403, 'Forbidden', detail, { errors });
    case 'unavailable':
      return new Problem(503, 'Unavailable', detail, { headers: { 'retry-after': '2' } });
  }
}
