import { z } from 'zod';
import { json, type Answer } from '../http/answer.js';
import { etagOf, ifMatchHeader, preconditionHeaders, preconditionOf } from '../http/etag.js';
import { conflict, notFound, Problem, scopeMissing } from '../http/problem.js';
import { problemDocument } from '../http/problem-schema.js';
import { route, type Request, type Route } from '../http/route.js';
import { responseInstant } from '../http/instant.js';
import { compact } from '../lib/compact.js';
import { changedMeanwhile, presentVersions, type ConfigEditor, type Published } from './config-editor.js';
import { maskedDocument } from './document/document.js';
import { problemSchema } from './problem.js';
import type { CompanyStore } from './store/company-store.js';
import type { ConfigItem } from './store/config-store.js';
import { diffItems, type Change } from './store/diff.js';
import { fromItems, SECTIONS } from './store/items.js';
import type { ConfigVersion, ConfigVersions } from './store/versions.js';

const VERSIONS_ON_PAGE = 50;

const section = z
  .enum(SECTIONS)
  .describe('`settings` has one item, `company`: everything outside of the other sections');
const itemParams = z.object({
  section,
  key: z
    .string()
    .min(1)
    .max(200)
    .describe('Number of a line, id of a prompt, queue or person, name of anything else')
    .meta({ examples: ['+420222333444', '12', 'sales'] }),
});
const itemBody = z.unknown().describe('The item as it is in the document');
export const versionInfo = z.object({
  version: z.number().int(),
  at: responseInstant,
  author: z.string().nullable().describe('`@login` of a person, or the name of a token; null for the gateway itself'),
});
export const changeSchema = z
  .object({
    section,
    key: z.string(),
    change: z.enum(['added', 'changed', 'removed']),
    before: itemBody.optional(),
    after: itemBody.optional(),
  })
  .meta({ id: 'ConfigChange' });
export const publishedSchema = z
  .object({
    version: z.number().int(),
    changes: z.array(changeSchema),
    warnings: z.array(problemSchema),
    not_settled: z.array(z.string()).describe('What Asterisk does not have yet'),
  })
  .meta({ id: 'PublishedConfig' });
const itemAnswer = z.object({ section, key: z.string(), etag: z.string(), body: itemBody });
const CHANGED_MEANWHILE = {
  description: 'Somebody else has changed the item (`changed_meanwhile`): the item as it is, and who changed it when',
  type: 'application/problem+json',
  schema: problemDocument.extend({
    code: z.literal('changed_meanwhile'),
    section,
    key: z.string(),
    current: itemBody.describe('null when it was removed'),
    etag: z.string().nullable(),
    changed_by: z.array(versionInfo).describe('Newest first'),
  }),
};
const PRECONDITION = { description: 'Neither If-Match nor If-None-Match was sent (`precondition_required`)' };

interface ItemRoutesOptions {
  editor: ConfigEditor;
  versions: ConfigVersions;
  companies: Pick<CompanyStore, 'version'>;
  /** Waits until Asterisk has the configuration; resolves with the remaining differences as text. */
  settled: () => Promise<string[]>;
}

