import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutboundClient } from '../../src/http/outbound.js';
import { systemClock } from '../../src/lib/clock.js';
import { createLogger } from '../../src/lib/logger.js';
import { CustomerLookup } from '../../src/monitor/lookup.js';
import { lookupSchema } from '../../src/webhooks/lookup-schema.js';
import { place, ShopHooks } from './shop-hooks.js';
import { startNodeShop, type ShopProcess } from './shop-process.js';

/** The sample shop's panel, told by webhooks as the gateway writes them. */

const LETTER = { eventId: 'lookup-1', contentType: 'application/json' };
const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

interface Asked {
  url: string | undefined;
  key: unknown;
  body: string;
}

let dir: string;
let shop: ShopProcess;
let hooks: ShopHooks;
let gateway: Server;
let gatewayStatus: number;
const asked: Asked[] = [];

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-shop-'));
  asked.length = 0;
  gatewayStatus = 200;
  gateway = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      asked.push({ url: request.url, key: request.headers['api_key'], body });
      response.writeHead(gatewayStatus).end('{"error":"no such call"}');
    });
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  await open();
});

afterEach(async () => {
  await shop.stop();
  gateway.closeAllConnections();
  gateway.close();
  await once(gateway, 'close');
  await rm(dir, { recursive: true, force: true });
});

async function open(): Promise<void> {
  shop = await startNodeShop({
    WEBHOOK_SHOP_KEY: KEY,
    SHOP_STATE: path.join(dir, 'shop.json'),
    GATEWAY_URL: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
    GATEWAY_API_KEY: 'of-the-gateway',
  });
  hooks = new ShopHooks(shop.url, KEY);
}

interface Seen {
  ringing: { id: string; number: string; agent: string | null }[];
  talking: { id: string }[];
  elsewhere: { id: string }[];
  queues: { name: string; callers: { id: string }[] }[];
  labels: string[];
  customers: Record<string, { name: string; orders: { number: string; status: string }[] }>;
}

