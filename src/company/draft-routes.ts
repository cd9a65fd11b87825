import { z } from 'zod';
import { json, noContent, type Answer } from '../http/answer.js';
import { ifMatchHeader, preconditionOf } from '../http/etag.js';
import { problemDocument } from '../http/problem-schema.js';
import { currentActor } from '../http/actor.js';
import { conflict } from '../http/problem.js';
import { route, type Request, type Route } from '../http/route.js';
import { responseInstant } from '../http/instant.js';
import { changed, changedMeanwhile, requireKey } from './config-editor.js';
import { MAX_BYTES } from './document/limits.js';
import { presentConflict, type ConfigDrafts, type Draft, type DraftInfo } from './drafts.js';
import { changeSchema, publishedSchema, requireNumbers, versionInfo } from './item-routes.js';
import { problemSchema } from './problem.js';
import { fromItems, SECTIONS } from './store/items.js';

const params = z.object({ id: z.string().max(80) });
const draftInfo = z
  .object({
    id: z.string(),
    name: z.string(),
    author: z.string().nullable(),
    own: z.boolean().describe('Whether whoever asks has made it'),
    base_version: z.number().int().describe('The version of the configuration that it began with'),
    revision: z.number().int().describe('Counts its changes; the ETag is this number in quotes'),
    created_at: responseInstant,
    updated_at: responseInstant,
  })
  .meta({ id: 'Draft' });
const draftAnswer = draftInfo
  .extend({
    current_version: z.number().int().describe('Greater than base_version when others have published meanwhile'),
    document: z.record(z.string(), z.unknown()).describe('The whole document'),
  })
  .meta({ id: 'DraftWithDocument' });
const conflictSchema = z.object({
  section: z.string(),
  key: z.string(),
  base: z.unknown().describe('As it was when the draft began; null: not there'),
  draft: z.unknown(),
  current: z.unknown(),
  changed_by: z.array(versionInfo).describe('Who has changed it since, newest first'),
});
const diffAnswer = z.object({
  changes: z.array(
    changeSchema.extend({
      lines: z.array(z.string()).describe('Lines whose callers can hear or reach the item, before or after the change'),
    }),
  ),
  conflicts: z.array(conflictSchema).describe('Items that somebody else has changed since; publishing is refused'),
});
const createBody = z.strictObject({
  name: z
    .string()
    .max(200)
    .default('')
    .meta({ examples: ['Christmas hours'] }),
  document: z.record(z.string(), z.unknown()).optional().describe('Default: the current configuration'),
  yaml: z.string().max(MAX_BYTES).optional().describe('The document as YAML, in place of `document`'),
  base_version: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe(
      'The version that the document began with: what others have published since is kept. Default: the current',
    ),
});
const patchBody = z.strictObject({
  name: z.string().max(200).optional(),
  changes: z
    .array(
      z.strictObject({
        section: z.enum(SECTIONS),
        key: z.string().min(1).max(200),
        body: z.unknown().describe('The item as it is in the document; null or left out removes it'),
        position: z.number().int().min(0).optional().describe('In the section, from 0; default: where it is, or last'),
      }),
    )
    .max(1000)
    .default([]),
});
const rebaseBody = z.strictObject({
  choices: z
    .array(
      z.strictObject({
        section: z.enum(SECTIONS),
        key: z.string().min(1).max(200),
        keep: z.enum(['draft', 'current']),
      }),
    )
    .max(1000)
    .default([])
    .describe('Which state remains of the items that both have changed'),
});
const CONFLICTS = {
  description: 'The draft has another revision, or somebody else has changed the same items (`changed_meanwhile`)',
  type: 'application/problem+json',
  schema: problemDocument.extend({
    code: z.literal('changed_meanwhile'),
    current: z.number().int(),
    conflicts: z.array(conflictSchema).optional(),
  }),
};
const CHANGED_MEANWHILE = { description: 'The draft has another revision (`changed_meanwhile`)' };
const DRAFT_TOO_LARGE = { description: 'The draft would be larger than a configuration can be' };
const PRECONDITION = { description: 'If-Match was not sent (`precondition_required`)' };

interface DraftRoutesOptions {
  drafts: ConfigDrafts;
  /** Waits until Asterisk has the configuration; resolves with the remaining differences as text. */
  settled: () => Promise<string[]>;
}

