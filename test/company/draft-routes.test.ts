import { afterEach, beforeEach, expect, test } from 'vitest';
import { BOSS, ConfigHarness, READER } from './config-harness.js';

let harness: ConfigHarness;
beforeEach(async () => {
  harness = await ConfigHarness.open();
});
afterEach(() => harness.close());

const handset = () => harness.companies.company.handsets[0]?.name ?? '';

async function newDraft(body: object = {}) {
  const created = await harness.api('POST', '/drafts', { body, as: BOSS });
  expect(created).toMatchObject({ status: 201, etag: '"1"' });
  return { path: `/drafts/${String(created.body['id'])}`, draft: created.body };
}

const rename = (name: string) => ({
  changes: [{ section: 'handsets', key: handset(), body: { name: handset(), display_name: name } }],
});

test('a draft is made, changed, compared, published and gone; the configuration changes only then', async () => {
  const { path, draft } = await newDraft({ name: 'Christmas' });
  expect(draft).toMatchObject({ name: 'Christmas', author: 'boss', base_version: 1, revision: 1 });
  const patched = await harness.api('PATCH', path, { body: rename('Front desk'), headers: { 'if-match': '"1"' } });
  expect(patched).toMatchObject({ status: 200, etag: '"2"', body: { revision: 2 } });
  expect(harness.companies.version).toBe(1);
  expect((await harness.api('GET', `${path}/diff`)).body).toMatchObject({
    conflicts: [],
    changes: [{ section: 'handsets', key: handset(), change: 'changed', after: { display_name: 'Front desk' } }],
  });
  expect((await harness.api('POST', `${path}/lint`)).body['problems']).not.toContainEqual(
    expect.objectContaining({ severity: 'error' }),
  );
  const published = await harness.api('POST', `${path}/publish`, { headers: { 'if-match': '"2"' }, as: BOSS });
  expect(published).toMatchObject({ status: 200, body: { version: 2 } });
  expect(harness.companies.company.handsets[0]?.display_name).toBe('Front desk');
  expect(await harness.api('GET', path)).toMatchObject({ status: 404 });
  expect((await harness.api('GET', '/versions')).body['versions']).toMatchObject([{ author: 'boss' }, {}]);
  const [entry] = await harness.db.selectFrom('audit').selectAll().orderBy('id', 'desc').execute();
  expect(entry).toMatchObject({ action: 'draft_published', actor: 'boss', subject: 'version 2' });
  const detail = { draft: draft['id'], name: 'Christmas', changes: { handsets: 1 } };
  expect(JSON.parse(entry?.detail ?? '')).toEqual(detail);
});

test('a draft with errors is kept and linted with remedies, and is not published', async () => {
  const { path } = await newDraft();
  const [line] = harness.companies.company.lines;
  const body = {
    changes: [{ section: 'lines', key: line?.number, body: { number: line?.number, plan: [{ play: 987_654 }] } }],
  };
  await harness.api('PATCH', path, { body, headers: { 'if-match': '"1"' } });
  const { problems } = (await harness.api('POST', `${path}/lint`)).body as {
    problems: { severity: string; path: string }[];
  };
  expect(problems).toContainEqual(
    expect.objectContaining({ severity: 'error', path: expect.stringContaining('lines/') as unknown }),
  );
  const published = await harness.api('POST', `${path}/publish`, { headers: { 'if-match': '"2"' } });
  expect(published).toMatchObject({ status: 422, body: { code: 'configuration_refused' } });
  expect(harness.companies.version).toBe(1);
  expect(await harness.api('GET', path)).toMatchObject({ status: 200 });
});

test('two people who edit one draft: the second is told', async () => {
  const { path } = await newDraft();
  const headers = { 'if-match': '"1"' };
  expect(await harness.api('PATCH', path, { body: rename('one'), headers })).toMatchObject({ status: 200 });
  expect(await harness.api('PATCH', path, { body: rename('two'), headers })).toMatchObject({
    status: 412,
    body: { code: 'changed_meanwhile', current: 2 },
  });
  expect(await harness.api('PATCH', path, { body: rename('two') })).toMatchObject({ status: 428 });
  expect(await harness.api('POST', `${path}/publish`, { headers })).toMatchObject({ status: 412 });
});

