import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bridgeFlow } from '../../src/masked-bridges/flow.js';
import type { BridgeRequest } from '../../src/masked-bridges/port.js';
import { BridgeReader } from '../../src/masked-bridges/reader.js';
import { bridgeRoutes } from '../../src/masked-bridges/routes.js';
import { BridgeService } from '../../src/masked-bridges/service.js';
import { FlowRuntime } from '../../src/kernel/runtime.js';
import type { TelephonyEvent } from '../../src/telephony/telephony.js';
import type { TelephonyEffect } from '../../src/telephony/telephony.js';
import { OrderBook } from '../../src/orders/order-book.js';
import { companySchema } from '../../src/company/company.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { SqlFlowStore } from '../../src/storage/flow-store.js';
import { IdempotencyKeys } from '../../src/storage/idempotency-keys.js';
import { asAdmin, READER, startServer, type TestServer } from '../http/http-harness.js';
import { CLIENT, DRIVER, LINE, START } from './bridge-harness.js';

const ASKED = {
  order_id: '1001',
  initiator: 'client',
  a: { phone: '777 888 999', role: 'client' },
  b: { phone: DRIVER, role: 'driver' },
};

let db: Database;
let http: TestServer;
let runtime: FlowRuntime<TelephonyEvent, TelephonyEffect>;
let asterisk: { usable: boolean };
let dialled: string[];
let service: BridgeService;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  asterisk = { usable: true };
  dialled = [];
  const clock = new VirtualClock(START);
  const nothing = {
    lane: 'phone' as const,
    perform: () => Promise.resolve(undefined),
    recover: () => Promise.resolve(undefined),
  };
  runtime = new FlowRuntime<TelephonyEvent, TelephonyEffect>({
    store: new SqlFlowStore(db),
    clock,
    flows: [bridgeFlow],
    handlers: new Proxy({} as never, {
      get: (_, type) =>
        type !== 'dial'
          ? nothing
          : {
              ...nothing,
              perform: ({ to }: { to: { number: string } }) => {
                dialled.push(to.number);
                return Promise.resolve(undefined);
              },
            },
    }),
    inspect: () => Promise.resolve({ channels: {}, playbacks: [] }),
    onError: (where, error) => expect.unreachable(`${where}: ${String(error)}`),
  });
  await runtime.start();
  await runtime.resume('gateway_restart');
  const company = companySchema.parse({
    version: 1,
    dial_policy: { countries: ['CZ'], deny: ['+42090'] },
    callbacks: [{ name: 'dispatch', url: 'https://dispatch.example/hooks' }],
    lines: [
      { number: LINE, plan: ['hang_up'] },
      { number: '+420222333445', plan: ['hang_up'] },
    ],
  });
  const reader = new BridgeReader(db);
  service = new BridgeService({
    runtime,
    reader,
    asterisk,
    clock,
    maxCalls: 3,
    orders: new OrderBook(db),
    company: () => company,
    hasPrompt: (id) => Promise.resolve(id === 70),
  });
  http = await startServer(bridgeRoutes(service, reader, new IdempotencyKeys(db)));
});
afterEach(async () => {
  await http.stop();
  await runtime.idle();
  await runtime.stop();
  await db.destroy();
});

interface Answered {
  status: number;
  body: Record<string, unknown> & { errors?: { field: string }[] };
}

