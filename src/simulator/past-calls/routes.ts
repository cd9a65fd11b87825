import { z } from 'zod';
import { json, noContent } from '../../http/answer.js';
import { responseInstant } from '../../http/instant.js';
import { scopeMissing } from '../../http/problem.js';
import { route, type Request, type Route } from '../../http/route.js';
import { requireNumbers } from '../../company/item-routes.js';
import type { DraftReplay, DraftReplays } from './draft-replays.js';

const MAX_DAYS = 31;
const MAX_CALLS = 5000;
const params = z.object({ id: z.string().max(80) });

const happening = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('prompts'),
      prompts: z.array(z.object({ id: z.number().int(), name: z.string().describe('Empty when it has none') })),
    }),
    z.object({ type: z.literal('queue'), queue: z.number().int(), name: z.string() }),
    z.object({ type: z.literal('shop'), url: z.string() }),
    z.object({
      type: z.literal('dial'),
      to: z.union([
        z.object({ handset: z.string() }),
        z.object({ number: z.string() }),
        z.object({ party: z.enum(['client', 'driver']), order: z.string() }),
      ]),
    }),
    z.object({ type: z.literal('detect_machine') }),
    z.object({ type: z.literal('hang_up'), cause: z.string() }),
    z.object({ type: z.literal('no_line').describe('The line is not in the draft') }),
  ])
  .nullable();

const replayAnswer = z
  .object({
    revision: z.number().int().describe('Of the draft when the replay began'),
    state: z.enum(['running', 'done', 'canceled', 'failed']),
    reason: z.enum(['draft_has_errors', 'internal_error']).nullable().describe('Why it failed'),
    days: z.number().int(),
    started_at: responseInstant,
    done: z.number().int().describe('Calls compared so far'),
    total: z.number().int(),
    same: z.number().int().describe('The course would be the same'),
    different: z.number().int(),
    unclear: z.number().int().describe('Not comparable: not everything that happened is in the timeline'),
    groups: z
      .array(
        z.object({
          count: z.number().int(),
          key: z.string().nullable().describe('The key that the callers had pressed last'),
          was: happening.describe('The first thing that would be different; null: nothing more happened'),
          would: happening.describe('What would happen in its place; null: nothing more'),
          calls: z.array(z.object({ id: z.string(), started_at: responseInstant })).describe('The newest, at most 50'),
        }),
      )
      .describe('Equal differences, the most frequent first; at most 100'),
  })
  .meta({ id: 'PastCallsReplay' });

interface ReplayRoutesOptions {
  replays: DraftReplays;
  /** @throws {Problem} 404 */
  draft: (id: string) => Promise<{ id: string; revision: number; source: string }>;
}

/** `/api/v1/config/drafts/{id}/replay`: what a draft would have done with past calls. */
export function replayRoutes({ replays, draft }: ReplayRoutesOptions): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/config/drafts/:id/replay',
      scope: 'config:read',
      summary:
        'Starts to replay the incoming calls of the last days with a draft, in the background. The scopes numbers:read and calls:read are needed as well',
      params,
      body: z.strictObject({
        days: z.number().int().min(1).max(MAX_DAYS).default(7),
        limit: z.number().int().min(1).max(MAX_CALLS).default(2000).describe('At most this many calls, the newest'),
      }),
      answers: {
        202: { description: 'It is running', schema: z.object({ replay: replayAnswer }) },
        503: { description: 'Too many are in progress (`busy`)' },
      },
      async handle(request) {
        requireRights(request);
        return json({ replay: present(replays.start(await draft(request.params.id), request.body)) }, 202);
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/config/drafts/:id/replay',
      scope: 'config:read',
      summary: 'The progress and the result of the last replay with a draft',
      params,
      answers: {
        200: {
          description: 'null: none was started, or there is no such draft',
          schema: z.object({ replay: replayAnswer.nullable() }),
        },
      },
      async handle(request) {
        requireRights(request);
        const replay = await replays.find(request.params.id);
        return json({ replay: replay === undefined ? null : present(replay) });
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/config/drafts/:id/replay',
      scope: 'config:read',
      summary: 'Cancels the replay; its result so far stays',
      params,
      answers: { 204: { description: 'Canceled, or it was done' } },
      handle(request) {
        requireRights(request);
        replays.cancel(request.params.id);
        return noContent();
      },
    }),
  ];
}

/** @throws {Problem} 403 */
function requireRights(request: Pick<Request, 'can'>): void {
  requireNumbers(request);
  if (!request.can('calls:read')) throw scopeMissing('calls:read');
}

function present({ startedAt, ...replay }: DraftReplay): z.output<typeof replayAnswer> {
  const groups = replay.groups.map(({ calls, ...group }) => ({
    ...group,
    calls: calls.map((call) => ({ id: call.id, started_at: new Date(call.startedAt).toISOString() })),
  }));
  return { ...replay, groups, started_at: new Date(startedAt).toISOString() };
}