test('two drafts of the same item: the second publication names the conflict and changes nothing', async () => {
  const [one, two] = [await newDraft(), await newDraft()];
  await harness.api('PATCH', one.path, { body: rename('one'), headers: { 'if-match': '"1"' } });
  await harness.api('PATCH', two.path, { body: rename('two'), headers: { 'if-match': '"1"' } });
  expect(await harness.api('POST', `${one.path}/publish`, { headers: { 'if-match': '"2"' } })).toMatchObject({
    status: 200,
  });
  const conflicts = [
    { section: 'handsets', key: handset(), draft: { display_name: 'two' }, current: { display_name: 'one' } },
  ];
  expect((await harness.api('GET', `${two.path}/diff`)).body).toMatchObject({ conflicts });
  expect(await harness.api('POST', `${two.path}/publish`, { headers: { 'if-match': '"2"' } })).toMatchObject({
    status: 412,
    body: { code: 'changed_meanwhile', current: 2, conflicts },
  });
  expect(harness.companies.company.handsets[0]?.display_name).toBe('one');
});

test('two drafts of different items are both published', async () => {
  const [one, two] = [await newDraft(), await newDraft()];
  await harness.api('PATCH', one.path, { body: rename('one'), headers: { 'if-match': '"1"' } });
  const added = { changes: [{ section: 'handsets', key: 'attic', body: { name: 'attic' }, position: 0 }] };
  await harness.api('PATCH', two.path, { body: added, headers: { 'if-match': '"1"' } });
  for (const { path } of [one, two])
    expect(await harness.api('POST', `${path}/publish`, { headers: { 'if-match': '"2"' } })).toMatchObject({
      status: 200,
    });
  const { handsets } = harness.companies.company;
  expect(handsets.find(({ name }) => name === 'attic')).toBeDefined();
  expect(handsets.find(({ display_name: name }) => name === 'one')).toBeDefined();
});

test('a difference names the lines whose callers notice it', async () => {
  const { path } = await newDraft();
  const number = '+420999888777';
  const music = { name: 'harp', sound: 'calm' };
  const changes = [
    { section: 'music', key: 'harp', body: music },
    { section: 'queues', key: '900', body: { id: 900, name: 'night', music: 'harp' } },
    { section: 'parts', key: 'night', body: [{ enqueue: { queue: 900 } }] },
    { section: 'parts', key: 'unused', body: [{ hang_up: {} }] },
    { section: 'lines', key: number, body: { number, plan: [{ go_to_part: 'night' }] } },
  ];
  await harness.api('PATCH', path, { body: { changes }, headers: { 'if-match': '"1"' } });
  const found = (await harness.api('GET', `${path}/diff`)).body['changes'] as { key: string; lines: string[] }[];
  expect(Object.fromEntries(found.map(({ key, lines }) => [key, lines]))).toEqual({
    harp: [number],
    900: [number],
    night: [number],
    unused: [],
    [number]: [number],
  });
});

test('a draft is made from a document, listed, and removed', async () => {
  const { path, draft } = await newDraft();
  const document = { ...(draft['document'] as object), pause_reasons: ['lunch'] };
  const second = await newDraft({ document });
  expect((await harness.api('GET', `${second.path}/diff`)).body).toMatchObject({
    changes: [{ section: 'settings', key: 'company', change: 'changed' }],
  });
  expect(await harness.api('POST', '/drafts', { body: { document: { version: 1, lines: 'none' } } })).toMatchObject({
    status: 422,
  });
  expect(((await harness.api('GET', '/drafts')).body['drafts'] as unknown[]).length).toBe(2);
  expect(await harness.api('DELETE', path)).toMatchObject({ status: 204 });
  expect(await harness.api('DELETE', path)).toMatchObject({ status: 404 });
});

test('readers change nothing, and need the right to see numbers', async () => {
  const { path } = await newDraft();
  for (const [method, address] of [
    ['POST', '/drafts'],
    ['PATCH', path],
    ['DELETE', path],
    ['POST', `${path}/publish`],
    ['GET', path],
    ['GET', `${path}/diff`],
  ] as const)
    expect(await harness.api(method, address, { as: READER, ...(method === 'GET' ? {} : { body: {} }) })).toMatchObject(
      { status: 403 },
    );
  expect(await harness.api('GET', '/drafts', { as: READER })).toMatchObject({ status: 200 });
});