async function ask(
  method: string,
  path = '',
  body?: unknown,
  headers: Record<string, string> = asAdmin,
): Promise<Answered> {
  const response = await fetch(`${http.url}/api/v1/bridges${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Answered['body'] };
}

const post = (body: unknown = ASKED, headers = {}) => ask('POST', '', body, { ...asAdmin, ...headers });

describe('POST /api/v1/bridges', () => {
  it('calls A and returns the status, with the number of the line only', async () => {
    const { status, body } = await post({ ...ASKED, metadata: { tariff: 'city' } });
    expect([status, body]).toMatchObject([
      202,
      { order_id: '1001', state: 'queued', failed: null, line: LINE, bridged_at: null, metadata: { tariff: 'city' } },
    ]);
    await runtime.idle();
    expect(dialled).toEqual([CLIENT]);
    const found = await ask('GET', `/${String(body['bridge_id'])}`);
    expect(found).toMatchObject({ status: 200, body: { bridge_id: body['bridge_id'] } });
    for (const number of [CLIENT, DRIVER]) expect(JSON.stringify(found)).not.toContain(number.slice(4));
  });

  it('shows the parties on request, with masked numbers to those who may not see them', async () => {
    const id = String((await post()).body['bridge_id']);
    const parties = async (path: string, headers?: Record<string, string>) => {
      const { body } = await ask('GET', path, undefined, headers);
      const [bridge = body] = (body['bridges'] as Record<string, unknown>[] | undefined) ?? [];
      return [bridge['a'], bridge['b']];
    };
    const asReader = { authorization: `Bearer ${READER}` };
    for (const [path, all] of [
      [`/${id}`, `/${id}?numbers=true`],
      ['', '?numbers=true'],
    ] as const) {
      expect(await parties(path)).toEqual([{ role: 'client' }, { role: 'driver' }]);
      expect(await parties(all)).toEqual([
        { phone: CLIENT, role: 'client' },
        { phone: DRIVER, role: 'driver' },
      ]);
      expect(await parties(all, asReader)).toEqual([
        { phone: '+••••••••••99', role: 'client' },
        { phone: '+••••••••••22', role: 'driver' },
      ]);
    }
  });

  it('stores the parties of the order, so that either can call back', async () => {
    await post({ ...ASKED, initiator: 'driver', a: ASKED.b, b: ASKED.a, line: '222 333 445' });
    const order = await new OrderBook(db).find('1001', START);
    expect(order).toMatchObject({ client: CLIENT, driver: DRIVER, line: '+420222333445', active: true });
    expect(dialled).toEqual([DRIVER]);
  });

  it.each([
    ['order_id', { order_id: '' }],
    ['order_id', { order_id: undefined }],
    ['initiator', { initiator: 'boss' }],
    ['a.role', { initiator: 'driver' }],
    ['a.phone', { a: { phone: 'abc', role: 'client' } }],
    ['a.phone', { a: { phone: '112', role: 'client' } }],
    ['a.phone', { a: { phone: '+4207778889991', role: 'client' } }],
    ['b.phone', { b: { phone: '777888999', role: 'driver' } }],
    ['b.role', { b: { phone: DRIVER, role: 'client' } }],
    ['line', { line: '+420999999999' }],
    ['ring_timeout_a_s', { ring_timeout_a_s: 4 }],
    ['ring_timeout_b_s', { ring_timeout_b_s: 121 }],
    ['max_duration_s', { max_duration_s: 5 }],
    ['confirm_digit', { confirm_digit: '12' }],
    ['wait_audio', { wait_audio: 'jazz' }],
    ['record.announce', { record: { announce: 71 } }],
    ['callback_url', { callback_url: 'https://evil.example/' }],
    ['metadata', { metadata: { nested: {} } }],
  ])('names %s when that is wrong, and calls nobody', async (field, wrong) => {
    const { status, body } = await post({ ...ASKED, ...wrong });
    expect(status).toBe(422);
    expect(body.errors?.map((error) => error.field).join(' ')).toContain(`body.${field}`);
    for (const number of [CLIENT, DRIVER, LINE]) expect(JSON.stringify(body)).not.toContain(`"${number}`);
    expect(dialled).toEqual([]);
  });

  it.each([
    ['premium rate', '+420900123456'],
    ['abroad', '+4917012345678'],
  ])('refuses numbers that the dial policy does not allow: %s', async (_what, phone) => {
    const { status, body } = await post({ ...ASKED, b: { phone, role: 'driver' } });
    expect([status, body.errors?.[0]?.field]).toEqual([403, 'body.b.phone']);
    expect(JSON.stringify(body)).not.toContain(phone.slice(5));
    expect(dialled).toEqual([]);
  });

  it('accepts a recording, a callback and a key', async () => {
    const more = { record: { announce: 70 }, callback_url: 'https://dispatch.example/hooks/7', confirm_digit: '1' };
    expect(await post({ ...ASKED, ...more })).toMatchObject({ status: 202 });
  });

  it('returns the running bridge, in either direction, also for simultaneous requests', async () => {
    const back = { ...ASKED, initiator: 'driver', a: ASKED.b, b: ASKED.a };
    const answers = await Promise.all([ASKED, back, ASKED, ASKED].map((body) => post(body)));
    expect(new Set(answers.map(({ body }) => body['bridge_id'])).size).toBe(1);
    expect(dialled).toHaveLength(1);
    const other = await post({ ...ASKED, order_id: '1002' });
    expect(other.body['bridge_id']).not.toBe(answers[0]?.body['bridge_id']);
    await ask('DELETE', `/${String(answers[0]?.body['bridge_id'])}`);
    const again = await post();
    expect(again.body['bridge_id']).not.toBe(answers[0]?.body['bridge_id']);
  });

  it('starts one bridge per Idempotency-Key, also when the key belongs to an existing bridge', async () => {
    const [first, key] = [await post(), { 'idempotency-key': 'k1' }];
    const same = await post(ASKED, key);
    expect(same.body['bridge_id']).toBe(first.body['bridge_id']);
    await ask('DELETE', `/${String(first.body['bridge_id'])}`);
    expect(await post(ASKED, key)).toMatchObject({
      status: 202,
      body: { bridge_id: first.body['bridge_id'], state: 'failed' },
    });
    expect(await post({ ...ASKED, order_id: '1002' }, key)).toMatchObject({ status: 409 });
    expect(dialled).toHaveLength(1);
  });

  it('reports that it is unavailable, and frees the key', async () => {
    const key = { 'idempotency-key': 'k1' };
    asterisk.usable = false;
    expect(await post(ASKED, key)).toMatchObject({ status: 503 });
    asterisk.usable = true;
    for (const order_id of ['1001', '1002', '1003'])
      await post({ ...ASKED, order_id }, { 'idempotency-key': order_id });
    expect(await post({ ...ASKED, order_id: '1004' })).toMatchObject({ status: 503 });
    expect(dialled).toHaveLength(3);
  });

  it('needs the scope calls:control', async () => {
    const reader = { authorization: `Bearer ${READER}` };
    expect(await ask('POST', '', ASKED, reader)).toMatchObject({ status: 403 });
    expect(await ask('POST', '', ASKED, {})).toMatchObject({ status: 401 });
    expect(await ask('GET', '', undefined, reader)).toMatchObject({ status: 200 });
  });
});

