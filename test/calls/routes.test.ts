import { afterEach, beforeEach, expect, test } from 'vitest';
import { CompiledQuery, createQueryId, type RootOperationNode } from 'kysely';
import type { CallOutcome } from '../../src/telephony/call-outcome.js';
import { CallReader, type CallFilter } from '../../src/calls/reader.js';
import { callRoutes } from '../../src/calls/routes.js';
import { SqlFlowStore } from '../../src/storage/flow-store.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { asAdmin, READER, startServer, type TestServer } from '../http/http-harness.js';

const LINE = '+420222333444';
const START = Date.parse('2026-11-21T10:00:00Z');

let db: Database;
let http: TestServer;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  http = await startServer(callRoutes(new CallReader(db)));
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
        summary: {
          line: more.line ?? LINE,
          caller: '+420777888999',
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
      requested: [],
      acknowledged: [],
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

test.each<[Partial<CallFilter>, string]>([
  [{}, 'calls_by_time'],
  [{ direction: 'incoming' }, 'calls_by_direction'],
  [{ outcome: 'lost', since: START }, 'calls_by_outcome'],
  [{ queue: 12 }, 'calls_by_queue'],
  [{ line: LINE }, 'calls_by_line'],
  [{ handset: 'sales' }, 'calls_by_agent'],
  [{ running: true }, 'calls_running'],
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