test('a draft is simulated as it is, with the right to read it', async () => {
  const { draft } = await newDraft();
  const simulated: unknown[] = [];
  harness.documents.simulate = (source, request) => {
    simulated.push(JSON.parse(source ?? 'null'), request);
    return Promise.resolve({ ok: true, call: { line: '+420222333444' } });
  };
  const simulate = (body: object, as: Record<string, string>) => harness.api('POST', '/../simulate', { body, as });
  const body = { draft: draft['id'], line: '+420222333444', keys: ['9', '10'], pause: true, stub: [] };
  expect(await simulate(body, BOSS)).toMatchObject({ status: 200 });
  expect(simulated).toMatchObject([
    { version: 1, lines: [{}] },
    { keys: ['9', '10'], pause: true, stub: [] },
  ]);
  expect(await simulate({ ...body, draft: 'gone' }, BOSS)).toMatchObject({ status: 404 });
  expect(await simulate({ ...body, config: 'version: 1' }, BOSS)).toMatchObject({ status: 422 });
  expect(await simulate(body, READER)).toMatchObject({ status: 403, body: { params: { scope: 'numbers:read' } } });
});

test('the real shop is only asked by those who may change the configuration', async () => {
  const body = { line: '+420222333444' };
  const supervisor = { authorization: 'Bearer supervisor' };
  expect(await harness.api('POST', '/../simulate', { body, as: supervisor })).toMatchObject({
    status: 403,
    body: { params: { scope: 'config:write' } },
  });
  expect(await harness.api('POST', '/../simulate', { body: { ...body, stub: [] }, as: supervisor })).toMatchObject({
    status: 200,
  });
  expect(await harness.api('POST', '/../simulate', { body, as: BOSS })).toMatchObject({ status: 200 });
});

test('a draft takes over what others have published, and says who has changed the same item', async () => {
  const [one, two] = [await newDraft(), await newDraft()];
  const added = { changes: [{ section: 'handsets', key: 'attic', body: { name: 'attic' } }] };
  await harness.api('PATCH', one.path, {
    body: { changes: [...rename('one').changes, ...added.changes] },
    headers: { 'if-match': '"1"' },
  });
  await harness.api('POST', `${one.path}/publish`, { headers: { 'if-match': '"2"' }, as: BOSS });
  await harness.api('PATCH', two.path, { body: rename('two'), headers: { 'if-match': '"1"' } });
  const rebase = (body: object, revision: number) =>
    harness.api('POST', `${two.path}/rebase`, { body, headers: { 'if-match': `"${revision}"` } });
  const at = { section: 'handsets', key: handset() };
  const conflict = { ...at, draft: { display_name: 'two' }, current: { display_name: 'one' } };
  expect(await rebase({}, 2)).toMatchObject({
    status: 412,
    body: { code: 'changed_meanwhile', conflicts: [{ ...conflict, changed_by: [{ version: 2, author: 'boss' }] }] },
  });
  const rebased = await rebase({ choices: [{ ...at, keep: 'draft' }] }, 2);
  expect(rebased).toMatchObject({ status: 200, body: { base_version: 2, current_version: 2, revision: 3 } });
  const { handsets } = rebased.body['document'] as { handsets: object[] };
  expect(handsets).toEqual(
    expect.arrayContaining([{ name: 'attic' }, expect.objectContaining({ display_name: 'two' })]),
  );
  expect(await harness.api('POST', `${two.path}/publish`, { headers: { 'if-match': '"3"' } })).toMatchObject({
    status: 200,
  });
  expect(harness.companies.company.handsets).toMatchObject([{ display_name: 'two' }, { name: 'attic' }]);
});