/** `/api/v1/config/versions` and `/api/v1/config/{section}/{key}`. */
export function itemRoutes({ editor, versions, companies, settled }: ItemRoutesOptions): Route[] {
  return [
    ...versionRoutes({ editor, versions, companies, settled }),
    route({
      method: 'GET',
      path: '/api/v1/config/:section',
      scope: 'config:read',
      summary: 'The items of a section, in their order; people’s numbers are masked without the scope numbers:read',
      params: z.object({ section }),
      answers: { 200: { description: 'The items', schema: z.object({ items: z.array(itemAnswer) }) } },
      async handle({ params, can }) {
        const items = await editor.list(params.section);
        return json({ items: shownItems(items, can('numbers:read')) });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/config/:section/:key',
      scope: 'config:read',
      summary: 'One item, with its ETag; people’s numbers are masked without the scope numbers:read',
      params: itemParams,
      answers: { 200: { description: 'The item', schema: itemAnswer } },
      async handle({ params, can }) {
        const body = await editor.get(params);
        const [item] = shownItems([{ ...params, body }], can('numbers:read'));
        return json(item, 200, { etag: item?.etag ?? '' });
      },
    }),
    route({
      method: 'PUT',
      path: '/api/v1/config/:section/:key',
      scope: 'config:write',
      summary: 'Stores an item: with If-Match what it was when you read it, or with If-None-Match: * a new one',
      params: itemParams,
      query: z.strictObject({
        position: z.coerce
          .number()
          .int()
          .min(0)
          .optional()
          .describe('In the section, from 0; default: where it is, or last'),
      }),
      body: itemBody,
      headers: preconditionHeaders,
      answers: {
        200: { description: 'Published', schema: publishedSchema.extend({ etag: z.string() }) },
        412: CHANGED_MEANWHILE,
        422: { description: 'The configuration would have errors; nothing was changed' },
        428: PRECONDITION,
      },
      async handle(request) {
        const { params, query, body } = request;
        const precondition = preconditionOf(request);
        const wanted = { body: body ?? null, position: query.position, precondition };
        const published = await editor.change(params, wanted).catch(masksCurrent(request));
        const [item] = shownItems([{ ...params, body: await editor.get(params) }], request.can('numbers:read'));
        const etag = item?.etag ?? '';
        return json({ ...shownPublished(published, request), etag, not_settled: await settled() }, 200, { etag });
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/config/:section/:key',
      scope: 'config:write',
      summary: 'Removes an item; with If-Match what it was when you read it',
      params: itemParams,
      headers: ifMatchHeader,
      answers: {
        200: { description: 'Published', schema: publishedSchema },
        412: CHANGED_MEANWHILE,
        422: { description: 'Something else refers to the item; nothing was changed' },
        428: PRECONDITION,
      },
      async handle(request) {
        const precondition = preconditionOf(request);
        await editor.get(request.params);
        const wanted = { body: undefined, precondition };
        const published = await editor.change(request.params, wanted).catch(masksCurrent(request));
        return json({ ...shownPublished(published, request), not_settled: await settled() });
      },
    }),
  ];
}

function versionRoutes({ editor, versions, companies, settled }: ItemRoutesOptions): Route[] {
  const params = z.object({ version: z.coerce.number().int().min(1) });
  const find = async (version: number): Promise<ConfigVersion> => {
    const found = await versions.get(version);
    if (found === undefined) throw notFound('there is no such version, or it was removed');
    return found;
  };
  return [
    route({
      method: 'GET',
      path: '/api/v1/config/versions',
      scope: 'config:read',
      summary: 'Published versions of the configuration, newest first; the last 200 are kept',
      query: z.strictObject({
        before: z.coerce.number().int().optional().describe('`next` of the previous page'),
        limit: z.coerce.number().int().min(1).max(200).default(VERSIONS_ON_PAGE),
      }),
      answers: {
        200: {
          description: 'A page; `next` is null on the last',
          schema: z.object({ versions: z.array(versionInfo), current: z.number().int(), next: z.number().nullable() }),
        },
      },
      async handle({ query: { before, limit } }) {
        const found = await versions.list({ before, limit });
        const next = found.length === limit ? (found.at(-1)?.version ?? null) : null;
        return json({ versions: presentVersions(found), current: companies.version, next });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/config/versions/:version',
      scope: 'config:read',
      summary: 'A published version and what it changed. The scope numbers:read is needed as well',
      params,
      answers: {
        200: {
          description: 'The document, and the changes from the version before',
          schema: versionInfo.extend({ document: z.record(z.string(), z.unknown()), changes: z.array(changeSchema) }),
        },
      },
      async handle(request) {
        requireNumbers(request);
        const found = await find(request.params.version);
        const former = await versions.before(found.version);
        const changes: Change[] = diffItems(former?.items ?? [], found.items);
        return json({ ...presentVersions([found])[0], document: fromItems(found.items), changes });
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/config/versions/:version/restore',
      scope: 'config:write',
      summary: 'Publishes an older version again. With If-Match: the number of the current version, in quotes',
      params,
      headers: ifMatchHeader,
      answers: {
        200: { description: 'Published as a new version', schema: publishedSchema },
        412: { description: 'Another version is current (`changed_meanwhile`)' },
        422: { description: 'The version would have errors now; nothing was changed' },
        428: PRECONDITION,
      },
      async handle(request): Promise<Answer> {
        const { items } = await find(request.params.version);
        const current = requireVersion(request, companies.version);
        const published = await editor.apply(items, current, {
          action: 'configuration_restored',
          detail: { restored: request.params.version },
        });
        if (published === undefined) throw versionChanged(companies.version);
        return json({ ...shownPublished(published, request), not_settled: await settled() });
      },
    }),
  ];
}

/** @throws {Problem} 412, 428 */
export function requireVersion(request: Pick<Request, 'headers'>, current: number): number {
  const precondition = preconditionOf(request);
  if (!('is' in precondition)) throw conflict('send the version in If-Match', {}, 'version_required');
  if (precondition.is !== `"${current}"`) throw versionChanged(current);
  return current;
}

function versionChanged(current: number) {
  return changedMeanwhile({ current });
}

/** @throws {Problem} 403: whole documents and differences are not masked */
export function requireNumbers({ can }: Pick<Request, 'can'>): void {
  if (!can('numbers:read')) throw scopeMissing('numbers:read');
}

/** The tag is that of the shown item, because a hash of the whole would reveal masked numbers. */
function shownItems(items: readonly ConfigItem[], seesNumbers: boolean) {
  return items.map(({ section: within, key, body }) => {
    const shown = seesNumbers ? body : maskedBody(within, body);
    return { section: within, key, etag: etagOf(shown), body: shown };
  });
}

/** What a change has published; people's numbers are masked without the scope `numbers:read`. */
function shownPublished(published: Published, { can }: Pick<Request, 'can'>): Published {
  if (can('numbers:read')) return published;
  const masked = (within: string, body: unknown) => (body === undefined ? undefined : maskedBody(within, body));
  const changes = published.changes.map(({ before, after, ...change }) =>
    compact({ ...change, before: masked(change.section, before), after: masked(change.section, after) }),
  );
  return { ...published, changes };
}

/** Masks the item that a refused change found. */
function masksCurrent({ can }: Pick<Request, 'can'>): (error: unknown) => never {
  return (error) => {
    const extra = error instanceof Problem ? error.more.extra : undefined;
    if (can('numbers:read') || typeof extra?.['section'] !== 'string' || extra['current'] === null) throw error;
    const current = maskedBody(extra['section'], extra['current']);
    throw changedMeanwhile({ ...extra, current, etag: etagOf(current) });
  };
}

/** Masks an item as the document that it belongs to. */
function maskedBody(within: string, body: unknown): unknown {
  if (within === 'settings') return maskedDocument(body);
  return maskedDocument({ [within]: [body] })[within]?.[0];
}
