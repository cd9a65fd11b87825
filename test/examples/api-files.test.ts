import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { apiDocument } from '../../scripts/api/document.js';
import { BRUNO, generatedFiles, SURFACE } from '../../scripts/api/files.js';
import { contentOf, operationsOf } from '../../scripts/api/operations.js';
import { changesOf, readSurface, surfaceOf } from '../../scripts/api/surface.js';
import { requestsOf } from '../support/bruno.js';
import type { OpenApiDocument } from '../../src/http/openapi.js';

/** The files that are generated from the API's description are fresh, and each change of the API has an entry in its changelog. */

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string) => readFile(path.join(root, name), 'utf8');

let document: OpenApiDocument;
let files: Map<string, string>;
beforeAll(async () => {
  document = await apiDocument();
  files = await generatedFiles(document);
});

it('generated files are fresh', async () => {
  const stale: string[] = [];
  for (const [name, content] of files) if ((await read(name).catch(() => '')) !== content) stale.push(name);
  const names = await readdir(path.join(root, BRUNO), { recursive: true, withFileTypes: true });
  const present = names
    .filter((each) => each.isFile())
    .map((each) => path.relative(root, path.join(each.parentPath, each.name)));
  stale.push(...present.filter((name) => !files.has(name)));
  expect(stale, 'run `npm run api-files` and commit the files').toEqual([]);
});

it('PHP reads its client', async () => {
  const { stdout } = await promisify(execFile)('php', ['-l', path.join(root, 'examples/clients/php/Client.php')]);
  expect(stdout).toContain('No syntax errors');
});

describe('the Bruno collection', () => {
  const requests = () => requestsOf(new Map([...files].map(([name, text]) => [path.relative(BRUNO, name), text])));

  it('has the method, address and body of every operation', () => {
    const known = new Map(requests().map((request) => [request.meta.name, request]));
    for (const { operationId, method, path: template, requestBody } of operationsOf(document)) {
      const { http, body } = known.get(operationId) ?? expect.fail(`${operationId} has no request`);
      expect([operationId, http.method]).toEqual([operationId, method]);
      const written = template.replace(/\{\w+\}/g, '[^/]+');
      expect(http.url.replace(/\?.*/, '').replace('{{url}}', '')).toMatch(new RegExp(`^${written}$`));
      const content = contentOf(requestBody);
      if (content?.type === 'application/json')
        expect(JSON.parse(body?.json ?? ''), operationId).toEqual(content.example ?? {});
    }
  });

  it('has an order in which its requests can be sent: what one makes, the next ones use', () => {
    const names = requests().map(({ meta }) => meta.name);
    for (const [first, then] of [
      ['postSetupLink', 'postSetupAccount'],
      ['postSetupAccount', 'getAccounts'],
      ['postBridges', 'deleteBridge'],
      ['telfaMakeRecipe', 'telfaChangeRecipe'],
      ['gootaxNotify', 'gootaxConnect'],
    ] as const) {
      expect(names).toContain(first);
      expect(names.indexOf(first), `${first} is before ${then}`).toBeLessThan(names.indexOf(then));
    }
  });
});

it('every change since the last release has an entry in docs/api-changelog.md', async () => {
  const released = readSurface(await read(SURFACE));
  const [, unreleased = ''] = /^## Unreleased\n(.*?)^## /ms.exec(await read('docs/api-changelog.md')) ?? [];
  const lacking = changesOf(released, surfaceOf(document)).filter(({ name }) => !unreleased.includes(`\`${name}\``));
  const told = lacking.map(({ name, before, after }) =>
    before === undefined
      ? `\`${name}\` is new`
      : after === undefined
        ? `\`${name}\` is gone`
        : `\`${name}\` was ${before} and is ${after}`,
  );
  expect(told, 'add a line with the name in backquotes under "Unreleased" of docs/api-changelog.md').toEqual([]);
});

it('an added, changed or removed field is a change', () => {
  const changed = JSON.parse(JSON.stringify(document)) as OpenApiDocument;
  const { Prompt: prompt } = changed.components.schemas as Record<string, { properties: Record<string, unknown> }>;
  prompt!.properties['colour'] = { type: 'string' };
  delete changed.paths['/api/v1/prompts'];
  const names = changesOf(surfaceOf(document), surfaceOf(changed)).map(({ name }) => name);
  expect(names).toEqual(['GET /api/v1/prompts', 'POST /api/v1/prompts', 'Prompt']);
});
