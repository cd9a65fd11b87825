import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { orderStatuses } from '../../src/orders/status.js';
import { StubGateway } from './dispatch-gateway.js';
import { startDispatch, type ShopProcess } from './shop-process.js';

/** The sample dispatch as a process, beside a gateway that takes down what it is asked. */

const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const NOTIFY = '/integration/gootaxpro/notify';
const JANA = { phone: '777 888 999', name: 'Jana', surname: 'Nováková', from: 'Nádražní 12', to: 'Letiště' };
const SECRETS = { GATEWAY_API_KEY: 'of-the-api', DISPATCH_INFORMER_TOKEN: 'of-the-informer' };

let dir: string;
let gateway: StubGateway;
let dispatch: ShopProcess;

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-dispatch-'));
  gateway = await StubGateway.start(KEY);
  await open();
});

afterEach(async () => {
  await dispatch.stop();
  await gateway.stop();
  await rm(dir, { recursive: true, force: true });
});

async function open(env: Record<string, string> = {}): Promise<void> {
  dispatch = await startDispatch({
    WEBHOOK_DISPATCH_KEY: KEY,
    DISPATCH_STATE: path.join(dir, 'dispatch.json'),
    GATEWAY_URL: gateway.url,
    ...SECRETS,
    ...env,
  });
}

async function reopen(env: Record<string, string> = {}): Promise<void> {
  await dispatch.stop();
  await open(env);
}

interface Order {
  id: string;
  status: string;
  delivery: string;
  next: string[];
  live: boolean;
  notification: Record<string, unknown> | null;
  connection: Record<string, unknown> | null;
}

interface Panel {
  orders: Order[];
  news: { kind: string; order?: string; [word: string]: unknown }[];
  rides: string[];
  statuses: string[];
  demo: { order: string; left: number } | null;
}

interface App {
  order: { id: string; status: string; connection: { state: string; byMe: boolean } | null } | null;
  orders: { id: string }[];
}

/** What a browser sees, as soon as it is so. */
async function sees<V>(so: (view: V) => boolean, query = ''): Promise<V> {
  const response = await fetch(`${dispatch.url}/events${query}`, { signal: AbortSignal.timeout(20_000) });
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString('utf8');
    const messages = text.split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const view = JSON.parse(/^data: (.*)$/m.exec(message)?.[1] ?? '{}') as V;
      if (so(view)) return view;
    }
  }
  throw new Error('the dispatch ended the stream');
}

const now = () => sees<Panel>(() => true);
const panelShows = (so: (panel: Panel) => boolean) => sees<Panel>(so);

