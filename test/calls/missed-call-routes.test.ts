import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isSqlite } from '../support/on-sqlite.js';
import { missedCallRoutes } from '../../src/calls/missed-call-routes.js';
import { MissedCalls } from '../../src/calls/missed-calls.js';
import type { CallOutcomeName } from '../../src/telephony/call-outcome.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { IdempotencyKeys } from '../../src/storage/idempotency-keys.js';
import { asAdmin, asPerson, READER, startServer, type TestServer } from '../http/http-harness.js';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const MINUTE = 60_000;
const LINE = '+420222333444';
const EVA = '420777888999';

let db: Database;
let http: TestServer;
let started: unknown[];

beforeEach(async () => {
  db = await openDatabase(':memory:');
  await db.insertInto('programs').values({ hash: 'p', body: '{}' }).execute();
  started = [];
  http = await startServer(
    missedCallRoutes({
      missed: new MissedCalls(db),
      control: {
        call: (request) => {
          started.push(request);
          return Promise.resolve({ ok: true, callId: request.callId ?? 'c_new' });
        },
      },
      keys: new IdempotencyKeys(db),
      company: () => ({ country: 'CZ', lines: [{ number: LINE }] }),
      clock: { now: () => NOW, wakeAt: () => () => undefined },
    }),
    {
      people: [
        { name: 'eva', scopes: ['operators:read'], operator: { id: 1, handset: 'sales' } },
        { name: 'jan', scopes: ['operators:read'], operator: { id: 2 } },
      ],
      tokens: [{ name: 'shop', token: 'shop-token', scopes: ['calls:read', 'operators:read'] }],
    },
  );
});
afterEach(async () => {
  await http.stop();
  await db.destroy();
});

interface Stored {
  minutesAgo: number;
  number?: string;
  direction?: 'incoming' | 'outgoing';
  outcome?: CallOutcomeName;
  waitedMs?: number;
  order?: string;
  line?: string;
}

let calls = 0;
async function storeCall(stored: Stored): Promise<string> {
  calls += 1;
  const id = `c_${calls}`;
  const at = NOW - stored.minutesAgo * MINUTE;
  await db
    .insertInto('flows')
    .values({ id, kind: 'plan', program: 'p', state: '{}', summary: '{}', over: 1, started_at: at, updated_at: at })
    .execute();
  await db
    .insertInto('calls')
    .values({
      id,
      kind: 'plan',
      started_at: at,
      direction: stored.direction ?? 'incoming',
      line: stored.line ?? LINE,
      over: 1,
      outcome: stored.outcome ?? 'lost',
      reason: null,
      queue: 12,
      waited_ms: stored.waitedMs ?? 1000,
      agent_kind: null,
      agent: null,
      talk_ms: 0,
      ended_at: at,
      ended_by: 'caller',
      number: stored.number ?? EVA,
      order_id: stored.order ?? null,
    })
    .execute();
  return id;
}

interface Missed {
  number: string;
  state: string;
  times: number;
  closed: unknown;
}

async function list(query = '', headers: Record<string, string> = asAdmin) {
  const response = await fetch(`${http.url}/api/v1/missed-calls?${query}`, { headers });
  return (await response.json()) as { missed: Missed[]; next: string | null };
}

