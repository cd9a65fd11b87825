import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PLAN } from '../../../src/call-plan/plan-flow.js';
import { LinePrograms } from '../../../src/call-plan/line-programs.js';
import { readDocument } from '../../../src/company/document/document.js';
import { createLogger } from '../../../src/lib/logger.js';
import { notFound } from '../../../src/http/problem.js';
import { telfaHandOver } from '../../../src/integrations/telfa/hand-over.js';
import {
  compareStoredCalls,
  type CallComparison,
  type StoredCalls,
} from '../../../src/simulator/past-calls/compare-job.js';
import { DraftReplays } from '../../../src/simulator/past-calls/draft-replays.js';
import { replayRoutes } from '../../../src/simulator/past-calls/routes.js';
import type { SimulationRequest } from '../../../src/simulator/simulate.js';
import { openDatabase, type Database } from '../../../src/storage/database.js';
import { asAdmin, startServer, type TestServer } from '../../http/http-harness.js';
import { becomes } from '../../support/becomes.js';
import { call, companyOf, LINE, shopDocument } from '../shop-company.js';

const NOW = Date.parse('2026-12-22T10:00:00Z');
const company = companyOf(shopDocument);
const drafts: Record<string, string> = {
  unchanged: shopDocument,
  closed: shopDocument.replace("mon: [{ from: '08:00', to: '17:00' }]", 'mon: []'),
  without_line: shopDocument.replace(LINE, '+420222333000'),
  broken: 'version: 1\nlines: nothing\n',
};

let db: Database;
let http: TestServer;
let replays: DraftReplays;
/** Resolves the batches that the worker thread was given, one by one; undefined: each at once. */
let hold: Promise<void> | undefined;
const batches: number[] = [];
let failsWith: Error | undefined;
/** Replaces the comparison of a batch. */
let compared: ((stored: StoredCalls) => CallComparison[]) | undefined;

beforeEach(async () => {
  [hold, failsWith, compared] = [undefined, undefined, undefined];
  batches.length = 0;
  db = await openDatabase(':memory:');
  for (const id of Object.keys(drafts)) {
    const times = { created_at: NOW, updated_at: NOW };
    await db
      .insertInto('config_drafts')
      .values({ id, name: '', author: null, base: 1, revision: 3, items: '[]', ...times })
      .execute();
  }
  replays = new DraftReplays({
    history: db.history,
    logger: createLogger({ level: 'silent' }),
    clock: { now: () => NOW, wakeAt: () => () => undefined },
    async compare(document: string, stored: StoredCalls) {
      batches.push(stored.calls.length);
      await hold;
      if (failsWith !== undefined) throw failsWith;
      const comparisons = compared?.(stored);
      if (comparisons !== undefined) return { ok: true, comparisons };
      const read = readDocument(document, 'draft');
      if (!read.ok) return read;
      return { ok: true, comparisons: compareStoredCalls(stored, read.document.company, telfaHandOver) };
    },
  });
  const draft = (id: string) => {
    const source = drafts[id];
    return source === undefined ? Promise.reject(notFound('no draft')) : Promise.resolve({ id, revision: 3, source });
  };
  http = await startServer(replayRoutes({ replays, draft }), {
    tokens: [
      { name: 'half', token: 'half', scopes: ['config:read', 'numbers:read'] },
      { name: 'full', token: 'full', scopes: ['config:read', 'numbers:read', 'calls:read'] },
    ],
  });
});
afterEach(async () => {
  await replays.stop();
  await http.stop();
  await db.destroy();
});

