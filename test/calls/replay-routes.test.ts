import { afterEach, beforeEach, expect, test } from 'vitest';
import { CallReader } from '../../src/calls/reader.js';
import { callReplayRoutes } from '../../src/calls/replay-routes.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { asAdmin, READER, startServer, type TestServer } from '../http/http-harness.js';

const LINE = '+420222333444';
const START = Date.parse('2026-11-21T10:00:00Z');
const COURSE = [
  { kind: 'action', data: { action: 'menu' } },
  { kind: 'prompt', data: { prompts: [1] } },
  { kind: 'queued', data: { queue: 12, label: 'x' } },
];

let db: Database;
let http: TestServer;
let simulated: unknown[];
let now: { kind: string; data: Record<string, unknown> }[];

beforeEach(async () => {
  simulated = [];
  now = COURSE;
  db = await openDatabase(':memory:');
  await db.insertInto('programs').values({ hash: 'p', body: '{}' }).execute();
  const simulate = (request: { line: string }) => {
    simulated.push(request);
    const isKnown = request.line === LINE;
    return Promise.resolve(
      isKnown ? { ok: true as const, call: { timeline: now } } : { ok: false as const, why: `no line ${request.line}` },
    );
  };
  http = await startServer(callReplayRoutes({ calls: new CallReader(db), simulate }), {
    tokens: [{ name: 'planner', token: 'planner', scopes: ['config:read', 'numbers:read'] }],
  });
});
afterEach(async () => {
  await http.stop();
  await db.destroy();
});

async function storeCall(id: string, given: { line?: string; direction?: 'incoming' | 'outgoing'; over?: 0 | 1 } = {}) {
  const { line = LINE, direction = 'incoming', over = 1 } = given;
  const summary = {
    line,
    direction,
    caller: '+420777888999',
    startedAt: START,
    answeredAt: START,
    endedAt: START,
    endedBy: 'caller',
    at: 'ended',
  };
  const flow = { id, kind: 'plan', program: 'p', state: '{}', over, started_at: START, updated_at: START };
  const withSummary = { ...flow, summary: JSON.stringify(summary) };
  await db.insertInto('flows').values(withSummary).execute();
  await db
    .insertInto('calls')
    .values({
      id,
      kind: 'plan',
      started_at: START,
      direction,
      line,
      over,
      outcome: over ? 'lost' : null,
      reason: null,
      queue: 12,
      waited_ms: 1000,
      agent_kind: null,
      agent: null,
      talk_ms: 0,
      ended_at: START,
      ended_by: 'caller',
      number: '420777888999',
      order_id: null,
    })
    .execute();
  const timeline: [string, object][] = [
    ['arrived', {}],
    ['action', { action: 'menu', at: 'lines/1/plan/0' }],
    ['prompt', { prompts: [1], heard_ms: 100, outcome: 'interrupted' }],
    ['input', { digits: '1', ended: 'max' }],
    ['queued', { queue: 12, label: 'x' }],
    ['queue_left', { result: 'gone' }],
  ];
  for (const [seq, [kind, data]] of timeline.entries())
    await db
      .insertInto('timeline')
      .values({ flow_id: id, seq, at: START, kind, data: JSON.stringify(data) })
      .execute();
}

async function ask(path: string, init: RequestInit = { headers: asAdmin }) {
  const response = await fetch(`${http.url}/api/v1/calls/${path}`, init);
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}
const replay = (id: string, headers: Record<string, string> = asAdmin) =>
  ask(`${id}/replay`, { method: 'POST', headers });

test('a call is exported with what the simulator needs to repeat it', async () => {
  await storeCall('c_1');
  const { headers, body } = await ask('c_1/fixture');
  expect(headers.get('content-disposition')).toBe('attachment; filename="call.json"');
  expect(body).toEqual({
    format: 1,
    request: { line: LINE, keys: '1', at: '2026-11-21T10:00:00.000Z', caller: '+420777888999', stub: [] },
    course: COURSE,
  });
});

test('a call is repeated on the plan as it is now', async () => {
  await storeCall('c_1');
  expect((await replay('c_1')).body).toEqual({ recorded: COURSE, now: COURSE, differs_at: null });
  expect(simulated).toEqual([
    { line: LINE, keys: '1', at: '2026-11-21T10:00:00.000Z', caller: '+420777888999', stub: [] },
  ]);
  now = [...COURSE.slice(0, 2), { kind: 'hang_up', data: { by: 'plan' } }];
  expect((await replay('c_1')).body).toMatchObject({ now, differs_at: 2 });
});

test('what cannot be repeated is refused with its reason', async () => {
  await storeCall('c_out', { direction: 'outgoing' });
  await storeCall('c_now', { over: 0 });
  await storeCall('c_gone', { line: '+420999888777' });
  expect(await replay('c_none')).toMatchObject({ status: 404 });
  expect(await replay('c_out')).toMatchObject({ status: 409, body: { code: 'not_replayable' } });
  expect(await replay('c_now')).toMatchObject({ status: 409, body: { code: 'call_running' } });
  expect(await ask('c_out/fixture')).toMatchObject({ status: 409 });
  expect(await replay('c_gone')).toMatchObject({ status: 422, body: { detail: 'params.id: no line +420999888777' } });
});

test('an erased call is not repeated', async () => {
  await storeCall('c_1');
  await db.deleteFrom('timeline').execute();
  const erased = { flow_id: 'c_1', seq: 9, at: START, kind: 'erased', data: '{}' };
  await db.insertInto('timeline').values(erased).execute();
  expect(await replay('c_1')).toMatchObject({ status: 409, body: { code: 'not_replayable' } });
  expect(await ask('c_1/fixture')).toMatchObject({ status: 409 });
  expect(simulated).toEqual([]);
});

test('it needs the rights to read calls and to see numbers', async () => {
  await storeCall('c_1');
  const headers = { authorization: `Bearer ${READER}` };
  expect(await ask('c_1/fixture', { headers })).toMatchObject({ status: 403, body: { code: 'scope_missing' } });
  expect(await replay('c_1', headers)).toMatchObject({ status: 403 });
  expect(await replay('c_1', { authorization: 'Bearer planner' })).toMatchObject({
    status: 403,
    body: { params: { scope: 'calls:read' } },
  });
  expect(simulated).toEqual([]);
});