async function post(path: string, body: unknown, headers: Record<string, string>) {
  const response = await fetch(`${http.url}/api/v1/missed-calls/${path}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
}

test('a number with what it called for: how often, how long, orders, lines', async () => {
  await db
    .insertInto('orders')
    .values({
      id: 'A1',
      status: null,
      raw_status: 'x',
      client: `+${EVA}`,
      driver: null,
      line: null,
      details: '{}',
      fields: '{}',
      final: 0,
      updated_at: NOW,
    })
    .execute();
  await storeCall({ minutesAgo: 30, waitedMs: 5000 });
  const last = await storeCall({ minutesAgo: 10, waitedMs: 9000, outcome: 'unanswered', order: 'B2', line: '+420555' });
  expect(await list()).toEqual({
    missed: [
      {
        number: `+${EVA}`,
        state: 'open',
        times: 2,
        waited_longest_ms: 9000,
        waited_total_ms: 14_000,
        first_at: '2026-11-21T09:30:00.000Z',
        last_at: '2026-11-21T09:50:00.000Z',
        last_call_id: last,
        lines: ['+420555', LINE],
        queues: [12],
        orders: [
          { id: 'A1', status: null },
          { id: 'B2', status: null },
        ],
        closed: null,
      },
    ],
    next: null,
  });
});

test.each<[string, Partial<Stored>]>([
  ['answered', { outcome: 'answered' }],
  ['served by the plan', { outcome: 'served' }],
  ['rejected by an operator', { outcome: 'rejected' }],
  ['made by the company', { direction: 'outgoing', outcome: 'unanswered' }],
  ['withheld', { number: '' }],
  ['too old', { minutesAgo: 15 * 24 * 60 }],
])('a call is not missed that was %s', async (_, stored) => {
  await storeCall({ minutesAgo: 10, ...stored });
  expect((await list('state=all')).missed).toEqual([]);
});

test.each(['incoming', 'outgoing'] as const)(
  'a later answered %s call closes it, and an earlier one does not',
  async (direction) => {
    await storeCall({ minutesAgo: 30, direction, outcome: 'answered' });
    await storeCall({ minutesAgo: 20 });
    expect((await list()).missed).toMatchObject([{ state: 'open', times: 1 }]);
    const reached = await storeCall({ minutesAgo: 10, direction, outcome: 'answered' });
    expect((await list()).missed).toEqual([]);
    expect((await list('state=closed')).missed).toMatchObject([
      { state: 'closed', closed: { how: 'answered', call_id: reached, at: '2026-11-21T09:50:00.000Z' } },
    ]);
    await storeCall({ minutesAgo: 5 });
    expect((await list()).missed).toMatchObject([{ state: 'open', times: 1 }]);
  },
);

test('a person marks it as done with a note; the next missed call opens it again', async () => {
  await storeCall({ minutesAgo: 20 });
  expect(
    await post(`${encodeURIComponent('777 888 999')}/done`, { note: 'wrote a mail' }, asPerson('eva')),
  ).toMatchObject({ status: 204 });
  expect((await list()).missed).toEqual([]);
  expect((await list('state=all')).missed).toMatchObject([
    { state: 'closed', closed: { how: 'done', by: '@eva', note: 'wrote a mail', call_id: null } },
  ]);
  await storeCall({ minutesAgo: -1 });
  expect((await list()).missed).toMatchObject([{ state: 'open', times: 1 }]);
});

test('only missed numbers are marked, by people and by tokens that control calls', async () => {
  expect(await post(`${EVA}/done`, {}, asPerson('eva'))).toMatchObject({ status: 404, body: { code: 'not_missed' } });
  await storeCall({ minutesAgo: 20 });
  const shop = { authorization: 'Bearer shop-token' };
  expect(await post(`${EVA}/done`, {}, shop)).toMatchObject({ status: 403, body: { code: 'scope_missing' } });
  expect((await list()).missed).toHaveLength(1);
  expect(await post(`${EVA}/done`, {}, asAdmin)).toMatchObject({ status: 204 });
});

test('a mark is removed again, and the number is open as it was', async () => {
  await storeCall({ minutesAgo: 30 });
  await storeCall({ minutesAgo: 20 });
  const undo = (headers: Record<string, string>) =>
    fetch(`${http.url}/api/v1/missed-calls/%2B${EVA}/done`, { method: 'DELETE', headers });
  expect((await undo(asPerson('eva'))).status).toBe(404);
  await post(`${EVA}/done`, { note: 'a mistake' }, asPerson('eva'));
  expect((await undo({ authorization: 'Bearer shop-token' })).status).toBe(403);
  expect((await list()).missed).toEqual([]);
  expect((await undo(asPerson('eva'))).status).toBe(204);
  expect((await list()).missed).toMatchObject([{ state: 'open', times: 2, closed: null }]);
});

test('a call back rings the handset of the person and shows the line that was called', async () => {
  await storeCall({ minutesAgo: 20 });
  expect(await post(`%2B${EVA}/call-back`, {}, asPerson('eva'))).toMatchObject({
    status: 202,
    body: { call_id: 'c_new' },
  });
  expect(started).toEqual([{ handset: 'sales', number: `+${EVA}`, line: LINE }]);
});

test('a call back with the same Idempotency-Key starts one call', async () => {
  await storeCall({ minutesAgo: 20 });
  const keyed = { ...asPerson('eva'), 'idempotency-key': 'k1' };
  await post(`%2B${EVA}/call-back`, {}, keyed);
  await post(`%2B${EVA}/call-back`, {}, keyed);
  const ids = started.map((each) => (each as { callId: string }).callId);
  expect(ids).toHaveLength(2);
  expect(ids[0]).toBe(ids[1]);
});

test('a call back is refused without a handset, for another handset, and for a number without missed calls', async () => {
  await storeCall({ minutesAgo: 20 });
  expect(await post(`${EVA}/call-back`, {}, asPerson('jan'))).toMatchObject({
    status: 409,
    body: { code: 'no_handset' },
  });
  expect(await post(`${EVA}/call-back`, { handset: 'boss' }, asPerson('eva'))).toMatchObject({ status: 403 });
  expect(await post(`420601000000/call-back`, {}, asPerson('eva'))).toMatchObject({ status: 404 });
  expect(started).toEqual([]);
  expect(await post(`${EVA}/call-back`, { handset: 'boss' }, asAdmin)).toMatchObject({ status: 202 });
});

test('pages hold every number once, also without the right to see numbers', async () => {
  for (let index = 0; index < 7; index += 1)
    await storeCall({ minutesAgo: 10 + Math.floor(index / 3), number: `42060100000${index}` });
  const seen: string[] = [];
  for (let next: string | null = ''; next !== null;) {
    const page = await list(`limit=2${next === '' ? '' : `&cursor=${next}`}`);
    seen.push(...page.missed.map(({ number }) => number));
    next = page.next;
  }
  expect(new Set(seen).size).toBe(7);
  expect(seen).toHaveLength(7);
  const masked = await list('limit=2', { authorization: `Bearer ${READER}` });
  expect(JSON.stringify(masked)).not.toContain('60100');
  expect(Buffer.from(masked.next ?? '', 'base64url').toString()).not.toContain('60100');
});

test('entries are removed with the calls', async () => {
  await storeCall({ minutesAgo: 20 });
  await post(`${EVA}/done`, {}, asAdmin);
  const job = new MissedCalls(db).cleanupJob(() => 30);
  expect(await job.run(NOW + 29 * 86_400_000)).toBe(0);
  expect(await job.run(NOW + 31 * 86_400_000)).toBe(1);
});

test('the count has the open numbers of the list', async () => {
  const count = async (): Promise<unknown> => {
    const response = await fetch(`${http.url}/api/v1/missed-calls/count`, { headers: asAdmin });
    return response.json();
  };
  expect(await count()).toEqual({ open: 0 });
  await storeCall({ minutesAgo: 50 });
  await storeCall({ minutesAgo: 40 });
  await storeCall({ minutesAgo: 30, number: '420777000001' });
  await storeCall({ minutesAgo: 20, number: '420777000001', outcome: 'answered', direction: 'outgoing' });
  await storeCall({ minutesAgo: 20, number: '420777000002' });
  await storeCall({ minutesAgo: 15 * 24 * 60, number: '420777000003' });
  expect(await count()).toEqual({ open: 2 });
  await post('+420777000002/done', {}, asPerson('eva'));
  expect(await count()).toEqual({ open: 1 });
  expect((await list()).missed).toHaveLength(1);
});

test('a page of many numbers takes no more statements than a page of one', async () => {
  let statements = 0;
  const counting = Object.assign(Object.create(db) as Database, {
    history: db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: ({ result }) => {
        statements += 1;
        return Promise.resolve(result);
      },
    }),
  });
  const statementsOf = async (limit: number) => {
    statements = 0;
    const { missed } = await new MissedCalls(counting).list({ state: 'open', since: 0, limit });
    expect(missed).toHaveLength(limit);
    return statements;
  };
  for (let number = 10; number < 40; number += 1)
    await storeCall({ minutesAgo: number, number: `4207770000${number}` });
  expect(await statementsOf(30)).toBe(await statementsOf(1));
});

if (isSqlite)
  test('the list reads only the missed calls of its time, and one answered call of each number', async () => {
    const execute = vi.spyOn(db.getExecutor(), 'executeQuery');
    await new MissedCalls(db).list({ state: 'open', since: 0, limit: 1 });
    const query = execute.mock.calls[0]?.[0];
    execute.mockRestore();
    if (query === undefined) throw new Error('nothing was read');
    const { rows } = await db.executeQuery<{ detail: string }>({ ...query, sql: `explain query plan ${query.sql}` });
    const plan = rows.map(({ detail }) => detail);
    expect(plan).toContain('SEARCH calls USING COVERING INDEX calls_missed_by_time (started_at>?)');
    expect(plan).toContain('SEARCH later USING COVERING INDEX calls_answered (number=?)');
    expect(plan.filter((step) => step.startsWith('SCAN calls'))).toEqual([]);
  });