/** Stores a simulated call as a real one is stored. */
async function store(id: string, request: Omit<SimulationRequest, 'line'>): Promise<void> {
  const { startedAt, timeline } = await call(company, { at: '2026-12-21 10:00', ...request });
  const [line] = company.lines;
  if (line === undefined) throw new Error('no line');
  const program = new LinePrograms(telfaHandOver).of(company, line, { caller: '+420601000001', at: startedAt });
  const times = { started_at: startedAt, over: 1 };
  const body = JSON.stringify(program);
  await db
    .insertInto('programs')
    .values({ hash: 'p', body })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await db
    .insertInto('flows')
    .values({ id, kind: PLAN, program: 'p', state: '{}', summary: '{}', updated_at: startedAt, ...times })
    .execute();
  await db
    .insertInto('calls')
    .values({ id, kind: PLAN, direction: 'incoming', line: LINE, number: '420601000001', ...times })
    .execute();
  for (const [seq, entry] of timeline.entries())
    await db
      .insertInto('timeline')
      .values({ flow_id: id, seq, at: entry.at, kind: entry.kind, data: JSON.stringify(entry.data) })
      .execute();
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

async function api(method: string, draft: string, body?: object, headers: object = asAdmin): Promise<Answer> {
  const response = await fetch(`${http.url}/api/v1/config/drafts/${draft}/replay`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) };
}

/** The result of a replay that has ended. */
async function resultOf(draft: string, body: object = {}): Promise<Answer['body']> {
  expect(await api('POST', draft, body)).toMatchObject({ status: 202 });
  let last: Answer['body'] = {};
  await becomes('the end of the replay', async () => {
    last = (await api('GET', draft)).body['replay'] as Answer['body'];
    return last['state'] !== 'running';
  });
  return last;
}

describe('the calls of the last days', () => {
  beforeEach(async () => {
    await store('c_queue-1', { keys: '2' });
    await store('c_queue-2', { keys: '2', nobodyAnswers: true });
    await store('c_menu', { keys: ',' });
    await store('c_old', { keys: '2', at: '2026-12-14 10:00' });
  });

  it('would all be the same with an unchanged draft', async () =>
    expect(await resultOf('unchanged')).toMatchObject({
      state: 'done',
      revision: 3,
      total: 3,
      done: 3,
      same: 3,
      different: 0,
      unclear: 0,
      groups: [],
    }));

  it('are counted and grouped where a draft changes what callers get', async () => {
    const result = await resultOf('closed');
    expect(result).toMatchObject({ total: 3, same: 1, different: 2, unclear: 0 });
    expect(result['groups']).toEqual([
      {
        count: 2,
        key: '2',
        was: { type: 'queue', queue: 1, name: 'Sklad' },
        would: { type: 'prompts', prompts: [{ id: 5, name: 'Closed' }] },
        calls: expect.arrayContaining([
          { id: 'c_queue-1', started_at: '2026-12-21T09:00:00.000Z' },
          { id: 'c_queue-2', started_at: '2026-12-21T09:00:00.000Z' },
        ]) as unknown,
      },
    ]);
  });

  it('go back as far as is asked for, and no further than the limit', async () => {
    expect(await resultOf('unchanged', { days: 14 })).toMatchObject({ total: 4, same: 4 });
    expect(await resultOf('unchanged', { days: 14, limit: 2 })).toMatchObject({ total: 2 });
  });

  it('have no line any more', async () =>
    expect(await resultOf('without_line')).toMatchObject({
      different: 3,
      groups: [{ count: 3, would: { type: 'no_line' } }],
    }));

  it('are compared although one of them was erased', async () => {
    await db.insertInto('programs').values({ hash: 'erased', body: '{}' }).execute();
    await db.updateTable('flows').set({ program: 'erased' }).where('id', '=', 'c_menu').execute();
    await db.deleteFrom('timeline').where('flow_id', '=', 'c_menu').execute();
    expect(await resultOf('unchanged')).toMatchObject({ state: 'done', total: 3, same: 2, unclear: 1 });
    expect(await resultOf('without_line')).toMatchObject({ state: 'done', different: 2, unclear: 1 });
  });

  it('cannot be compared with a draft that cannot be read', async () =>
    expect(await resultOf('broken')).toMatchObject({ state: 'failed', reason: 'draft_has_errors' }));
});

