import { afterEach, beforeEach, expect, it } from 'vitest';
import { companySchema } from '../../src/company/company.js';
import { OutboundClient } from '../../src/http/outbound.js';
import { shopRoutes } from '../../src/integrations/telfa/shop-routes.js';
import { asAdmin, READER, startServer, type TestServer } from '../http/http-harness.js';
import { orderStatusShop, Shop, text } from '../support/shop.js';

let shop: Shop;
let outbound: OutboundClient;
let http: TestServer;
let recorded: unknown[];
const record = (entry: unknown) => {
  recorded.push(entry);
  return Promise.resolve();
};

beforeEach(async () => {
  recorded = [];
  shop = await new Shop(orderStatusShop({ orders: { '1001': 31 }, menu: { timeoutS: 4, max: 8 } })).start();
  outbound = new OutboundClient();
  const company = companySchema.parse({
    version: 1,
    prompts: [
      { id: 20, name: 'API - Výzva k zadání čísla obj.' },
      { id: 40, name: 'API - Položení hovoru' },
    ],
    reject_prompt: 40,
    webhooks: [{ name: 'shop', url: 'https://shop.example/telfa/' }],
    queues: [{ id: 1, name: 'Fronta', handsets: [] }],
    operators: [{ id: 7, login: 'jana@shop.example', name: 'Jana' }],
    parts: {
      sklad: [{ enqueue: { queue: 1, label: 'telefon-sklad' } }, 'hang_up'],
      kancelar: [{ enqueue: { queue: 1, label: 'telefon-kancelář' } }, 'hang_up'],
      stav: [{ menu: { prompt: 20, keys: { '9': [{ hand_over: { url: shop.url } }] } } }, 'hang_up'],
    },
    lines: [{ number: '+420222333444', plan: ['answer', { go_to_part: 'stav' }] }],
    profiles: { forms: { base: 'telfa', encoding: 'form' }, broken: { base: 'telfa', encoding: 'xml' } },
  });
  http = await startServer(shopRoutes({ company: () => company, outbound, url: 'https://pbx.example', record }));
});

afterEach(async () => {
  await http.stop();
  await outbound.close();
  await shop.stop();
});

async function tried(body: Record<string, unknown>, headers: Record<string, string> = asAdmin) {
  const response = await fetch(`${http.url}/api/v1/hand-over-test`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  type Answer = { exchanges: { request: { body: string }; directive: unknown }[] };
  return { status: response.status, body: (await response.json()) as Answer };
}

it('lists what the settings of a shop ask for', async () => {
  const response = await fetch(`${http.url}/api/v1/shop-settings`, { headers: asAdmin });
  expect(await response.json()).toEqual({
    api_url: 'https://pbx.example',
    numbers: ['222333444'],
    users: [{ login: 'jana@shop.example', name: 'Jana' }],
    handsets: ['telefon-sklad', 'telefon-kancelář'],
    prompts: [
      { id: 20, name: 'API - Výzva k zadání čísla obj.' },
      { id: 40, name: 'API - Položení hovoru' },
    ],
    reject_prompt: 40,
    webhooks: [{ name: 'shop', url: 'https://shop.example/telfa/' }],
    hand_overs: [{ where: 'parts/stav/0/menu/keys/9/0', url: shop.url, profile: 'telfa' }],
  });
});

it('asks a shop as a call would, types the digits, and hangs up', async () => {
  const { status, body } = await tried({ url: shop.url, digits: '1001' });
  expect(status).toBe(200);
  expect(body.exchanges).toMatchObject([
    { status: 200, failed: null, reason: null, directive: { type: 'menu', timeout_ms: 4000, max: 8 } },
    { status: 200, directive: { type: 'play', prompt: 31 } },
  ]);
  const sent = body.exchanges.map(({ request }) => JSON.parse(request.body) as Record<string, unknown>);
  expect(sent).toMatchObject([
    { caller_number: '', called_number: '222333444', step: 1 },
    { received_digits: '1001', step: 2 },
  ]);
  expect(sent[0]).not.toHaveProperty('received_digits');
  const received = shop.requests.map(({ fields }) => fields);
  expect(received).toMatchObject([{ step: 1 }, { received_digits: '1001' }, { hangup: true, step: 3 }]);
  expect(new Set(received.map((asked) => asked['call_id'])).size).toBe(1);
  expect(recorded).toEqual([{ action: 'hand_over_tested', subject: new URL(shop.url).host }]);
});

it('tells of a shop that does not answer, and of an answer that is none', async () => {
  await shop.refuseConnections();
  expect((await tried({ url: shop.url })).body.exchanges).toMatchObject([
    { status: null, reason: 'connect', directive: null, answer: '' },
  ]);
  await shop.acceptConnections();
  shop.behave(() => text('<html>Přihlášení</html>'));
  expect((await tried({ url: shop.url })).body.exchanges).toMatchObject([
    { status: 200, answer: '<html>Přihlášení</html>', directive: { type: 'bad' } },
  ]);
});

it('uses the profile of the hand-over', async () => {
  const { body } = await tried({ url: shop.url, profile: 'forms' });
  expect(body.exchanges[0]?.request).toMatchObject({ content_type: 'application/x-www-form-urlencoded' });
});

it('tells a fault of the gateway from a profile that cannot be used', async () => {
  outbound.request = () => Promise.reject(new TypeError('a fault of the gateway'));
  expect((await tried({ url: shop.url })).status).toBe(500);
  const broken = await tried({ url: shop.url, profile: 'broken' });
  expect(broken).toMatchObject({ status: 422, body: { errors: [{ field: 'body.profile' }] } });
  expect((await tried({ url: shop.url, profile: 'constructor' })).status).toBe(422);
});

it('refuses other addresses than of the web, unknown profiles, and readers', async () => {
  expect((await tried({ url: 'ftp://shop.example/' })).status).toBe(422);
  expect((await tried({ url: shop.url, profile: 'nobody' })).status).toBe(422);
  expect((await tried({ url: shop.url }, { authorization: `Bearer ${READER}` })).status).toBe(403);
  expect(shop.requests).toEqual([]);
});
