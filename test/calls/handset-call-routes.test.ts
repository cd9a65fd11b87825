import { afterEach, beforeEach, expect, test } from 'vitest';
import { CallHistory } from '../../src/calls/call-history.js';
import { readNumber } from '../../src/calls/call-control.js';
import { handsetCallRoutes } from '../../src/calls/handset-call-routes.js';
import { HandsetCalls } from '../../src/calls/handset-calls.js';
import { companySchema } from '../../src/company/company.js';
import type { CallRequest } from '../../src/telephony/control.js';
import { IdempotencyKeys } from '../../src/storage/idempotency-keys.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import type { CallOutcomeName } from '../../src/telephony/call-outcome.js';
import type { Scope } from '../../src/http/route.js';
import { asAdmin, asPerson, startServer, type TestServer } from '../http/http-harness.js';

/** Calls from the own handset, and its last numbers. */

const NOW = Date.parse('2026-11-21T10:00:00Z');
const LINE = '+420222333444';
const SECOND_LINE = '+420222333555';
const company = companySchema.parse({
  version: 1,
  dial_policy: { countries: ['CZ'] },
  contacts: [{ name: 'Karel, courier', number: '602 111 222' }],
  lines: [
    { number: LINE, plan: ['answer'] },
    { number: SECOND_LINE, plan: ['answer'] },
  ],
});

let db: Database;
let http: TestServer;
let started: CallRequest[];

beforeEach(async () => {
  db = await openDatabase(':memory:');
  started = [];
  await db.insertInto('programs').values({ hash: 'p', body: '{}' }).execute();
  const person = (name: string, scopes: Scope[]) => ({ name, scopes, operator: { id: 1, handset: name } });
  http = await startServer(
    handsetCallRoutes({
      control: {
        call: (request) => {
          started.push(request);
          return Promise.resolve({ ok: true, callId: 'c_new' });
        },
      },
      keys: new IdempotencyKeys(db),
      calls: new HandsetCalls(db),
      history: new CallHistory(db),
      checkNumber: (text) => readNumber(text, company),
      company: () => company,
    }),
    {
      people: [
        person('eva', ['calls:read', 'operators:read', 'numbers:read']),
        person('jan', ['calls:read', 'operators:read']),
      ],
    },
  );
});
afterEach(async () => {
  await http.stop();
  await db.destroy();
});

interface Stored {
  number?: string;
  direction?: 'incoming' | 'outgoing';
  outcome?: CallOutcomeName;
  agent?: string | null;
  /** Handsets that rang. */
  rang?: string[];
  /** Handsets that talked. */
  talked?: string[];
  minutesAgo?: number;
  line?: string;
  kind?: string;
}

async function storeCall(id: string, stored: Stored): Promise<void> {
  const { number = '420777888999', direction = 'incoming', outcome = 'answered', agent = null, kind = 'plan' } = stored;
  const at = NOW - (stored.minutesAgo ?? 0) * 60_000;
  await db
    .insertInto('flows')
    .values({ id, kind, program: 'p', state: '{}', summary: '{}', over: 1, started_at: at, updated_at: at })
    .execute();
  await db
    .insertInto('calls')
    .values({
      id,
      kind,
      started_at: at,
      direction,
      line: stored.line ?? LINE,
      over: 1,
      outcome,
      reason: null,
      queue: 1,
      waited_ms: 0,
      agent_kind: agent === null ? null : 'handset',
      agent,
      talk_ms: 0,
      ended_at: at,
      number,
      ended_by: 'caller',
      order_id: null,
    })
    .execute();
  const entries = [
    ...(stored.rang ?? []).map((handset) => ({ kind: 'queue_ringing', data: { handset } })),
    ...(stored.talked ?? []).map((handset) => ({ kind: 'talking', data: { with: { handset } } })),
  ];
  for (const [seq, entry] of entries.entries())
    await db
      .insertInto('timeline')
      .values({ flow_id: id, seq, at, kind: entry.kind, data: JSON.stringify(entry.data) })
      .execute();
}

