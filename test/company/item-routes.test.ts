import { afterEach, beforeEach, expect, test } from 'vitest';
import { isDeepStrictEqual } from 'node:util';
import { formatCompany } from '../../src/company/document/document.js';
import { BOSS, ConfigHarness, READER } from './config-harness.js';

let harness: ConfigHarness;
beforeEach(async () => {
  harness = await ConfigHarness.open();
});
afterEach(() => harness.close());

const someHandset = () => harness.companies.company.handsets[0]?.name ?? '';
const handsetPath = () => `/handsets/${someHandset()}`;

test('an item is read and changed; the whole document stays what an export writes', async () => {
  const { status, etag, body } = await harness.api('GET', handsetPath());
  expect([status, body['etag']]).toEqual([200, etag]);
  const changed = { ...(body['body'] as object), display_name: 'Front desk' };
  const put = await harness.api('PUT', handsetPath(), { body: changed, headers: { 'if-match': etag } });
  expect(put).toMatchObject({
    status: 200,
    body: { version: 2, changes: [{ section: 'handsets', key: someHandset(), change: 'changed', after: changed }] },
  });
  expect((await harness.api('GET', handsetPath())).etag).toBe(put.etag);
  const exported = await harness.api('GET', '');
  expect(exported.body['text']).toBe(formatCompany(harness.companies.company, true));
  expect(exported.body['text']).toContain('Front desk');
  expect(exported.etag).toBe('"2"');
});

test('of two authors who change the same item, the second is told what the first did', async () => {
  const { etag, body } = await harness.api('GET', handsetPath());
  const item = body['body'] as object;
  const first = { ...item, display_name: 'of the boss' };
  await harness.api('PUT', handsetPath(), { body: first, headers: { 'if-match': etag }, as: BOSS });
  const second = await harness.api('PUT', handsetPath(), {
    body: { ...item, display_name: 'of the admin' },
    headers: { 'if-match': etag },
  });
  expect(second).toMatchObject({
    status: 412,
    body: { code: 'changed_meanwhile', current: first, changed_by: [{ version: 2, author: 'boss' }] },
  });
  expect((await harness.api('GET', handsetPath())).body['body']).toEqual(first);
  const again = {
    body: { ...item, display_name: 'of the admin' },
    headers: { 'if-match': String(second.body['etag']) },
  };
  expect(await harness.api('PUT', handsetPath(), again)).toMatchObject({ status: 200 });
});

test('two authors who change different items at the same time both succeed', async () => {
  const one = await harness.api('GET', handsetPath());
  const all = (await harness.api('GET', '/prompts')).body['items'] as { key: string; etag: string; body: object }[];
  const [prompt] = all;
  const answers = await Promise.all([
    harness.api('PUT', handsetPath(), {
      body: { ...(one.body['body'] as object), display_name: 'A' },
      headers: { 'if-match': one.etag },
    }),
    harness.api('PUT', `/prompts/${prompt?.key}`, {
      body: { ...prompt?.body, name: 'a new name' },
      headers: { 'if-match': prompt?.etag ?? '' },
    }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(harness.companies.version).toBe(3);
  expect(harness.companies.company.handsets[0]?.display_name).toBe('A');
  expect(harness.companies.company.prompts[0]?.name).toBe('a new name');
});

test('nothing is written without a precondition', async () => {
  const { body } = await harness.api('GET', handsetPath());
  expect(await harness.api('PUT', handsetPath(), { body: body['body'] })).toMatchObject({
    status: 428,
    body: { code: 'precondition_required' },
  });
  expect(await harness.api('DELETE', handsetPath())).toMatchObject({ status: 428 });
  expect(harness.companies.version).toBe(1);
});

test('an item is added once, at its place, and removed', async () => {
  const body = { name: 'attic' };
  const headers = { 'if-none-match': '*' };
  expect(await harness.api('PUT', '/handsets/attic?position=0', { body, headers })).toMatchObject({ status: 200 });
  expect(harness.companies.company.handsets[0]?.name).toBe('attic');
  const twice = await harness.api('PUT', '/handsets/attic', { body, headers });
  expect(twice).toMatchObject({ status: 412, body: { current: body, changed_by: [{ version: 2, author: 'admin' }] } });
  const removed = await harness.api('DELETE', '/handsets/attic', {
    headers: { 'if-match': String(twice.body['etag']) },
  });
  expect(removed).toMatchObject({ status: 200, body: { changes: [{ change: 'removed', key: 'attic' }] } });
  expect(await harness.api('GET', '/handsets/attic')).toMatchObject({ status: 404 });
  expect(await harness.api('DELETE', '/handsets/attic', { headers: { 'if-match': '*' } })).toMatchObject({
    status: 404,
  });
});

test('an item that others refer to is not removed, and a faulty one is not stored: each problem has its place', async () => {
  const [line] = harness.companies.company.lines;
  const path = `/lines/${encodeURIComponent(line?.number ?? '')}`;
  const { etag, body } = await harness.api('GET', path);
  const faulty = { ...(body['body'] as object), plan: [{ play: 987_654 }] };
  const refused = await harness.api('PUT', path, { body: faulty, headers: { 'if-match': etag } });
  expect(refused).toMatchObject({ status: 422, body: { code: 'configuration_refused' } });
  expect(JSON.stringify(refused.body['errors'])).toContain('body.plan.0.play');
  const used = harness.companies.company.prompts.map(({ id }) => id);
  const removals = await Promise.all(
    used.map((id) => harness.api('DELETE', `/prompts/${id}`, { headers: { 'if-match': '*' } })),
  );
  expect(removals.map(({ status }) => status)).toContain(422);
});

test('the key in the address is the key of the item; the settings cannot be removed; sections are known', async () => {
  const answer = await harness.api('PUT', '/handsets/attic', {
    body: { name: 'cellar' },
    headers: { 'if-none-match': '*' },
  });
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'body.name', code: 'key_differs' }] } });
  expect(await harness.api('DELETE', '/settings/company', { headers: { 'if-match': '*' } })).toMatchObject({
    status: 409,
  });
  expect(await harness.api('GET', '/secrets')).toMatchObject({ status: 404 });
});