async function post(address: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${dispatch.url}${address}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** An order of which the gateway knows. */
async function order(fields: Record<string, unknown> = {}): Promise<string> {
  const { status, body } = await post('/orders', { ...JANA, driver: 'd1', minutes: '5', ...fields });
  expect(status).toBe(200);
  const id = String(body['id']);
  await panelShows(({ orders }) => orders.some((each) => each.id === id && each.delivery === 'sent'));
  return id;
}

describe('statuses', () => {
  it('are the fourteen of the gateway, each reachable by the usual steps', async () => {
    const { statuses } = await now();
    expect(statuses).toEqual([...orderStatuses]);
    const id = await order();
    const reached = new Set(['new']);
    for (const status of statuses) {
      expect((await post('/status', { id, status })).status).toBe(200);
      const panel = await panelShows(({ orders }) => orders[0]?.status === status && orders[0].delivery === 'sent');
      for (const next of panel.orders[0]?.next ?? []) reached.add(next);
      expect(panel.orders[0]?.live).toBe((panel.orders[0]?.next.length ?? 0) > 0);
    }
    expect([...reached].sort()).toEqual([...orderStatuses].sort());
  });

  it('are sent to the gateway one after another, each once and complete', async () => {
    const id = await order();
    for (const status of ['accepted', 'arrived', 'arrived']) await post('/status', { id, status });
    await panelShows(({ orders }) => orders[0]?.status === 'arrived' && orders[0].delivery === 'sent');
    const notified = gateway.requestsTo(NOTIFY);
    expect(notified.map(({ body }) => body['status'])).toEqual(['new', 'accepted', 'arrived']);
    expect(notified[2]?.headers['api-key']).toBe('of-the-informer');
    expect(notified[2]?.body).toEqual({
      id,
      status: 'arrived',
      phone: '+420777888999',
      line: '+420222333555',
      address: 'Nádražní 12',
      car_time: 5,
      car_mark: 'Škoda',
      car_model: 'Octavia',
      car_color: 'white',
      car_number: '1AB2345',
      driver_phone: '+420608111222',
    });
  });

  it('that the gateway rejected are shown as such, and are sent again on request', async () => {
    gateway.status = 500;
    gateway.answer = { detail: 'the database is locked' };
    const { body } = await post('/orders', JANA);
    const { news } = await panelShows(({ orders }) => orders[0]?.delivery === 'not_sent');
    expect(news[0]).toMatchObject({
      kind: 'not_sent',
      order: body['id'],
      status: 500,
      detail: 'the database is locked',
    });
    gateway.status = 202;
    await post('/resend', { id: body['id'] });
    await panelShows(({ orders }) => orders[0]?.delivery === 'sent');
    expect(gateway.requestsTo(NOTIFY)).toHaveLength(2);
  });

  it('survive a restart', async () => {
    const id = await order();
    await post('/status', { id, status: 'accepted' });
    await reopen();
    expect((await now()).orders).toMatchObject([{ id, status: 'accepted', name: 'Jana' }]);
  });
});

describe('the demonstration', () => {
  it('plays rides that together contain every status', async () => {
    await reopen({ DISPATCH_DEMO_S: '0.02' });
    const { rides } = await now();
    for (const ride of rides) {
      expect((await post('/demo', { ride })).status).toBe(200);
      await panelShows(
        ({ demo, orders }) => demo === null && orders.every(({ live, delivery }) => !live && delivery === 'sent'),
      );
    }
    const notified = new Set(gateway.requestsTo(NOTIFY).map(({ body }) => body['status']));
    expect([...notified].sort()).toEqual([...orderStatuses].sort());
    expect((await post('/demo', { ride: 'toString' })).status).toBe(422);
  });

  it('stops on request, and when the order has ended', async () => {
    await reopen({ DISPATCH_DEMO_S: '600' });
    await post('/demo', { ride: 'smooth' });
    expect((await now()).demo).toMatchObject({ left: 4 });
    await post('/demo', { ride: null });
    expect((await now()).demo).toBeNull();
    await post('/demo', { ride: 'slow' });
    await post('/status', { id: (await now()).demo?.order, status: 'client_refused' });
    expect((await now()).demo).toBeNull();
  });
});

describe('apps', () => {
  it('request a masked bridge; the requesting party is called first', async () => {
    const id = await order();
    gateway.answer = { bridge_id: 'b_1', order_id: '7001', state: 'queued' };
    expect(await post('/connect', { id, as: 'driver' })).toEqual({ status: 202, body: { ok: true } });
    const [requests] = gateway.requestsTo('/api/v1/bridges');
    expect(requests?.headers.authorization).toBe('Bearer of-the-api');
    expect(requests?.headers['idempotency-key']).toMatch(/\S{16}/);
    expect(requests?.body).toEqual({
      order_id: id,
      initiator: 'driver',
      line: '+420222333555',
      a: { phone: '+420608111222', role: 'driver' },
      b: { phone: '+420777888999', role: 'client' },
    });
  });

  it('ask over the compatible route when that is set', async () => {
    await reopen({ DISPATCH_CONNECT_PATH: '/integration/gootaxpro/connect' });
    const id = await order();
    await post('/connect', { id, as: 'client' });
    const [requests] = gateway.requestsTo('/integration/gootaxpro/connect');
    expect(requests?.headers['api-key']).toBe('of-the-informer');
    expect(requests?.body).toMatchObject({
      id,
      initiator: 'client',
      client_phone: '+420777888999',
      driver_phone: '+420608111222',
    });
  });

  it('see its progress, each from their own side, without numbers', async () => {
    const id = await order();
    gateway.answer = { bridge_id: 'b_1', order_id: '7001', state: 'queued' };
    await post('/connect', { id, as: 'client' });
    for (const state of ['dialing_a', 'dialing_b', 'bridged'])
      expect(
        await gateway.sendWebhook(dispatch.url, 'bridge', { bridge_id: 'b_1', order_id: id, state, failed: null }),
      ).toBe(200);
    for (const [as, byMe] of [
      ['client', true],
      ['driver', false],
    ] as const) {
      const app = await sees<App>(() => true, `?as=${as}&order=${id}`);
      expect(app.order?.connection).toMatchObject({ state: 'bridged', byMe });
      expect(JSON.stringify(app)).not.toMatch(/608.?111|777.?888|222333555/);
    }
  });

  it('hear why not: without a driver, after the end, without the gateway', async () => {
    const id = await order({ driver: '' });
    expect((await post('/connect', { id, as: 'client' })).body).toEqual({ ok: false, reason: 'no_driver' });
    expect((await post('/connect', { id: '1', as: 'client' })).body).toEqual({ ok: false, reason: 'no_order' });
    expect((await post('/connect', { id, as: 'boss' })).status).toBe(422);
    await post('/orders', { id, ...JANA, driver: 'd2' });
    gateway.status = 422;
    gateway.answer = { detail: 'b.phone: not allowed' };
    expect((await post('/connect', { id, as: 'client' })).body).toEqual({ ok: false, reason: 'gateway' });
    expect((await now()).news[0]).toMatchObject({ kind: 'not_connected', detail: 'b.phone: not allowed' });
    await post('/status', { id, status: 'no_driver' });
    expect((await post('/connect', { id, as: 'client' })).body).toEqual({ ok: false, reason: 'over' });
  });
});

describe('webhooks', () => {
  it('show what became of a notification, and the key that was pressed', async () => {
    const id = await order();
    const result = {
      notification_id: 'n_1',
      order_id: id,
      result: 'delivered',
      attempts: [{ number: 1 }, { number: 2 }],
      digit: '2',
      action: 'connect_operator',
    };
    expect(await gateway.sendWebhook(dispatch.url, 'notification', result)).toBe(200);
    const { orders, news } = await now();
    expect(orders[0]?.notification).toEqual({
      result: 'delivered',
      attempts: 2,
      digit: '2',
      action: 'connect_operator',
    });
    expect(news[0]).toMatchObject({ kind: 'notification', order: id, digit: '2' });
  });

  it('a key that cancels ends the order and reports it to the gateway; a repeated event changes nothing', async () => {
    const id = await order();
    const result = { order_id: id, result: 'delivered', attempts: [{ number: 1 }], digit: '9', action: 'cancel_order' };
    await gateway.sendWebhook(dispatch.url, 'notification', result, 'e-cancel');
    await panelShows(({ orders }) => orders[0]?.status === 'client_refused' && orders[0].delivery === 'sent');
    expect(gateway.requestsTo(NOTIFY).map(({ body }) => body['status'])).toEqual(['new', 'client_refused']);
    const { news } = await now();
    await reopen();
    expect(await gateway.sendWebhook(dispatch.url, 'notification', result, 'e-cancel')).toBe(200);
    expect((await now()).news).toEqual(news);
  });

  it('an older state of a bridge that comes late does not take it back', async () => {
    const id = await order();
    const state = (of: string, seq: number) =>
      gateway.sendWebhook(dispatch.url, 'bridge', { bridge_id: 'b_2', order_id: id, state: of, seq, failed: null });
    await state('ended', 9);
    await state('bridged', 8);
    expect((await now()).orders[0]?.connection).toMatchObject({ state: 'ended' });
  });

  it('of unknown orders and events do no harm; unsigned and unreadable ones are refused', async () => {
    expect(await gateway.sendWebhook(dispatch.url, 'notification', { order_id: '1', result: 'busy' })).toBe(200);
    expect(await gateway.sendWebhook(dispatch.url, 'hangup', { call_id: 'c_1' })).toBe(200);
    expect((await post('/webhook', { event: 'bridge', event_id: 'x' })).status).toBe(401);
    await reopen({ WEBHOOK_DISPATCH_KEY: '' });
    for (const body of ['<xml/>', 'null', '{"event":"bridge"}'])
      expect((await post('/webhook', body)).status).toBe(400);
  });
});

interface Form {
  mode: string;
  order: Record<string, unknown>;
  others: { id: string }[];
  line: { branch: string; tariff: string };
}

describe('the screen pop', () => {
  const pop = (query: Record<string, string>) =>
    fetch(`${dispatch.url}/tenant/user/external-incoming-call?${new URLSearchParams(query).toString()}`, {
      redirect: 'manual',
    });
  const form = async (query: Record<string, string>) => {
    const response = await fetch(`${dispatch.url}/form?${new URLSearchParams(query).toString()}`);
    return (await response.json()) as Form;
  };

  it('opens the form of the caller; the token goes no further', async () => {
    await reopen({ DISPATCH_OPERATORS: 'Eva=tajny-token,Petr=jiny' });
    const call = { clid: '420777888999', did: '420222333555', call_id: 'c_1' };
    const response = await pop({ ...call, access_token: 'tajny-token' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/order?clid=420777888999&did=420222333555&call_id=c_1');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    const panel = await now();
    expect(panel.news[0]).toMatchObject({ kind: 'call', operator: 'Eva', number: '+420777888999', callId: 'c_1' });
    expect(JSON.stringify(panel)).not.toContain('tajny');
    for (const access_token of ['', 'tajny', 'Eva']) expect((await pop({ ...call, access_token })).status).toBe(403);
  });

  it('is a new order with branch and tariff of the line, and the known data of the caller', async () => {
    expect(await form({ clid: '777888999', did: '00420541222333' })).toMatchObject({
      mode: 'new',
      order: { phone: '+420777888999', branch: 'Brno', tariff: 'Economy', name: '' },
    });
    const id = await order();
    await post('/status', { id, status: 'completed_paid' });
    expect(await form({ clid: '777888999', did: '222333555' })).toMatchObject({
      mode: 'new',
      order: { name: 'Jana', surname: 'Nováková', from: 'Nádražní 12', branch: 'Praha' },
    });
  });

  it('is the active order of who has one, with links to the others', async () => {
    const first = await order();
    const second = await order();
    expect(await form({ clid: '+420 777 888 999', did: '' })).toMatchObject({
      mode: 'edit',
      order: { id: second },
      others: [{ id: first }],
    });
    expect(await form({ id: first })).toMatchObject({ mode: 'edit', order: { id: first } });
  });

  it.each(['79241234567', '+79241234567', '0079241234567'])('knows a caller from abroad: %s', async (clid) => {
    expect(await form({ clid, did: '420222333555' })).toMatchObject({ mode: 'new', order: { phone: '+79241234567' } });
  });

  it('of a withheld number is an empty form', async () => {
    await order();
    expect(await form({ clid: '', did: '222333555' })).toMatchObject({ mode: 'new', order: { phone: '' }, others: [] });
  });
});

describe('orders', () => {
  it('say by field what is wrong with them', async () => {
    const bad = {
      phone: '12',
      name: 'x'.repeat(121),
      branch: 'Ostrava',
      tariff: '?',
      driver: 'd9',
      minutes: '-1',
      status: '__proto__',
    };
    expect(await post('/orders', bad)).toEqual({
      status: 422,
      body: {
        problems: {
          phone: 'number',
          name: 'too_long',
          branch: 'unknown',
          tariff: 'unknown',
          driver: 'unknown',
          minutes: 'number',
          status: 'unknown',
        },
      },
    });
    expect(gateway.requests).toEqual([]);
  });

  it('that do not exist, and what other pages post, are refused', async () => {
    expect((await post('/orders', { ...JANA, id: '1' })).status).toBe(404);
    expect((await post('/status', { id: '1', status: 'arrived' })).status).toBe(404);
    expect((await post('/resend', { id: '1' })).status).toBe(404);
    for (const address of ['/orders', '/status', '/resend', '/connect', '/demo'])
      for (const origin of ['http://elsewhere.example', 'null'])
        expect((await post(address, {}, { origin })).status, address).toBe(403);
    for (const body of ['', 'null', '<x>']) expect((await post('/orders', body)).status, body).toBe(400);
    expect((await post('/orders', { padding: 'x'.repeat(100_000) })).status).toBe(413);
    for (const address of ['/nothing', '/%', '/__proto__', '/pages/panel.html', '/..%2fsettings.json', '//'])
      expect((await fetch(dispatch.url + address)).status, address).toBe(404);
  });

  it('no page, script or stream holds a token', async () => {
    await order();
    for (const address of [
      '/',
      '/order',
      '/app',
      '/panel.js',
      '/page.js',
      '/app.js',
      '/order.js',
      '/form',
      '/healthz',
    ]) {
      const text = await (await fetch(dispatch.url + address)).text();
      for (const secret of Object.values(SECRETS)) expect(text, address).not.toContain(secret);
    }
    expect(JSON.stringify(await now())).not.toContain('of-the-');
  });

  it('are looked up by who calls, for the gateway alone', async () => {
    const [first, second] = [await order(), await order()];
    await post('/status', { id: first, status: 'completed_paid' });
    const ask = (phone: string) => gateway.lookUp(`${dispatch.url}/api/orders?phone=${encodeURIComponent(phone)}`);
    const [notified] = gateway.requestsTo(NOTIFY).filter(({ body }) => body['id'] === second);
    expect(await (await ask('+420777888999')).json()).toEqual({ orders: [notified?.body] });
    for (const unknown of ['+420777000000', '', 'x'])
      expect(await (await ask(unknown)).json(), unknown).toEqual({ orders: [] });
    expect((await fetch(`${dispatch.url}/api/orders?phone=%2B420777888999`)).status).toBe(401);
  });
});
