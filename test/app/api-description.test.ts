import { beforeAll, expect, test } from 'vitest';
import { apiDocument, describedRoutes } from '../../scripts/api/document.js';
import { readApiExamples } from '../../src/app/api-description.js';
import { apiTags } from '../../src/app/api-tags.js';
import type { OpenApiDocument } from '../../src/http/openapi.js';
import { operationIdOf } from '../../src/http/operation-id.js';

/** The description of the API says everything about each route that a client needs. Its form is checked by scripts/lint-api.ts. */

let document: OpenApiDocument;
beforeAll(async () => {
  document = await apiDocument();
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  );

test('every path belongs to a tag', () => {
  const known = new Set<string>(apiTags.flatMap(({ paths }) => paths));
  const paths = Object.keys(document.paths).map((path) => path.replace('/api/v1/', '/').split(/[/.]/)[1] ?? '');
  const unknown = [...new Set(paths)].filter((part) => !known.has(part));
  expect(unknown, 'add these first parts of paths to a tag in src/app/api-tags.ts').toEqual([]);
});

test('every operation answers errors with problem documents, and says which', () => {
  expect(operations().length).toBeGreaterThan(150);
  for (const { name, operation } of operations()) {
    const statuses = Object.keys(operation.responses);
    expect(statuses, name).toEqual(expect.arrayContaining(['429', '503', 'default']));
    if (operation.security.length > 0) expect(statuses, name).toEqual(expect.arrayContaining(['401', '403']));
    if (operation.parameters.some((parameter) => parameter.in === 'path')) expect(statuses, name).toContain('404');
    if (operation.requestBody !== undefined) expect(statuses, name).toContain('422');
  }
});

test.each([
  ['GET', '/api/v1/calls', 'getCalls'],
  ['GET', '/api/v1/calls/:id', 'getCall'],
  ['POST', '/api/v1/calls/:id/hangup', 'postCallHangup'],
  ['GET', '/api/v1/notifications/batches/:id', 'getNotificationsBatch'],
  ['GET', '/api/v1/config/:section/:key', 'getConfigBySectionByKey'],
  ['GET', '/api/v1/calls.csv', 'getCallsCsv'],
] as const)('%s %s is called %s in clients', (method, path, id) => {
  expect(operationIdOf({ method, path })).toBe(id);
});

test('every GET route describes its response', () => {
  const read = describedRoutes().filter(({ method, kind }) => method === 'GET' && kind !== 'page');
  const undescribed = read.filter(
    ({ answers = {} }) =>
      !Object.values(answers).some(({ schema, type }) => schema !== undefined || type !== undefined),
  );
  expect(read.length).toBeGreaterThan(40);
  expect(undescribed.map(({ path }) => path)).toEqual([]);
});

test('every operation has an example', async () => {
  const examples = await readApiExamples();
  const missing = operations()
    .filter(({ operation }) => examples[operation.operationId] === undefined)
    .map(({ name, operation: { operationId, tags } }) => {
      const file = `examples/api/${tags[0]?.replaceAll(' ', '-')}.json`;
      return `${name}: add "${operationId}" to ${file}, with an example of its path, query and body`;
    });
  expect(missing, 'then test/asterisk/api-examples.test.ts records the response').toEqual([]);
});