/** `/api/v1/config/drafts`. Drafts are not masked, so readers need the scope numbers:read as well. */
export function draftRoutes({ drafts, settled }: DraftRoutesOptions): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/config/drafts',
      scope: 'config:read',
      summary: 'Drafts of the configuration, the last changed first',
      answers: {
        200: {
          description: 'The drafts, and the version of the configuration that is published',
          schema: z.object({ drafts: z.array(draftInfo), current_version: z.number().int() }),
        },
      },
      handle: async () =>
        json({ drafts: (await drafts.list()).map(presentInfo), current_version: drafts.currentVersion }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/config/drafts',
      scope: 'config:write',
      summary:
        'Makes a draft from the current configuration, or from a document. The scope numbers:read is needed as well',
      body: createBody,
      answers: {
        201: { description: 'The draft', schema: draftAnswer },
        409: { description: 'There are too many drafts (`too_many_drafts`)' },
        413: DRAFT_TOO_LARGE,
        422: { description: 'The document cannot be read, or there is no such `base_version`' },
      },
      async handle(request) {
        requireNumbers(request);
        const { name, document, yaml = document && JSON.stringify(document), base_version: base } = request.body;
        const items = yaml === undefined ? undefined : await drafts.itemsOf(yaml);
        return draftOf(drafts, await drafts.create({ name, items, base }), 201);
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/config/drafts/:id',
      scope: 'config:read',
      summary: 'A draft with its document. The scope numbers:read is needed as well',
      params,
      answers: { 200: { description: 'The draft', schema: draftAnswer } },
      async handle(request) {
        requireNumbers(request);
        return draftOf(drafts, await drafts.get(request.params.id));
      },
    }),
    route({
      method: 'PATCH',
      path: '/api/v1/config/drafts/:id',
      scope: 'config:write',
      summary:
        'Changes items of a draft, which may have errors meanwhile. With If-Match: the ETag of the draft. The scope numbers:read is needed as well',
      params,
      body: patchBody,
      headers: ifMatchHeader,
      answers: {
        200: { description: 'The draft', schema: draftAnswer },
        412: CHANGED_MEANWHILE,
        413: DRAFT_TOO_LARGE,
        428: PRECONDITION,
      },
      async handle(request) {
        requireNumbers(request);
        const { name, changes } = request.body;
        const draft = await requireRevision(drafts, request);
        let { items } = draft;
        for (const { section, key, body, position } of changes) {
          const wanted = body ?? undefined;
          requireKey({ section, key }, wanted);
          items = changed(items, { section, key }, wanted, position);
        }
        return draftOf(drafts, await drafts.save(draft.id, draft.revision, { name, items }));
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/config/drafts/:id',
      scope: 'config:write',
      summary: 'Removes a draft',
      params,
      answers: { 204: { description: 'Removed' } },
      async handle({ params: { id } }) {
        await drafts.get(id);
        await drafts.remove(id);
        return noContent();
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/config/drafts/:id/lint',
      scope: 'config:read',
      summary: 'What is wrong with a draft, each with its place and remedy. The scope numbers:read is needed as well',
      params,
      answers: {
        200: { description: 'Problems, none if all is well', schema: z.object({ problems: z.array(problemSchema) }) },
      },
      async handle(request) {
        requireNumbers(request);
        return json({ problems: await drafts.lint(await drafts.get(request.params.id)) });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/config/drafts/:id/diff',
      scope: 'config:read',
      summary: 'What publishing a draft would change, and for which lines. The scope numbers:read is needed as well',
      params,
      answers: { 200: { description: 'Changes of the current configuration', schema: diffAnswer } },
      async handle(request) {
        requireNumbers(request);
        const { changes, conflicts } = await drafts.diff(await drafts.get(request.params.id));
        return json({ changes, conflicts: conflicts.map(presentConflict) });
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/config/drafts/:id/rebase',
      scope: 'config:write',
      summary:
        'Takes over what others have published since the draft began. With If-Match: the ETag of the draft. The scope numbers:read is needed as well',
      params,
      body: rebaseBody,
      headers: ifMatchHeader,
      answers: {
        200: { description: 'The draft, which begins with the current version now', schema: draftAnswer },
        412: CONFLICTS,
        428: PRECONDITION,
      },
      async handle(request) {
        requireNumbers(request);
        const draft = await requireRevision(drafts, request);
        return draftOf(drafts, await drafts.rebase(draft, request.body.choices));
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/config/drafts/:id/publish',
      scope: 'config:write',
      summary:
        'Publishes a draft and removes it. Changes of others to other items are kept. With If-Match: the ETag of the draft. The scope numbers:read is needed as well',
      params,
      headers: ifMatchHeader,
      answers: {
        200: { description: 'Published', schema: publishedSchema },
        412: CONFLICTS,
        422: { description: 'The configuration would have errors; nothing was changed' },
        428: PRECONDITION,
      },
      async handle(request) {
        requireNumbers(request);
        const published = await drafts.publish(await requireRevision(drafts, request));
        return json({ ...published, not_settled: await settled() });
      },
    }),
  ];
}

/** @throws {Problem} 404, 412, 428 */
async function requireRevision(
  drafts: ConfigDrafts,
  request: Pick<Request<z.output<typeof params>>, 'headers' | 'params'>,
): Promise<Draft> {
  const precondition = preconditionOf(request);
  if (!('is' in precondition)) throw conflict('send the ETag of the draft in If-Match', {}, 'version_required');
  const draft = await drafts.get(request.params.id);
  if (precondition.is !== etagOfDraft(draft)) throw changedMeanwhile({ current: draft.revision });
  return draft;
}

function draftOf({ currentVersion }: ConfigDrafts, draft: Draft, status = 200): Answer {
  const shown = { ...presentInfo(draft), current_version: currentVersion, document: fromItems(draft.items) };
  return json(shown, status, { etag: etagOfDraft(draft) });
}

function presentInfo({ id, name, author, base, revision, createdAt, updatedAt }: DraftInfo) {
  const [created, updated] = [createdAt, updatedAt].map((at) => new Date(at).toISOString());
  const own = author === currentActor();
  return { id, name, author, own, base_version: base, revision, created_at: created, updated_at: updated };
}

function etagOfDraft({ revision }: DraftInfo): string {
  return `"${revision}"`;
}
