import { readdir, readFile } from 'node:fs/promises';
import { ApiDescription } from '../http/openapi.js';
import type { OperationExamples } from '../http/openapi-examples.js';
import type { DescribedRoute } from '../http/described-route.js';
import type { Route } from '../http/route.js';
import { version } from '../lib/version.js';
import { apiTags } from './api-tags.js';
import { describeWebhooks } from './api-webhooks.js';

/** Both from src/app and from dist/app. */
const EXAMPLES = new URL('../../examples/api/', import.meta.url);

/**
 * The description of these routes, with tags, examples and webhooks.
 *
 * @param contracts requests of integrations
 */
export function describeApi(routes: readonly Route[], contracts: readonly DescribedRoute[]): ApiDescription {
  return new ApiDescription(routes, {
    version,
    tags: apiTags,
    examples: readApiExamples,
    webhooks: describeWebhooks,
    contracts,
  });
}

/** The examples in examples/api, a file for each tag. An installation without that folder has a description without examples. */
export async function readApiExamples(): Promise<OperationExamples> {
  const names = await readdir(EXAMPLES).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json')).sort();
  const read = files.map(
    async (name) => JSON.parse(await readFile(new URL(name, EXAMPLES), 'utf8')) as OperationExamples,
  );
  return Object.assign({}, ...(await Promise.all(read))) as OperationExamples;
}