it('runs in batches, tells how far it is, and stops after the batch when it is canceled', async () => {
  for (let index = 0; index < 60; index += 1) await store(`c_${index}`, { keys: '2' });
  let release: () => void = () => undefined;
  hold = new Promise((resolve) => (release = resolve));
  await api('POST', 'unchanged', {});
  await becomes('the first batch', () => batches.length === 1);
  expect((await api('GET', 'unchanged')).body['replay']).toMatchObject({ state: 'running', done: 0, total: 60 });
  expect(await api('DELETE', 'unchanged')).toMatchObject({ status: 204 });
  release();
  await replays.stop();
  expect(batches).toEqual([50]);
  expect((await api('GET', 'unchanged')).body['replay']).toMatchObject({ state: 'canceled', done: 0 });
});

describe('with a batch that takes long', () => {
  let release: () => void = () => undefined;
  beforeEach(async () => {
    for (let index = 0; index < 60; index += 1) await store(`c_${index}`, { keys: '2' });
    hold = new Promise((resolve) => (release = resolve));
  });
  afterEach(() => release());

  it('no other batch is sent, whatever is started', async () => {
    for (let turn = 0; turn < 5; turn += 1)
      for (const draft of ['unchanged', 'closed']) await api('POST', draft, { limit: 20 });
    await becomes('the first batch', () => batches.length === 1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(batches).toHaveLength(1);
    release();
    for (const draft of ['unchanged', 'closed'])
      await becomes(`the end of ${draft}`, async () => (await replays.find(draft))?.state === 'done');
  });

  it('only a limited number is started', async () => {
    const statuses: number[] = [];
    for (let turn = 0; turn < 60; turn += 1) statuses.push((await api('POST', 'unchanged', {})).status);
    expect(statuses).toEqual([...Array<number>(50).fill(202), ...Array<number>(10).fill(503)]);
    release();
    await replays.idle();
    expect((await api('GET', 'unchanged')).body['replay']).toMatchObject({ state: 'done', done: 60 });
  });

  it('ends after it when the draft was removed, and is forgotten', async () => {
    await api('POST', 'unchanged', {});
    await becomes('the first batch', () => batches.length === 1);
    await db.deleteFrom('config_drafts').where('id', '=', 'unchanged').execute();
    release();
    await replays.idle();
    expect(batches).toEqual([50]);
    expect((await api('GET', 'unchanged')).body['replay']).toBeNull();
  });

  it('stays canceled when the batch fails', async () => {
    await api('POST', 'unchanged', {});
    await becomes('the first batch', () => batches.length === 1);
    await api('DELETE', 'unchanged');
    failsWith = new Error('the thread has ended');
    release();
    await replays.stop();
    expect(await replays.find('unchanged')).toMatchObject({ state: 'canceled', reason: null });
  });
});

it('lists the most frequent differences when every call is different', async () => {
  for (let index = 0; index < 160; index += 1) await store(`c_${index}`, { keys: '2' });
  compared = ({ calls }) =>
    calls.map(({ id, startedAt }) => {
      const order = Number(id.slice(2)) < 10 ? 'frequent' : id;
      return {
        id,
        startedAt,
        result: 'different',
        key: null,
        was: { type: 'dial', to: { party: 'driver', order } },
        would: null,
      };
    });
  const result = await resultOf('unchanged');
  expect(result).toMatchObject({ state: 'done', different: 160 });
  const groups = result['groups'] as { count: number }[];
  expect(groups).toHaveLength(100);
  expect(groups[0]).toMatchObject({ count: 10, was: { to: { order: 'frequent' } } });
});

it('needs a draft, and the rights to read it and calls', async () => {
  expect(await api('GET', 'unchanged')).toMatchObject({ status: 200, body: { replay: null } });
  expect(await api('POST', 'gone', {})).toMatchObject({ status: 404 });
  const as = (token: string) => ({ authorization: `Bearer ${token}` });
  expect(await api('POST', 'unchanged', {}, as('half'))).toMatchObject({
    status: 403,
    body: { params: { scope: 'calls:read' } },
  });
  expect(await api('POST', 'unchanged', {}, as('full'))).toMatchObject({ status: 202 });
});
