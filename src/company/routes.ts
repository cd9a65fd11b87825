import { z } from 'zod';
import type { RecordAction } from '../storage/audit-log.js';
import { json, text } from '../http/answer.js';
import { ifMatchHeader } from '../http/etag.js';
import { readText } from '../http/body.js';
import { route, type Route } from '../http/route.js';
import { changedMeanwhile } from './config-editor.js';
import { requireVersion } from './item-routes.js';
import { CompanyRefused, type CompanyStore } from './store/company-store.js';
import { VersionChanged } from './store/config-store.js';
import { formatCompany } from './document/document.js';
import type { DocumentChecks } from './document-check-queue.js';
import { MAX_BYTES } from './document/limits.js';
import { problemSchema } from './problem.js';
import { configurationRefused } from './refused-configuration.js';
import { showChange } from './store/diff.js';

interface ConfigRouteOptions {
  companies: CompanyStore;
  documents: Pick<DocumentChecks<unknown>, 'read' | 'lint'>;
  /** Waits until Asterisk has the configuration; resolves with the remaining differences as text. */
  settled?: () => Promise<string[]>;
  record: RecordAction;
}

const YAML = {
  types: ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/plain', 'application/json'],
  maxBytes: MAX_BYTES,
};
/** A document sent without permission to apply it. */
const MAX_READER_BYTES = 262_144;

const appliedAnswer = z.object({
  applied: z.boolean(),
  changes: z.array(z.object({ section: z.string(), key: z.string(), change: z.string(), text: z.string() })),
  warnings: z.array(problemSchema),
  not_settled: z.array(z.string()),
});

/** `/api/v1/config`: exports, applies and checks the company's configuration. */
export function configRoutes({
  companies,
  documents,
  settled = () => Promise.resolve([]),
  record,
}: ConfigRouteOptions): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/config',
      scope: 'config:read',
      summary:
        'The whole configuration, as YAML; its ETag is the version. People’s numbers are masked without the scope numbers:read',
      answers: { 200: { description: 'What `cordboard export` writes', type: 'application/yaml' } },
      handle: async ({ can }) => {
        await record({ action: 'configuration_exported', detail: { numbers: can('numbers:read') } });
        const etag = `"${companies.version}"`;
        const answer = text(formatCompany(companies.company, can('numbers:read')), 'application/yaml; charset=utf-8');
        return { ...answer, headers: { ...answer.headers, etag } };
      },
    }),
    route({
      method: 'PUT',
      path: '/api/v1/config',
      scope: 'config:write',
      summary:
        'Makes the configuration what the document says: all of it, or nothing. With If-Match only if its version is that of the ETag',
      query: z.strictObject({ dry_run: z.enum(['true', 'false']).default('false') }),
      upload: YAML,
      headers: ifMatchHeader,
      answers: {
        200: { description: 'What changed', schema: appliedAnswer },
        412: { description: 'Another version is current (`changed_meanwhile`)' },
        422: { description: 'The document has errors; nothing was changed' },
      },
      handle: async ({ stream, query, headers }) => {
        const dryRun = query.dry_run === 'true';
        const ifVersion =
          headers['if-match'] === undefined ? undefined : requireVersion({ headers }, companies.version);
        const document = await documents.read(await readText(stream, MAX_BYTES));
        if (!document.ok) throw configurationRefused(document.problems);
        const { changes, warnings } = await companies.apply(document, { dryRun, ifVersion }).catch(refuse);
        const shown = changes.map(({ section, key, change }) => ({
          section,
          key,
          change,
          text: showChange({ section, key, change }),
        }));
        return json({ applied: !dryRun, changes: shown, warnings, not_settled: dryRun ? [] : await settled() });
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/config/lint',
      scope: 'config:read',
      summary: 'What is wrong with a configuration, each with its place and what to do about it',
      upload: YAML,
      answers: {
        200: { description: 'Problems, none if all is well', schema: z.object({ problems: z.array(problemSchema) }) },
      },
      handle: async ({ stream, can }) => {
        const source = await readText(stream, can('config:write') ? MAX_BYTES : MAX_READER_BYTES);
        const linted = await documents.lint(source);
        return json({ problems: linted.ok ? await companies.withMissingAudio(linted.checked) : linted.problems });
      },
    }),
  ];
}

function refuse(error: unknown): never {
  if (error instanceof VersionChanged) throw changedMeanwhile({ current: error.version });
  throw error instanceof CompanyRefused ? configurationRefused(error.problems) : error;
}