test('of an item that both changed, the published state can be kept', async () => {
  const [one, two] = [await newDraft(), await newDraft()];
  await harness.api('PATCH', one.path, { body: rename('one'), headers: { 'if-match': '"1"' } });
  await harness.api('POST', `${one.path}/publish`, { headers: { 'if-match': '"2"' } });
  await harness.api('PATCH', two.path, { body: rename('two'), headers: { 'if-match': '"1"' } });
  const body = { choices: [{ section: 'handsets', key: handset(), keep: 'current' }] };
  await harness.api('POST', `${two.path}/rebase`, { body, headers: { 'if-match': '"2"' } });
  expect((await harness.api('GET', `${two.path}/diff`)).body).toEqual({ changes: [], conflicts: [] });
});

test('a draft is linted together with what others have published, and its problems name items by their keys', async () => {
  const [one, two] = [await newDraft(), await newDraft()];
  const [line] = harness.companies.company.lines;
  const number = line?.number ?? '';
  const changes = [{ section: 'queues', key: '77', body: { id: 77, name: 'night' } }];
  await harness.api('PATCH', one.path, { body: { changes }, headers: { 'if-match': '"1"' } });
  await harness.api('POST', `${one.path}/publish`, { headers: { 'if-match': '"2"' } });
  const lint = async (plan: unknown[], revision: number) => {
    const patch = { changes: [{ section: 'lines', key: number, body: { number, plan } }] };
    await harness.api('PATCH', two.path, { body: patch, headers: { 'if-match': `"${revision}"` } });
    const { problems } = (await harness.api('POST', `${two.path}/lint`)).body as {
      problems: { path: string; code: string }[];
    };
    return problems.filter(({ path }) => path.startsWith('lines/')).map(({ path, code }) => [path, code]);
  };
  expect(await lint([{ enqueue: { queue: 77 } }], 1)).toEqual([]);
  expect(await lint([{ enqueue: { queue: 78 } }], 2)).toEqual([
    [`lines/${number}/plan/0/enqueue/queue`, 'unknown_queue'],
  ]);
  expect(await lint(['hang_up', 'answer'], 3)).toEqual([[`lines/${number}/plan/1`, 'never_reached']]);
  expect(await lint([{ play: {} }], 4)).toEqual([[`lines/${number}/plan/0/play/prompt`, 'missing']]);
});

test('a draft of a document in YAML begins with the version that the document had: what others have published since is kept', async () => {
  const exported = async () => (await fetch(`${harness.http.url}/api/v1/config`, { headers: BOSS })).text();
  const text = await exported();
  const other = await newDraft();
  const changes = [{ section: 'queues', key: '77', body: { id: 77, name: 'night' } }];
  await harness.api('PATCH', other.path, { body: { changes }, headers: { 'if-match': '"1"' } });
  await harness.api('POST', `${other.path}/publish`, { headers: { 'if-match': '"2"' } });
  const yaml = text.replace(/^handsets:\n {2}- name: .*$/m, '$&\n    # the first one\n    max_contacts: 4');
  const { path } = await newDraft({ yaml, base_version: 1 });
  expect((await harness.api('GET', `${path}/diff`)).body).toMatchObject({
    conflicts: [],
    changes: [{ section: 'handsets', change: 'changed', after: { max_contacts: 4 } }],
  });
  await harness.api('POST', `${path}/publish`, { headers: { 'if-match': '"1"' } });
  expect(await exported()).toContain('night');
  expect(harness.companies.company.handsets[0]).toMatchObject({ max_contacts: 4 });
  const unknown = await harness.api('POST', '/drafts', { body: { yaml, base_version: 99 } });
  expect(unknown).toMatchObject({ status: 422, body: { errors: [{ field: 'body.base_version' }] } });
  const unreadable = await harness.api('POST', '/drafts', { body: { yaml: 'lines: [' } });
  expect(unreadable).toMatchObject({ status: 422, body: { code: 'configuration_refused' } });
});

test('the list of drafts says which are those of whoever asks, and which version is published', async () => {
  await harness.api('POST', '/drafts', { body: {}, as: BOSS });
  await newDraft();
  const own = async (as: Record<string, string>) => {
    const { drafts, current_version: version } = (await harness.api('GET', '/drafts', { as })).body as {
      drafts: { own: boolean }[];
      current_version: number;
    };
    return [drafts.filter((draft) => draft.own).length, version];
  };
  expect(await own(BOSS)).toEqual([2, 1]);
  expect(await own(READER)).toEqual([0, 1]);
});
