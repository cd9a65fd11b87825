import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, expect, test } from 'vitest';
import { apiDocument, describedGateway } from '../../scripts/api/document.js';
import { readApiExamples } from '../../src/app/api-description.js';
import { apiTags } from '../../src/app/api-tags.js';
import type { OpenApiDocument } from '../../src/http/openapi.js';
import { builtIn } from '../../src/integrations/gootax/built-in.js';
import { runtelRoutes } from '../../src/integrations/runtel/routes.js';
import { rowNames } from '../../src/integrations/telfa/control/endpoint-names.js';
import { rows } from '../../src/integrations/telfa/control/endpoints/index.js';
import { callEventNames, resourceEventNames } from '../../src/telephony/domain-events.js';
import { operationIdOf } from '../../src/http/operation-id.js';

/** The description of the API says everything about each route that a client needs. Its form is checked by scripts/lint-api.ts. */

let document: OpenApiDocument;
beforeAll(async () => {
  document = await apiDocument();
});

/** Requests of integrations, which are found by the company's own paths; Telfa's errors are no problem documents. */
const CONTRACTS = ['telfa', 'gootax', 'runtel'];
const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  );

test('every path belongs to a tag', () => {
  const known = new Set<string>(apiTags.flatMap(({ paths }) => paths));
  const own = operations().filter(({ operation: { tags } }) => !CONTRACTS.includes(tags[0] ?? ''));
  const paths = own
    .map(({ name }) => name.split(' ')[1] ?? '')
    .map((path) => path.replace('/api/v1/', '/').split(/[/.]/)[1] ?? '');
  const unknown = [...new Set(paths)].filter((part) => !known.has(part));
  expect(unknown, 'add these first parts of paths to a tag in src/app/api-tags.ts').toEqual([]);
});

test('every operation answers errors with problem documents, and says which', () => {
  const withProblems = operations().filter(({ operation }) => !operation.tags.includes('telfa'));
  expect(withProblems.length).toBeGreaterThan(150);
  for (const { name, operation } of withProblems) {
    for (const [status, response] of Object.entries(operation.responses))
      if (status.startsWith('4')) expect(JSON.stringify(response), name).toMatch(/problem\+json|components\/responses/);
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

test('every route that is no page is described, and nothing else', () => {
  const served = describedGateway()
    .routes.filter(({ kind }) => kind !== 'page')
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  const described = operations()
    .filter(({ operation: { tags } }) => !CONTRACTS.includes(tags[0] ?? ''))
    .map(({ name }) => name);
  expect(described.sort()).toEqual(served.sort());
});

test('every request that an integration answers is described, and nothing else', () => {
  const described = (tag: string) =>
    operations()
      .filter(({ operation }) => operation.tags.includes(tag))
      .map(({ name }) => name.replace(/\{(\w+)\}/g, ':$1'))
      .sort();
  expect(described('telfa')).toEqual(rows.map(({ method, path }) => `${method} ${path}.json`).sort());
  expect(rows.map(({ name }) => name).sort()).toEqual([...rowNames].sort());
  expect(described('gootax')).toEqual(Object.keys(builtIn.paths).sort());
  const runtel = runtelRoutes({} as Parameters<typeof runtelRoutes>[0]);
  expect(described('runtel')).toEqual(
    Object.values(runtel)
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  );
});

test('every event and request that the gateway sends is described, with an example that fits', () => {
  const questions = ['hand_over', 'customer_lookup', 'order_lookup'];
  expect(Object.keys(document.webhooks).sort()).toEqual(
    [...callEventNames, ...resourceEventNames, 'test', ...questions].sort(),
  );
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ ...document, $id: 'openapi.json' });
  for (const [name, { post }] of Object.entries(document.webhooks)) {
    const { requestBody } = post as { requestBody: { content: Record<string, { example: unknown }> } };
    const place = `openapi.json#/webhooks/${name}/post/requestBody/content/application~1json/schema`;
    const { example } = requestBody.content['application/json'] ?? {};
    expect(example, name).toBeDefined();
    expect(ajv.validate(place, example), `${name}: ${ajv.errorsText()}`).toBe(true);
  }
});

test('every GET route describes its response', () => {
  const read = describedGateway().routes.filter(({ method, kind }) => method === 'GET' && kind !== 'page');
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
