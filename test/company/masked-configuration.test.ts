import { afterEach, beforeEach, expect, test } from 'vitest';
import { BOSS, ConfigHarness, READER, WRITER } from './config-harness.js';

const MOBILE = '+420777888999';

let harness: ConfigHarness;
beforeEach(async () => {
  harness = await ConfigHarness.open();
  await change({ mobile: MOBILE });
});
afterEach(() => harness.close());

const PATH = '/operators/99';
const person = (more: object) => ({ id: 99, login: 'zoe@shop.example', name: 'Zoe', ...more });

async function change(more: object) {
  const { etag, status } = await harness.api('GET', PATH);
  const headers: Record<string, string> = status === 404 ? { 'if-none-match': '*' } : { 'if-match': etag };
  expect(await harness.api('PUT', PATH, { body: person(more), headers })).toMatchObject({ status: 200 });
}

test.each<[string, string, string, unknown?]>([
  ['is begun', 'POST', '/drafts', {}],
  ['is changed', 'PATCH', '/drafts/ID', { changes: [] }],
  ['is linted', 'POST', '/drafts/ID/lint'],
  ['is published', 'POST', '/drafts/ID/publish'],
  ['is simulated', 'POST', '/../simulate', { draft: 'ID', line: '+420222333444', stub: [] }],
])('a draft %s only by somebody who sees numbers', async (_what, method, path, body) => {
  const { body: draft } = await harness.api('POST', '/drafts', { body: {}, as: BOSS });
  const id = String(draft['id']);
  const request = {
    body: body === undefined ? undefined : (JSON.parse(JSON.stringify(body).replace('ID', id)) as object),
    headers: { 'if-match': '"1"' },
  };
  for (const as of [WRITER, ...(path.endsWith('/lint') ? [READER] : [])]) {
    const answer = await harness.api(method, path.replace('ID', id), { ...request, as });
    expect(answer).toMatchObject({ status: 403, body: { params: { scope: 'numbers:read' } } });
    expect(JSON.stringify(answer)).not.toContain(MOBILE);
  }
});

test('a refused change and a published one show numbers only to somebody who sees them', async () => {
  const { etag } = await harness.api('GET', PATH, { as: WRITER });
  const refused = await harness.api('PUT', PATH, { body: person({}), headers: { 'if-match': etag }, as: WRITER });
  expect(refused).toMatchObject({ status: 412, body: { current: { login: 'zoe@shop.example' } } });
  expect(JSON.stringify(refused)).not.toContain(MOBILE);
  const headers = { 'if-match': '*' };
  const published = await harness.api('PUT', PATH, { body: person({ name: 'Zoe II' }), headers, as: WRITER });
  expect(published).toMatchObject({ status: 200, body: { changes: [{ before: { name: 'Zoe' } }] } });
  expect(JSON.stringify(published)).not.toContain(MOBILE);
  await change({ mobile: MOBILE });
  const removed = await harness.api('DELETE', PATH, { headers, as: WRITER });
  expect(removed).toMatchObject({ status: 200, body: { changes: [{ change: 'removed' }] } });
  expect(JSON.stringify(removed)).not.toContain(MOBILE);
  const restored = await harness.api('POST', '/versions/2/restore', { headers: { 'if-match': '"5"' }, as: WRITER });
  expect(restored).toMatchObject({ status: 200, body: { changes: [{ change: 'added' }] } });
  expect(JSON.stringify(restored)).not.toContain(MOBILE);
});

test('a draft cannot grow beyond what a configuration can be', async () => {
  const { body: draft } = await harness.api('POST', '/drafts', { body: {}, as: BOSS });
  const grow = (key: string, revision: number) =>
    harness.api('PATCH', `/drafts/${String(draft['id'])}`, {
      body: { changes: [{ section: 'parts', key, body: [{ set: 'x'.repeat(600_000) }] }] },
      headers: { 'if-match': `"${revision}"` },
      as: BOSS,
    });
  expect(await grow('one', 1)).toMatchObject({ status: 200 });
  expect(await grow('two', 2)).toMatchObject({ status: 413, body: { code: 'too_large' } });
  expect((await harness.api('GET', `/drafts/${String(draft['id'])}`)).body).toMatchObject({ revision: 2 });
});