/** What a browser that comes now is shown. */
async function seen(): Promise<Seen> {
  const leave = new AbortController();
  const response = await fetch(`${shop.url}/panel/events`, { signal: leave.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString('utf8');
    if (text.includes('\n\n')) break;
  }
  leave.abort();
  return JSON.parse(/data: (.*)\n/.exec(text)?.[1] ?? '') as Seen;
}

const ids = (calls: { id: string }[] | undefined) => calls?.map(({ id }) => id);

it('shows a call from its start to its end', async () => {
  const at = Date.now();
  const queue = place(1, 1, at);
  await hooks.send('c_1', 'call_started');
  expect(ids((await seen()).elsewhere)).toEqual(['c_1']);
  await hooks.send('c_1', 'queue_joined', { queue, label: 'telefon-kancelář' });
  expect(await seen()).toMatchObject({ queues: [{ name: 'Fronta volajících', callers: [{ id: 'c_1' }] }] });
  await hooks.send('c_1', 'ringing', { queue, label: 'telefon-kancelář', agent: { handset: 'sales' } });
  expect(await seen()).toMatchObject({
    ringing: [{ id: 'c_1', number: '777888999', agent: 'sales', handset: 'telefon-kancelář' }],
    queues: [{ callers: [{ id: 'c_1' }] }],
    labels: ['telefon-kancelář'],
    customers: {
      777888999: { name: 'Jana Nováková', orders: [{ number: '1003', status: 'processing' }, { number: '1004' }] },
    },
  });
  await hooks.send('c_1', 'answered', { queue, answeredAt: at, agent: { handset: 'sales' } });
  await hooks.send('c_1', 'queue_left', { queue, answeredAt: at, result: 'SUCCESS' });
  expect(await seen()).toMatchObject({ ringing: [], queues: [], talking: [{ id: 'c_1' }] });
  await hooks.send('c_1', 'hangup', { answeredAt: at, endedAt: at, result: 'SUCCESS' });
  expect(await seen()).toMatchObject({ ringing: [], talking: [], elsewhere: [], queues: [] });
});

it('takes duplicates and calls in any order, and a call that is over stays over', async () => {
  const at = Date.now() - 60_000;
  const second = hooks.compose('c_2', 'queue_joined', 2, { at: at + 2000, queue: place(2, 2, at + 2000) });
  const first = hooks.compose('c_1', 'queue_joined', 2, { at, queue: place(1, 1, at) });
  const vip = hooks.compose('c_3', 'queue_joined', 2, { at: at + 3000, queue: place(1, 3, at + 3000) });
  for (const letter of [second, vip, first, first, second]) expect(await hooks.post(letter)).toBe(200);
  const callers = async () => ids((await seen()).queues[0]?.callers);
  expect(await callers()).toEqual(['c_3', 'c_1', 'c_2']);
  expect(await hooks.post(hooks.compose('c_1', 'hangup', 4, { result: 'ABANDONED' }))).toBe(200);
  for (const letter of [first, hooks.compose('c_1', 'queue_left', 3)]) await hooks.post(letter);
  expect(await callers()).toEqual(['c_3', 'c_2']);
});

it('does not move a call after other events of it', async () => {
  await hooks.send('c_1', 'queue_joined', { queue: place(1, 1, Date.now()) });
  await hooks.send('c_1', 'recording_ready');
  expect(await seen()).toMatchObject({ queues: [{ callers: [{ id: 'c_1' }] }], elsewhere: [] });
  await hooks.send('c_2', 'recording_ready');
  expect((await seen()).elsewhere).toEqual([]);
});

it('remembers calls and labels over a restart', async () => {
  const setup = {
    line: { number: '+420222333444', name: 'Linka' },
    queues: [{ id: 1, name: 'Fronta' }],
    handsets: ['telefon-sklad', 'telefon-kancelář'].map((label) => ({ label, queue: 1 })),
  };
  await hooks.send('c_1', 'queue_joined', { queue: place(1, 1, Date.now()) }, setup);
  const before = await seen();
  expect(before.labels).toEqual(['telefon-kancelář', 'telefon-sklad']);
  await shop.stop();
  await open();
  expect({ ...(await seen()), now: 0 }).toEqual({ ...before, now: 0 });
});

it('believes only what is signed, and lately', async () => {
  const letter = hooks.compose('c_1', 'call_started', 1);
  expect(await new ShopHooks(shop.url, 'another key').post(letter)).toBe(401);
  expect(await hooks.post(letter, Date.now() / 1000 - 3600)).toBe(401);
  expect((await fetch(`${shop.url}/telfa/`, { method: 'POST', body: letter.body })).status).toBe(401);
  expect((await seen()).elsewhere).toEqual([]);
  expect(await hooks.post(letter)).toBe(200);
  expect(await hooks.post({ ...letter, body: '{"event":"hangup"}' })).toBe(400);
  expect(await hooks.post({ ...letter, body: 'null' })).toBe(400);
});

it('rejects a caller at the gateway, and says why it could not', async () => {
  const reject = (headers: Record<string, string> = {}) =>
    fetch(`${shop.url}/panel/reject`, { method: 'POST', headers, body: new URLSearchParams({ call: 'c_1' }) });
  expect((await reject()).status).toBe(204);
  expect(asked).toEqual([
    { url: '/calls/interrupt.json', key: 'of-the-gateway', body: '{"interrupt_call":{"id":"c_1","recording_id":40}}' },
  ]);
  gatewayStatus = 404;
  const refused = await reject();
  expect([refused.status, await refused.text()]).toEqual([502, '404 {"error":"no such call"}']);
  expect((await reject({ origin: 'http://elsewhere.example' })).status).toBe(403);
});

describe('who calls', () => {
  const outbound = new OutboundClient();
  const find = (number: string, key = KEY) =>
    new CustomerLookup({
      settings: () => ({
        lookup: lookupSchema.parse({ url: `${shop.url}/lookup`, secret: 'WEBHOOK_SHOP_KEY' }),
        country: 'CZ',
      }),
      outbound,
      secrets: { WEBHOOK_SHOP_KEY: key },
      clock: systemClock,
      logger: createLogger({ level: 'silent' }),
    }).find(number);

  it('is reported to the gateway', async () => {
    expect(await find('+420777888999')).toEqual({
      name: 'Jana Nováková',
      orders: [
        { id: '1003', status: 'processing' },
        { id: '1004', status: 'shipped' },
      ],
    });
    expect(await find('+421905123456')).toMatchObject({ name: 'Zuzana Kováčová' });
    expect(await find('+420777888111')).toBeNull();
  });

  it('is given to no other client, and unknown numbers have no customer', async () => {
    expect(await find('+420777888999', 'another key')).toBeNull();
    const body = '{"number":"777888999"}';
    expect((await fetch(`${shop.url}/lookup`, { method: 'POST', body })).status).toBe(401);
    const ask = (number: unknown) => hooks.post({ ...LETTER, body: JSON.stringify({ number }) }, undefined, '/lookup');
    expect(await Promise.all(['constructor', '__proto__', '', 7, null].map(ask))).toEqual([404, 404, 404, 404, 404]);
    expect(await ask('00420 777 888 999')).toBe(200);
  });
});