describe('bridges', () => {
  it('are listed newest first, page by page, by order', async () => {
    for (const order_id of ['1001', '1002', '1003']) await post({ ...ASKED, order_id });
    const seen: unknown[] = [];
    for (let cursor = ''; ;) {
      const { body } = await ask('GET', `?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...(body['bridges'] as { order_id: string }[]).map(({ order_id }) => order_id));
      if (typeof body['next'] !== 'string') break;
      cursor = body['next'];
    }
    expect(seen.sort()).toEqual(['1001', '1002', '1003']);
    const { body } = await ask('GET', '?order_id=1002&running=true');
    expect(body['bridges']).toMatchObject([{ order_id: '1002' }]);
  });

  it('can be ended repeatedly; an unknown one is not found', async () => {
    const id = String((await post()).body['bridge_id']);
    for (let times = 0; times < 2; times += 1)
      expect(await ask('DELETE', `/${id}`)).toMatchObject({
        status: 200,
        body: { state: 'failed', failed: { leg: 'a', reason: 'canceled', detail: null } },
      });
    expect(await ask('DELETE', '/b_none')).toMatchObject({ status: 404 });
    expect(await ask('GET', '/b_none')).toMatchObject({ status: 404 });
  });

  it('of another node are not ended while its gateway does not answer', async () => {
    const id = String((await post()).body['bridge_id']);
    await runtime.idle();
    const request = vi.spyOn(runtime, 'request').mockResolvedValue(undefined);
    expect(await ask('DELETE', `/${id}`)).toMatchObject({ status: 503, body: { title: 'Unavailable' } });
    request.mockRestore();
    expect(await ask('DELETE', `/${id}`)).toMatchObject({ status: 200, body: { state: 'failed' } });
    vi.spyOn(runtime, 'request').mockResolvedValue(undefined);
    expect(await ask('DELETE', `/${id}`)).toMatchObject({ status: 200, body: { state: 'failed' } });
  });

  it('are validated by the same rules for other features', async () => {
    const parties = { a: { phone: CLIENT, role: 'client' }, b: { phone: DRIVER, role: 'driver' } } as const;
    const request: BridgeRequest = { order_id: '7', initiator: 'client', ...parties };
    for (const [field, wrong] of [
      ['order_id', { order_id: ' ' }],
      ['a.role', { initiator: 'driver' }],
      ['ring_timeout_a_s', { ring_timeout_a_s: 0.5 }],
      ['metadata', { metadata: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`k${index}`, 1])) }],
    ] as const)
      expect(await service.start({ ...request, ...wrong })).toMatchObject({ ok: false, why: 'bad_request', field });
    expect(dialled).toEqual([]);
  });

  it('are returned for a repeated request with the same id', async () => {
    const request: BridgeRequest = {
      order_id: '7',
      initiator: 'client',
      a: { phone: CLIENT, role: 'client' },
      b: { phone: DRIVER, role: 'driver' },
    };
    expect(await service.start(request, 'b_mine')).toMatchObject({ ok: true, isNew: true, bridge: { id: 'b_mine' } });
    expect(await service.cancel('b_mine')).toBe('canceled');
    expect(await service.start(request, 'b_mine')).toMatchObject({
      ok: true,
      isNew: false,
      bridge: { state: 'failed' },
    });
  });
});
