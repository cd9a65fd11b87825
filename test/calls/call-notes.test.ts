import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CallHistory } from '../../src/calls/call-history.js';
import { callNoteRoutes } from '../../src/calls/call-note-routes.js';
import { CallNotes } from '../../src/calls/call-notes.js';
import { customerRoutes, type KnownCustomer } from '../../src/calls/customer-routes.js';
import { CallReader } from '../../src/calls/reader.js';
import { callRoutes } from '../../src/calls/routes.js';
import { purgeCalls } from '../../src/calls/purge-calls.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { SqlFlowStore } from '../../src/storage/flow-store.js';
import { telfaWebhooks } from '../../src/integrations/telfa/webhooks.js';
import { webhookSchema } from '../../src/webhooks/schema.js';
import { webhookFanout } from '../../src/webhooks/webhook-fanout.js';
import { asAdmin, asPerson, READER, startServer, type TestServer } from '../http/http-harness.js';

/** What people write about calls, and what an operator sees about the other side of a call. */

const NOW = Date.parse('2026-11-21T10:00:00Z');
const DAY = 86_400_000;
const CALLER = '+420777888999';

let db: Database;
let http: TestServer;
let customer: KnownCustomer | null;
let looked: string[];
let taking: string[];
let woken: number;

const fanout = webhookFanout({
  subscribers: () => ({
    webhooks: [webhookSchema.parse({ name: 'crm', url: 'https://crm.example/', events: ['call_note'] })],
    callbacks: [],
    country: 'CZ',
    time_zone: 'Europe/Prague',
    profiles: {},
  }),
  setupOf: () => undefined,
  setups: { owed: () => null },
  contract: telfaWebhooks,
  onStored: () => {
    woken += 1;
  },
  onError: (error) => {
    throw error;
  },
});

beforeEach(async () => {
  db = await openDatabase(':memory:');
  [customer, looked, taking] = [null, [], []];
  woken = 0;
  const history = new CallHistory(db);
  const operator = (name: string, id: number, more: string[] = []) => ({
    name: `@${name}`,
    scopes: ['calls:read', 'operators:read', ...more] as never,
    operator: { id, handset: name },
  });
  http = await startServer(
    [
      ...callNoteRoutes({
        notes: new CallNotes({ db, fanout, clock: new VirtualClock(NOW) }),
        history,
        takesPart: (call, handset) => taking.includes(`${call} ${handset}`),
      }),
      ...customerRoutes({
        history,
        findCustomer: (number) => {
          looked.push(number);
          return Promise.resolve(customer);
        },
      }),
      ...callRoutes({ calls: new CallReader(db), country: () => 'CZ', record: () => Promise.resolve() }),
    ],
    {
      people: [
        { ...operator('eva', 1, ['numbers:read']), name: 'eva' },
        { ...operator('jan', 2), name: 'jan' },
        { ...operator('petr', 3, ['calls:control']), name: 'petr' },
      ],
    },
  );
});
afterEach(async () => {
  await http.stop();
  await db.destroy();
});

async function storeCall(id: string, more: { handset?: string; over?: boolean; caller?: string; at?: number } = {}) {
  const { handset = 'eva', over = true, caller = CALLER, at = NOW } = more;
  await new SqlFlowStore(db, { deliveries: () => [], stored: () => undefined }).commit([
    {
      flowId: id,
      at,
      step: {
        kind: 'plan',
        startedAt: at,
        program: { hash: 'h', body: {} },
        state: {},
        pending: [],
        summary: {
          line: '+420222333444',
          caller,
          direction: 'incoming',
          startedAt: at,
          answeredAt: at,
          endedAt: over ? at : null,
          endedBy: over ? 'caller' : null,
          at: 'enqueue',
          outcome: over
            ? {
                name: 'answered' as const,
                reason: null,
                queue: 1,
                waitedMs: 0,
                talkMs: 1000,
                agent: { handset },
                endedAt: at,
                endedBy: 'caller',
              }
            : undefined,
        },
        over,
      },
      log: [{ seq: 0, at, kind: 'queue_answered', data: { queue: 1, handset } }],
    },
  ]);
}

type Who = Record<string, string>;

