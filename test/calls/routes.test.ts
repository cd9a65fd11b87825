import { afterEach, beforeEach, expect, test } from 'vitest';
import { isSqlite } from '../support/on-sqlite.js';
import { CompiledQuery, createQueryId, type RootOperationNode } from 'kysely';
import type { CallOutcome } from '../../src/telephony/call-outcome.js';
import { CallReader, type CallFilter } from '../../src/calls/reader.js';
import { callRoutes } from '../../src/calls/routes.js';
import { recordAudit } from '../../src/storage/audit-log.js';
import { SqlFlowStore } from '../../src/storage/flow-store.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { asAdmin, READER, startServer, type TestServer } from '../http/http-harness.js';

const LINE = '+420222333444';
const START = Date.parse('2026-11-21T10:00:00Z');

let db: Database;
let http: TestServer;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  http = await startServer(
    callRoutes({
      calls: new CallReader(db),
      country: () => 'CZ',
      record: (entry) => recordAudit(db, { ...entry, at: 0 }),
    }),
  );
});

afterEach(async () => {
  await http.stop();
  await db.destroy();
});

interface Stored {
  line?: string;
  over?: boolean;
  startedAt?: number;
  direction?: 'incoming' | 'outgoing';
  outcome?: CallOutcome;
  caller?: string;
  order?: string;
}

async function storeCall(id: string, more: Stored = {}): Promise<void> {
  const startedAt = more.startedAt ?? START;
  await new SqlFlowStore(db).commit([
    {
      flowId: id,
      at: startedAt,
      step: {
        kind: 'plan',
        startedAt,
        program: { hash: 'h', body: {} },
        state: {},
        pending: [],
        summary: {
          line: more.line ?? LINE,
          caller: more.caller ?? '+420777888999',
          ...(more.order !== undefined && { order: more.order }),
          direction: more.direction ?? 'incoming',
          ...(more.outcome && { outcome: more.outcome }),
          startedAt,
          answeredAt: startedAt + 100,
          endedAt: more.over ? startedAt + 9000 : null,
          endedBy: more.over ? 'caller' : null,
          at: 'hand_over',
        },
        over: more.over ?? false,
      },
      log: [
        { seq: 0, at: startedAt, kind: 'arrived', data: { line: LINE, caller: '+420777888999' } },
        { seq: 1, at: startedAt + 4000, kind: 'input', data: { digits: '1001', ended: 'hash' } },
        {
          seq: 2,
          at: startedAt + 4010,
          kind: 'shop_request',
          data: { body: '{"received_digits":"1001"}', note: 'order 1001' },
        },
      ],
    },
  ]);
}

interface Page {
  calls: { id: string; caller: string; running: boolean }[];
  next: string | null;
}

async function get<T>(path: string, headers: Record<string, string> = asAdmin): Promise<T> {
  return (await (await fetch(`${http.url}/api/v1${path}`, { headers })).json()) as T;
}

test('a call with its timeline, in order', async () => {
  await storeCall('c_1.1', { over: true });
  expect(await get('/calls/c_1.1')).toEqual({
    id: 'c_1.1',
    kind: 'plan',
    line: LINE,
    caller: '+420777888999',
    direction: 'incoming',
    running: false,
    at: 'hand_over',
    started_at: '2026-11-21T10:00:00.000Z',
    answered_at: '2026-11-21T10:00:00.100Z',
    ended_at: '2026-11-21T10:00:09.000Z',
    ended_by: 'caller',
    outcome: null,
    reason: null,
    queue: null,
    waited_ms: null,
    agent: null,
    talk_ms: null,
    order: null,
    menu_keys: [],
    has_recording: false,
    note: null,
    legs: [],
    recordings: [],
    timeline: [
      {
        seq: 0,
        at: '2026-11-21T10:00:00.000Z',
        offset_ms: 0,
        kind: 'arrived',
        data: { line: LINE, caller: '+420777888999' },
      },
      {
        seq: 1,
        at: '2026-11-21T10:00:04.000Z',
        offset_ms: 4000,
        kind: 'input',
        data: { digits: '1001', ended: 'hash' },
      },
      {
        seq: 2,
        at: '2026-11-21T10:00:04.010Z',
        offset_ms: 4010,
        kind: 'shop_request',
        data: { body: '{"received_digits":"1001"}', note: 'order 1001' },
      },
    ],
  });
});