test('readers change nothing and see no numbers of people', async () => {
  await harness.companies.update((company) => ({
    ...company,
    operators: company.operators.map((one) => ({ ...one, mobile: '+420777888999' })),
  }));
  const key = String(harness.companies.company.operators[0]?.id);
  const item = await harness.api('GET', `/operators/${key}`, { as: READER });
  expect(item.status).toBe(200);
  expect(JSON.stringify(item.body)).not.toContain('777888');
  expect(JSON.stringify((await harness.api('GET', '/operators', { as: READER })).body)).not.toContain('777888');
  expect(JSON.stringify((await harness.api('GET', `/operators/${key}`)).body)).toContain('777888');
  expect(await harness.api('GET', '/versions/2', { as: READER })).toMatchObject({ status: 403 });
  expect(await harness.api('PUT', handsetPath(), { body: {}, as: READER })).toMatchObject({ status: 403 });
  expect(await harness.api('POST', '/versions/1/restore', { as: READER })).toMatchObject({ status: 403 });
});

test('versions have their author, time and changes; an older one is published again by one call', async () => {
  const before = structuredClone(harness.companies.company);
  const { etag, body } = await harness.api('GET', handsetPath());
  const changed = { ...(body['body'] as object), display_name: 'Front desk' };
  await harness.api('PUT', handsetPath(), { body: changed, headers: { 'if-match': etag }, as: BOSS });
  expect((await harness.api('GET', '/versions')).body).toMatchObject({
    current: 2,
    next: null,
    versions: [
      { version: 2, author: 'boss', at: expect.stringMatching(/^\d{4}-.*Z$/) as unknown },
      { version: 1, author: null },
    ],
  });
  expect((await harness.api('GET', '/versions?limit=1')).body).toMatchObject({ next: 2 });
  expect((await harness.api('GET', '/versions/2')).body).toMatchObject({
    changes: [{ section: 'handsets', change: 'changed', before: body['body'], after: changed }],
  });
  expect(await harness.api('POST', '/versions/1/restore', { headers: { 'if-match': '"1"' } })).toMatchObject({
    status: 412,
    body: { code: 'changed_meanwhile', current: 2 },
  });
  expect(await harness.api('POST', '/versions/1/restore')).toMatchObject({ status: 428 });
  const restored = await harness.api('POST', '/versions/1/restore', { headers: { 'if-match': '"2"' } });
  expect(restored).toMatchObject({ status: 200, body: { version: 3 } });
  expect(isDeepStrictEqual(harness.companies.company, before)).toBe(true);
  const entries = await harness.db.selectFrom('audit').select(['action', 'subject']).orderBy('id').execute();
  expect(entries.slice(-2)).toEqual([
    { action: 'configuration_published', subject: 'version 2' },
    { action: 'configuration_restored', subject: 'version 3' },
  ]);
  expect(await harness.api('POST', '/versions/99/restore', { headers: { 'if-match': '"3"' } })).toMatchObject({
    status: 404,
  });
});

test('a whole document is applied to the version that it was made from', async () => {
  const { body, etag } = await harness.api('GET', '');
  const put = (match: string) =>
    fetch(`${harness.http.url}/api/v1/config`, {
      method: 'PUT',
      headers: { ...BOSS, 'content-type': 'application/yaml', 'if-match': match },
      body: String(body['text']),
    });
  expect((await put('"7"')).status).toBe(412);
  expect((await put(etag)).status).toBe(200);
});

test('old versions are removed', async () => {
  for (let index = 0; index < 205; index += 1)
    await harness.companies.update((company) => ({ ...company, pause_reasons: [`reason ${index}`] }));
  const versions = await harness.versions.list({ limit: 500 });
  expect(versions).toHaveLength(200);
  expect(versions[0]?.version).toBe(206);
});

test('an error is named by its field of the item, with a code; one of another item by its place in the document', async () => {
  const queue = { id: 77, name: 'Night', handsets: ['nobody'], max_wait: 'soon' };
  const put = (body: unknown) => harness.api('PUT', '/queues/77', { body, headers: { 'if-none-match': '*' } });
  expect((await put(queue)).body['errors']).toMatchObject([{ field: 'body.max_wait' }]);
  expect((await put({ ...queue, max_wait: '10s' })).body['errors']).toMatchObject([
    { field: 'body.handsets.0', code: 'unknown_handset', params: { value: 'nobody' } },
  ]);
  expect((await put({ id: 77, handsets: [] })).body['errors']).toMatchObject([{ field: 'body.name', code: 'missing' }]);
  const { etag } = await harness.api('GET', handsetPath());
  const removal = await harness.api('DELETE', handsetPath(), { headers: { 'if-match': etag } });
  const fields = (removal.body['errors'] as { field: string }[]).map(({ field }) => field);
  expect(fields.length).toBeGreaterThan(0);
  expect(fields.every((field) => !field.startsWith('body'))).toBe(true);
  const settings = await harness.api('GET', '/settings/company');
  const change = await harness.api('PUT', '/settings/company', {
    body: { ...(settings.body['body'] as object), country: 'ZZ' },
    headers: { 'if-match': settings.etag },
  });
  expect(change.body['errors']).toMatchObject([{ field: 'body.country', code: 'not_a_country' }]);
});