async function request(method: string, path: string, who: Who, body?: object) {
  const response = await fetch(`${http.url}/api/v1/calls${path}`, {
    method,
    headers: { ...who, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}
const write = (id: string, text: string, who: Who, replaces?: string | null) =>
  request('PUT', `/${id}/note`, who, { text, replaces });
const read = (id: string, who: Who) => request('GET', `/${id}/note`, who);

describe('who may write', () => {
  test('the operator who talked, also while the call is running, and who may control calls', async () => {
    await storeCall('c_1', { over: false });
    const written = await write('c_1', 'wants the red one', asPerson('eva'));
    expect(written).toMatchObject({ status: 200, body: { note: { text: 'wants the red one', by: '@eva' } } });
    await storeCall('c_1');
    expect((await read('c_1', asPerson('jan'))).body).toMatchObject({ note: { by: '@eva' }, may_write: false });
    expect((await write('c_1', 'other', asPerson('jan'))).status).toBe(403);
    expect((await write('c_1', 'other', asPerson('petr'))).status).toBe(200);
    expect((await write('c_1', 'by a program', asAdmin)).status).toBe(200);
    expect((await write('c_1', 'x', { authorization: `Bearer ${READER}` })).status).toBe(403);
    expect((await write('c_none', 'x', asAdmin)).status).toBe(404);
  });

  test('the operator whose handset rings or calls now', async () => {
    await storeCall('c_1', { handset: 'eva', over: false });
    taking.push('c_1 jan');
    expect((await write('c_1', 'mine', asPerson('jan'))).status).toBe(200);
  });

  test('who does not see the digits of a note does not replace it', async () => {
    await storeCall('c_1', { handset: 'jan' });
    await write('c_1', 'call 777 888 999', asAdmin);
    const seen = await read('c_1', asPerson('jan'));
    expect(seen.body).toMatchObject({ may_write: false });
    expect(JSON.stringify(seen.body)).not.toContain('888');
    expect((await write('c_1', 'lost', asPerson('jan'))).status).toBe(403);
    await write('c_1', '', asAdmin);
    // Their own text they see as they wrote it.
    await write('c_1', 'said 777 888 999', asPerson('jan'));
    expect((await read('c_1', asPerson('jan'))).body).toMatchObject({
      note: { text: 'said 777 888 999' },
      may_write: true,
    });
  });
});

test('a text that somebody else has changed meanwhile is refused, with the present one', async () => {
  await storeCall('c_1');
  const first = await write('c_1', 'first', asPerson('eva'), null);
  const { at } = first.body['note'] as unknown as { at: string };
  expect((await write('c_1', 'second', asPerson('petr'), at)).status).toBe(200);
  const refused = await write('c_1', 'first, and more', asPerson('eva'), at);
  expect(refused).toMatchObject({
    status: 412,
    body: { code: 'changed_meanwhile', note: { text: 'second', by: '@petr' } },
  });
  expect((await write('c_1', 'new', asPerson('eva'), null)).status).toBe(412);
});

test('an empty text removes the note; changes of the notes of others are in the audit log, without the text', async () => {
  await storeCall('c_1');
  await write('c_1', 'secret words', asPerson('eva'));
  await write('c_1', 'own change', asPerson('eva'));
  expect(await db.selectFrom('audit').selectAll().execute()).toEqual([]);
  await write('c_1', '', asPerson('petr'));
  expect((await read('c_1', asAdmin)).body).toMatchObject({ note: null });
  const [entry, ...others] = await db.selectFrom('audit').selectAll().execute();
  expect(entry).toMatchObject({ action: 'call_note_changed', subject: 'c_1', detail: '{"by":"@eva"}' });
  expect(others).toEqual([]);
});

test('notes are in the list, found by their words, filtered and exported', async () => {
  await storeCall('c_1');
  await storeCall('c_2', { at: NOW + 1 });
  await write('c_1', 'Chce ČERVENÝ svetr', asPerson('eva'));
  const ids = async (query: string, who: Who = asAdmin) =>
    ((await request('GET', `?${query}`, who)).body['calls'] as unknown as { id: string }[]).map(({ id }) => id);
  expect(await ids('q=cerveny')).toEqual(['c_1']);
  expect(await ids('has_note=true')).toEqual(['c_1']);
  expect(await ids('has_note=false')).toEqual(['c_2']);
  expect((await request('GET', '/c_1', asAdmin)).body).toMatchObject({
    note: { text: 'Chce ČERVENÝ svetr', by: '@eva' },
  });
  const csv = await (await fetch(`${http.url}/api/v1/calls.csv?has_note=true`, { headers: asAdmin })).text();
  expect(csv.split('\r\n')[0]).toMatch(/,note,note_by$/);
  expect(csv).toContain('Chce ČERVENÝ svetr,eva');
  await write('c_1', '', asPerson('eva'));
  expect(await ids('has_note=true')).toEqual([]);
});

describe('the event call_note', () => {
  test('has the text once it has settled, in place of each state of it', async () => {
    await storeCall('c_1');
    await write('c_1', 'wa', asPerson('eva'));
    await write('c_1', 'wants the red one', asPerson('eva'));
    const [row, ...others] = await db.selectFrom('webhook_deliveries').selectAll().execute();
    expect(others).toEqual([]);
    expect(JSON.parse(row?.body ?? '{}')).toMatchObject({ call_id: 'c_1', note: 'wants the red one', by: '@eva' });
    expect(row?.due_at).toBeGreaterThan(NOW);
    expect(woken).toBe(2);
  });

  test('is sent again when the text changes after a delivery', async () => {
    await storeCall('c_1');
    await write('c_1', 'first', asPerson('eva'));
    await db.updateTable('webhook_deliveries').set({ state: 'delivered', due_at: null }).execute();
    await write('c_1', 'second', asPerson('eva'));
    const rows = await db.selectFrom('webhook_deliveries').select(['state', 'seq']).orderBy('id').execute();
    expect(rows).toEqual([
      { state: 'delivered', seq: 1 },
      { state: 'waiting', seq: 2 },
    ]);
  });
});

describe('what is known about the other side', () => {
  const customerOf = (id: string, who: Who) => request('GET', `/${id}/customer`, who);

  beforeEach(async () => {
    await storeCall('c_old', { at: NOW - 2 * DAY });
    await storeCall('c_older', { at: NOW - 3 * DAY, handset: 'jan' });
    await storeCall('c_other', { caller: '+420602111222' });
    await storeCall('c_now', { over: false });
    await write('c_old', 'call 777 888 999 on Monday', asAdmin);
    customer = {
      name: 'Jana Nováková',
      url: 'https://shop.example/customers/5',
      orders: [{ id: '1004', status: 'odeslaná', url: 'https://shop.example/orders/1004', total: '1 000 Kč' }],
    };
  });

  test('name and orders, the last calls and notes', async () => {
    expect((await customerOf('c_now', asPerson('eva'))).body).toMatchObject({
      name: 'Jana Nováková',
      orders: [{ id: '1004', status: 'odeslaná', url: 'https://shop.example/orders/1004' }],
      calls: [
        { id: 'c_old', direction: 'incoming', outcome: 'answered', agent: { handset: 'eva' } },
        { id: 'c_older', agent: { handset: 'jan' } },
      ],
      notes: [{ call_id: 'c_old', text: 'call 777 888 999 on Monday', by: 'admin' }],
    });
    expect(looked).toEqual([CALLER]);
  });

  test('without the right to see numbers: everything but the number, the name and the addresses', async () => {
    const { body } = await customerOf('c_now', asPerson('jan'));
    expect(body).toMatchObject({
      name: null,
      url: null,
      orders: [{ status: 'odeslaná', url: null }],
      calls: [{ id: 'c_old' }, { id: 'c_older' }],
      notes: [{ call_id: 'c_old' }],
    });
    const text = JSON.stringify(body);
    for (const secret of ['888', '777', 'Jana', '1004', 'shop.example']) expect(text).not.toContain(secret);
    expect(text).toContain('on Monday');
  });

  test('nothing about a withheld number, and 404 for an unknown call', async () => {
    await storeCall('c_hidden', { caller: '' });
    await storeCall('c_hidden2', { caller: '' });
    expect((await customerOf('c_hidden', asAdmin)).body).toEqual({
      name: null,
      url: null,
      orders: [],
      calls: [],
      notes: [],
    });
    expect(looked).toEqual([]);
    expect((await customerOf('c_none', asAdmin)).status).toBe(404);
  });
});

test('a note goes with its call', async () => {
  await storeCall('c_1', { at: NOW - 10 * DAY });
  await write('c_1', 'old', asAdmin);
  await db.updateTable('webhook_deliveries').set({ state: 'delivered' }).execute();
  await purgeCalls({ db, keepDays: () => 5 }).run(NOW);
  expect(await db.selectFrom('flows').select('id').execute()).toEqual([]);
  expect(await db.selectFrom('call_notes').select('call_id').execute()).toEqual([]);
});