test('a reader without the scope sees neither numbers nor digits', async () => {
  await storeCall('c_1.1');
  const reader = { authorization: `Bearer ${READER}` };
  const text = JSON.stringify([await get('/calls', reader), await get('/calls/c_1.1', reader)]);
  expect(text).not.toMatch(/777888|1001/);
  expect(text).toContain(LINE);
});

test('no such call', async () => {
  expect(await get('/calls/none')).toMatchObject({ status: 404 });
});

test('pages hold every call once, newest first, also calls of the same instant', async () => {
  for (let index = 0; index < 7; index += 1)
    await storeCall(`c_${index}`, { startedAt: START + Math.floor(index / 3) });
  const ids: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const page: Page = await get(`/calls?limit=2${next === '' ? '' : `&cursor=${next}`}`);
    ids.push(...page.calls.map(({ id }) => id));
    next = page.next;
  }
  expect(ids).toEqual(['c_6', 'c_5', 'c_4', 'c_3', 'c_2', 'c_1', 'c_0']);
});

test('filters', async () => {
  await storeCall('c_old', { over: true, startedAt: START - 86_400_000 });
  await storeCall('c_other', { line: '+420111222333' });
  await storeCall('c_now');
  const ids = async (query: string) => (await get<Page>(`/calls?${query}`)).calls.map(({ id }) => id);
  expect(await ids(`line=${encodeURIComponent(LINE)}`)).toEqual(['c_now', 'c_old']);
  expect(await ids('running=true')).toEqual(['c_other', 'c_now']);
  expect(await ids('running=false')).toEqual(['c_old']);
  expect(await ids('since=2026-11-21T00:00:00Z')).toEqual(['c_other', 'c_now']);
});

const outcome: CallOutcome = {
  name: 'answered',
  reason: null,
  queue: 12,
  waitedMs: 8000,
  agent: { number: '+420777000111' },
  talkMs: 61_000,
  endedAt: START + 9000,
  endedBy: 'caller',
};

test('the outcome of a call, with the agent’s number masked', async () => {
  await storeCall('c_1', { over: true, outcome });
  const says = { outcome: 'answered', queue: 12, waited_ms: 8000, talk_ms: 61_000, ended_by: 'caller', reason: null };
  expect(await get('/calls/c_1')).toMatchObject({ ...says, agent: { number: '+420777000111' } });
  expect((await get<Page>('/calls')).calls[0]).toMatchObject(says);
  const masked = JSON.stringify(await get('/calls/c_1', { authorization: `Bearer ${READER}` }));
  expect(masked).not.toContain('777000');
});

test('calls are found by direction, outcome, queue and handset', async () => {
  await storeCall('c_lost', { over: true, outcome: { ...outcome, name: 'lost', agent: null, queue: 13 } });
  await storeCall('c_sales', { over: true, outcome: { ...outcome, agent: { handset: 'sales' } } });
  await storeCall('c_out', { direction: 'outgoing' });
  const ids = async (query: string) => (await get<Page>(`/calls?${query}`)).calls.map(({ id }) => id);
  expect(await ids('direction=outgoing')).toEqual(['c_out']);
  expect(await ids('outcome=lost')).toEqual(['c_lost']);
  expect(await ids('queue=12')).toEqual(['c_sales']);
  expect(await ids('handset=sales')).toEqual(['c_sales']);
});