async function request(method: string, path: string, who: Record<string, string>, body?: object) {
  const response = await fetch(`${http.url}/api/v1${path}`, {
    method,
    headers: { ...who, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('calls a number from the own handset; from others only with calls:control', async () => {
  const call = (who: Record<string, string>) => request('POST', '/handsets/eva/call', who, { number: '777 888 999' });
  expect((await call(asPerson('eva'))).status).toBe(202);
  expect(started).toMatchObject([{ handset: 'eva', number: '777 888 999' }]);
  expect((await call(asPerson('jan'))).status).toBe(403);
  expect((await call(asAdmin)).status).toBe(202);
});

test('calls the other side of a call, whose number the operator does not know, over the line of that call', async () => {
  await storeCall('c_1', { line: SECOND_LINE });
  await storeCall('c_hidden', { number: '' });
  const back = (id: string, more = {}) =>
    request('POST', '/handsets/jan/call', asPerson('jan'), { call_id: id, ...more });
  const answer = await back('c_1');
  expect(answer).toEqual({ status: 202, body: { call_id: 'c_new' } });
  expect(started).toMatchObject([{ handset: 'jan', number: '+420777888999', line: SECOND_LINE }]);
  expect((await back('c_hidden')).status).toBe(409);
  expect((await back('c_none')).status).toBe(404);
  expect((await back('c_1', { number: '1' })).status).toBe(422);
});

test('the last numbers of a handset: one entry for each, the newest call first', async () => {
  await storeCall('c_old', { minutesAgo: 50, agent: 'eva', talked: ['eva'] });
  await storeCall('c_missed', { minutesAgo: 40, outcome: 'lost', rang: ['eva', 'jan'] });
  await storeCall('c_elsewhere', {
    minutesAgo: 30,
    number: '420602111222',
    agent: 'jan',
    rang: ['eva'],
    talked: ['jan'],
  });
  await storeCall('c_out', {
    minutesAgo: 20,
    number: '420602333444',
    direction: 'outgoing',
    outcome: 'busy',
    agent: 'eva',
  });
  await storeCall('c_passed', { minutesAgo: 10, number: '420602555666', agent: 'jan', talked: ['jan', 'eva'] });
  await storeCall('c_other', { minutesAgo: 5, number: '420602777888', agent: 'jan', talked: ['jan'] });
  await storeCall('c_bridge', { minutesAgo: 4, number: '420602999000', kind: 'bridge', talked: ['eva'] });
  await storeCall('c_withheld', { minutesAgo: 3, number: '', agent: 'eva' });
  const { body } = await request('GET', '/handsets/eva/calls', asPerson('eva'));
  expect(body['calls']).toMatchObject([
    { call_id: 'c_passed', result: 'talked' },
    { call_id: 'c_out', direction: 'outgoing', result: 'unanswered' },
    { call_id: 'c_elsewhere', result: 'elsewhere', name: 'Karel, courier' },
    { call_id: 'c_missed', number: '+420777888999', result: 'missed', name: null },
  ]);
  expect((await request('GET', '/handsets/eva/calls?limit=1', asPerson('eva'))).body['calls']).toHaveLength(1);
  expect((await request('GET', '/handsets/eva/calls', asPerson('jan'))).status).toBe(403);
});

test('without the right to see numbers, the last calls have neither numbers nor names', async () => {
  await storeCall('c_1', { number: '420602111222', agent: 'jan', talked: ['jan'] });
  const { body } = await request('GET', '/handsets/jan/calls', asPerson('jan'));
  expect(body['calls']).toMatchObject([{ call_id: 'c_1', name: null, result: 'talked' }]);
  expect(JSON.stringify(body)).not.toMatch(/602|111|Karel/);
});

test('numbers are checked by the rules of the dial policy', async () => {
  const numbers = ['777 888 999', '+49 1511 2345678', 'nobody'];
  const { body } = await request('POST', '/dial-checks', asPerson('eva'), { numbers });
  expect(body['checks']).toMatchObject([
    { number: '777 888 999', allowed: true, why: null },
    { allowed: false, why: 'refused' },
    { allowed: false, why: 'bad_number' },
  ]);
  expect((await request('POST', '/dial-checks', asPerson('jan'), { numbers })).status).toBe(403);
});