/** How SQLite finds the rows of a page. */
async function planOf(filter: Partial<CallFilter>): Promise<string> {
  const nodes: RootOperationNode[] = [];
  const spied = db.withPlugin({
    transformQuery({ node }) {
      nodes.push(node);
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  await new CallReader(spied).list({ limit: 50, ...filter });
  const plans = nodes.map(async (node) => {
    const { sql, parameters } = db.getExecutor().compileQuery(node, createQueryId());
    const explain = CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]);
    return (await db.executeQuery<{ detail: string }>(explain)).rows.map(({ detail }) => detail);
  });
  return (await Promise.all(plans)).flat().join('\n');
}

if (isSqlite)
  test.each<[Partial<CallFilter>, string]>([
    [{}, 'calls_by_time'],
    [{ direction: 'incoming' }, 'calls_by_direction'],
    [{ outcome: 'lost', since: START }, 'calls_by_outcome'],
    [{ queue: 12 }, 'calls_by_queue'],
    [{ line: LINE }, 'calls_by_line'],
    [{ handset: 'sales' }, 'calls_by_agent'],
    [{ running: true }, 'calls_running'],
    [{ order: '4711' }, 'calls_by_order'],
    [{ hasRecording: true }, 'calls_by_time'],
    [{ outcome: 'lost', queue: 12, handset: 'sales', waitedOver: 60_000 }, 'calls_by_time'],
    [{ q: { parts: ['888999'], text: '888999' } }, 'calls_by_time'],
    [{ q: { parts: ['888999'], text: '888999' }, line: LINE, since: START }, 'calls_by_time'],
  ])('a page of calls by %j comes from one index, in its order', async (filter, index) => {
    const plan = await planOf(filter);
    expect(plan).toContain(`INDEX ${index}`);
    expect(plan).not.toContain('TEMP B-TREE');
  });

test.each(['since=yesterday', 'limit=0', 'limit=5000', 'running=maybe', 'cursor=x', 'colour=red', 'line=abc'])(
  'a bad filter is named: %s',
  async (query) => {
    const problem = await get<{ status: number; errors: { field: string }[] }>(`/calls?${query}`);
    expect(problem.status).toBe(422);
    expect(problem.errors[0]?.field).toMatch(/^query/);
  },
);

const idsOf = async (query: string) => (await get<Page>(`/calls?${query}`)).calls.map(({ id }) => id);

test.each([
  ['complete', '+420 777 888 999'],
  ['with 00', '00420777888999'],
  ['national', '777 888 999'],
  ['with separators', '777-888-999'],
  ['the end of it', '8999'],
  ['a part of it', '7788'],
  ['the beginning of it', '+420 777'],
])('calls are found by a number: %s', async (_, q) => {
  await storeCall('c_1');
  await storeCall('c_other', { caller: '+420601222333' });
  await storeCall('c_withheld', { caller: '' });
  expect(await idsOf(`q=${encodeURIComponent(q)}`)).toEqual(['c_1']);
});

test('a national number with a trunk prefix is found', async () => {
  await http.stop();
  http = await startServer(
    callRoutes({ calls: new CallReader(db), country: () => 'RU', record: () => Promise.resolve() }),
  );
  await storeCall('c_1', { caller: '+79241234567' });
  expect(await idsOf(`q=${encodeURIComponent('8 (924) 123-45-67')}`)).toEqual(['c_1']);
  expect(await idsOf('q=9241234')).toEqual(['c_1']);
});

test('calls are found by their order, alone and in the search box', async () => {
  await storeCall('c_1', { order: 'A-4711' });
  await storeCall('c_number', { order: '777111222' });
  await storeCall('c_other');
  expect(await idsOf('order=A-4711')).toEqual(['c_1']);
  expect(await idsOf('q=A-4711')).toEqual(['c_1']);
  expect(await idsOf('q=777111222')).toEqual(['c_number']);
  expect((await get<{ order: string }>('/calls/c_1')).order).toBe('A-4711');
});

test('an order that becomes known during the call is stored', async () => {
  await storeCall('c_1');
  await storeCall('c_1', { over: true, outcome, order: 'A-4711' });
  expect(await idsOf('order=A-4711')).toEqual(['c_1']);
});

test('only readers of numbers can search by number', async () => {
  await storeCall('c_1');
  const reader = { authorization: `Bearer ${READER}` };
  expect(await get('/calls?q=777', reader)).toMatchObject({
    status: 403,
    code: 'scope_missing',
    params: { scope: 'numbers:read' },
    errors: [{ field: 'query.q', code: 'scope_missing' }],
  });
});

async function storeRecording(callId: string): Promise<void> {
  const fixed = { line: LINE, queue: null, agent: null, started_at: START, duration_ms: 1, bytes: 1, sha256: '' };
  await db
    .insertInto('recordings')
    .values({
      id: `r_${callId}`,
      name: callId,
      call_id: callId,
      ...fixed,
      stored_at: START,
      deleted_at: null,
      deleted_by: null,
    })
    .execute();
}

test('calls are found by recording until it is deleted, by wait, agent and time together', async () => {
  await storeCall('c_1', { over: true, outcome: { ...outcome, agent: { handset: 'sales' } } });
  await storeCall('c_2', { over: true, outcome: { ...outcome, agent: { handset: 'sales' }, waitedMs: 2000 } });
  await storeRecording('c_1');
  expect(await idsOf('has_recording=true')).toEqual(['c_1']);
  expect(await idsOf('has_recording=false')).toEqual(['c_2']);
  expect(await idsOf('waited_over=7.9&agent=sales')).toEqual(['c_1']);
  expect(await idsOf('waited_over=8')).toEqual([]);
  expect(
    await idsOf('agent=sales&queue=12&outcome=answered&from=2026-11-21T10:00:00Z&to=2026-11-21T11:00:00%2B01:00'),
  ).toEqual([]);
  expect(await idsOf('agent=sales&queue=12&from=2026-11-21T10:00:00Z&to=2026-11-21T10:00:01Z')).toEqual(['c_2', 'c_1']);
  await db.updateTable('recordings').set({ deleted_at: START }).execute();
  expect(await idsOf('has_recording=true')).toEqual([]);
});

test('the keys pressed in menus, and no other digits', async () => {
  await storeCall('c_1');
  const entries = [
    ['action', { action: 'menu' }],
    ['input', { digits: '', ended: 'timeout' }],
    ['input', { digits: '9', ended: 'max' }],
    ['action', { action: 'collect' }],
    ['input', { digits: '1001', ended: 'hash' }],
    ['action', { action: 'menu' }],
    ['input', { digits: '2', ended: 'max' }],
  ] as const;
  await db
    .insertInto('timeline')
    .values(
      entries.map(([kind, data], seq) => ({
        flow_id: 'c_1',
        seq: 10 + seq,
        at: START,
        kind,
        data: JSON.stringify(data),
      })),
    )
    .execute();
  expect((await get<{ calls: { menu_keys: string[] }[] }>('/calls')).calls[0]?.menu_keys).toEqual(['9', '2']);
  expect((await get<{ menu_keys: string[] }>('/calls/c_1')).menu_keys).toEqual(['9', '2']);
  const masked = await get<{ menu_keys: string[] }>('/calls/c_1', { authorization: `Bearer ${READER}` });
  expect(masked.menu_keys).toEqual(['•', '•']);
});

test.each<[string, Record<string, string>]>([
  ['/calls.csv?limit=2', {}],
  ['/calls?limit=2', { accept: 'text/csv' }],
])('CSV has all calls that match: %s', async (path, headers) => {
  for (let index = 0; index < 450; index += 1)
    await storeCall(`c_${String(index).padStart(3, '0')}`, { over: true, outcome, startedAt: START + index });
  await storeCall('c_out', { direction: 'outgoing' });
  const response = await fetch(`${http.url}/api/v1${path}&direction=incoming`, { headers: { ...asAdmin, ...headers } });
  expect(response.headers.get('content-type')).toContain('text/csv');
  const lines = (await response.text()).trim().split('\r\n');
  expect(lines).toHaveLength(451);
  expect(lines[0]).toContain('started_at,direction,line,number,outcome');
  expect(lines[1]).toContain(
    `c_449,2026-11-21T10:00:00.449Z,incoming,${LINE},+420777888999,answered,,12,+420777000111,8,61`,
  );
  const entries = await db.selectFrom('audit').select(['action', 'actor', 'detail']).execute();
  expect(entries).toEqual([
    { action: 'calls_exported', actor: 'admin', detail: JSON.stringify({ numbers: true, from: null, to: null }) },
  ]);
});

test('CSV runs no formula of a caller', async () => {
  await storeCall('c_1', { caller: '=cmd|"/c calc"!A1', order: '@x,y' });
  const csv = await (await fetch(`${http.url}/api/v1/calls.csv`, { headers: asAdmin })).text();
  expect(csv).toContain(`"'=cmd|""/c calc""!A1"`);
  expect(csv).toContain(`"'@x,y"`);
});

test('errors have machine-readable codes', async () => {
  expect(await get('/calls?limit=0')).toMatchObject({
    status: 422,
    code: 'invalid_request',
    errors: [{ field: 'query.limit', code: 'too_small', params: { minimum: 1 } }],
  });
  expect(await get('/calls/none')).toMatchObject({ code: 'not_found' });
});
