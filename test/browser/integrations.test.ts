import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBrowserHarness, orderStatusCall, PHONE, type BrowserHarness, type Visitor } from './browser-harness.js';

/** The pages of integrations, used as a person does: shop, webhooks, dispatch, rejected requests. */

interface Received {
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

let harness: BrowserHarness;
/** The company's document as the tests begin with it. */
let document: string;
/** A receiver of events: it answers with this status. */
let receiver: Server;
let status = 204;
let received: Received[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body: JSON.parse(body) as Record<string, unknown> });
      response.writeHead(status).end(status === 204 ? '' : 'not now');
    });
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/ucetnictvi`;
  harness = await openBrowserHarness({
    webhooks: [
      { name: 'shop', url: 'http://127.0.0.1:9/telfa/' },
      { name: 'ucetnictvi', url, events: ['hangup'] },
    ],
    operators: [{ id: 1, login: 'eva@shop.example', name: 'Eva', handset: 'tester' }],
    reject_prompt: 40,
    gootax: { domain: 'taxi' },
  });
  document = await (await harness.gateway.fetch('/api/v1/config')).text();
});

afterAll(async () => {
  await harness.stop();
  receiver.close();
  receiver.closeAllConnections();
});

let visitor: Visitor;

beforeEach(async () => {
  await resetCompany();
  visitor = await harness.visitor();
  await visitor.logIn();
});
afterEach(() => visitor.close());

/** Takes back what another test, or an earlier try of the same one, has changed. */
async function resetCompany(): Promise<void> {
  const { gateway, shop } = harness;
  status = 204;
  received = [];
  await shop.acceptConnections();
  const headers = { 'content-type': 'application/yaml' };
  await gateway.api('/api/v1/config', { method: 'PUT', body: document, headers });
  await gateway.fetch('/api/v1/recorded-requests', { method: 'DELETE' });
  const { tokens } = await gateway.api<{ tokens: { name: string }[] }>('/api/v1/tokens');
  for (const { name } of tokens)
    await gateway.fetch(`/api/v1/tokens/${encodeURIComponent(name)}`, { method: 'DELETE' });
}

/** Sends again what the receiver of the accounting has not got, so that nothing is given up. */
async function deliverDead(): Promise<void> {
  const body = JSON.stringify({ webhook: 'ucetnictvi' });
  const headers = { 'content-type': 'application/json' };
  const path = '/api/v1/webhooks/deliveries/redeliver-dead';
  const { redelivered } = await harness.gateway.api<{ redelivered: number }>(path, { method: 'POST', body, headers });
  await expect.poll(() => received.length).toBe(redelivered);
  received = [];
}

const card = (name: string) =>
  visitor.page.getByRole('listitem').filter({ has: visitor.page.getByRole('heading', { name }) });

test('a webhook that fails is told in words, from the call to each attempt; dead letters are sent again', async () => {
  const { page } = visitor;
  await deliverDead();
  status = 410;
  const call = await orderStatusCall(harness);
  await expect.poll(() => received.length).toBe(1);
  await page.goto(`/calls/${call}`);
  await page.getByRole('link', { name: 'Webhooks of this call' }).click();
  await page.getByText('Deliveries of one call').waitFor();
  await page.getByRole('row', { name: 'Call ended ucetnictvi given up' }).waitFor();
  expect(await card('ucetnictvi').innerText()).toMatch(
    /1 was given up\s+last error today \d+:\d\d: the server wants no more events \(410\)/,
  );
  await page.getByLabel('Receiver').selectOption('shop');
  await page.getByRole('link', { name: 'A call arrived' }).click();
  await page.getByRole('heading', { name: 'A call arrived → shop' }).waitFor();
  await page.getByText('the server refuses the connection or is not reachable').first().waitFor();
  await page.getByRole('link', { name: 'All webhooks' }).click();
  await expect
    .poll(() => card('shop').innerText())
    .toMatch(/failing for \d+ (sec|min|hr)[\s\S]*\d+ deliveries wait\s+last error today \d+:\d\d: the server refuses/);
  status = 204;
  await page.getByRole('button', { name: 'Send again what was given up (1)' }).click();
  await page.getByText('1 delivery is sent again').waitFor();
  await expect.poll(() => received.length).toBe(2);
  expect(received[1]?.body).toEqual(received[0]?.body);
  await page.reload();
  await card('ucetnictvi').getByText('works').waitFor();
  expect(visitor.complaints).toEqual([]);
});

test('one delivery is sent again from its page', async () => {
  const { page } = visitor;
  await orderStatusCall(harness);
  await expect.poll(() => received.length).toBe(1);
  await page.goto('/webhooks?webhook=ucetnictvi&state=delivered');
  await page.getByRole('link', { name: 'Call ended' }).first().click();
  await page.getByText('accepted (204)').waitFor();
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('It is sent again.').waitFor();
  await expect.poll(() => received.length).toBe(2);
  await page.getByText('accepted (204)').nth(1).waitFor();
  expect(visitor.complaints).toEqual([]);
});

test('a test event arrives at the receiver, and the page says how it went', async () => {
  const { page } = visitor;
  await page.goto('/webhooks');
  const test = card('ucetnictvi').getByRole('button', { name: 'Send a test event' });
  await test.click();
  await page.getByText('The receiver accepted the test event').waitFor();
  expect(received).toMatchObject([{ body: { event: 'test' } }]);
  expect(received[0]?.headers['webhook-id']).toBe(received[0]?.body['event_id']);
  status = 500;
  await test.click();
  await page.getByText('The test event was not accepted: the server has an error of its own (500).').waitFor();
  await card('ucetnictvi').getByText('Technical details').click();
  await page.getByText('not now').waitFor();
  status = 204;
  await card('shop').getByRole('button', { name: 'Send a test event' }).click();
  await page.getByText('was not accepted: the server refuses the connection').waitFor();
  expect(visitor.complaints).toEqual([]);
});

test('a receiver is added, changed and removed; each can be undone', async () => {
  const { page } = visitor;
  await page.goto('/webhooks');
  await page.getByRole('button', { name: 'Add a receiver' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Crm');
  await page.getByRole('textbox', { name: 'Address' }).fill('ftp://127.0.0.1/');
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
  await page.getByRole('alert').filter({ hasText: 'Address' }).waitFor();
  await page.getByLabel('Name', { exact: true }).fill('crm');
  await page.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:9/crm');
  await page.getByLabel('all events of calls').uncheck();
  await page.getByLabel('Ringing').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
  await expect.poll(() => card('crm').innerText()).toMatch(/nothing sent yet[\s\S]*Ringing, Call ended/);
  await page.getByRole('button', { name: 'Change: crm' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('Removed: crm').waitFor();
  await expect.poll(() => card('crm').count()).toBe(0);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  const hooks = async () => {
    const { items } = await harness.gateway.api<{ items: { key: string }[] }>('/api/v1/config/webhooks');
    return items.map(({ key }) => key);
  };
  await expect.poll(hooks).toEqual(['shop', 'ucetnictvi', 'crm']);
  expect(visitor.complaints.filter((each) => !each.includes('422'))).toEqual([]);
});

test('the shop is tried without a call, and its answers are told in words', async () => {
  const { page } = visitor;
  await page.goto('/shop');
  await page.getByLabel('Order number to type').fill('1004');
  await page.keyboard.press('Enter');
  await page.getByText('The shop answers as it should.').waitFor();
  const result = page.getByRole('status').filter({ hasText: 'The shop answers' });
  expect(await result.innerText()).toMatch(
    /asks the caller: “20 API - Výzva k zadání čísla obj\.”\. It waits 2 s[\s\S]*types 1004[\s\S]*“34 API - Stav odeslaná”/,
  );
  await harness.shop.refuseConnections();
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByText('No answer: the server refuses the connection or is not reachable.').waitFor();
  await harness.shop.acceptConnections();
  expect(visitor.complaints).toEqual([]);
});

test('the values of the shop are copied, and its address is changed in the call plan, with undo', async () => {
  const { page } = visitor;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/shop');
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('button', { name: 'Copy: Výzva k zadání čísla obj.' }).click();
  await expect.poll(clipboard).toBe('20');
  await page.getByRole('button', { name: 'Copy: User name, Eva' }).click();
  await expect.poll(clipboard).toBe('eva@shop.example');
  await page.getByRole('button', { name: 'Create a token' }).click();
  await page.getByText('The token is shown only now').waitFor();
  await page.getByRole('button', { name: 'Copy: Token (api_key)' }).click();
  await expect.poll(clipboard).toMatch(/^[\w-]{43}$/);
  const users = await fetch(`${harness.gateway.url}/users.json`, { headers: { api_key: await clipboard() } });
  expect(await users.json()).toMatchObject([{ login: 'eva@shop.example' }]);
  const address = async () => {
    const { hand_overs } = await harness.gateway.api<{ hand_overs: { url: string }[] }>('/api/v1/shop-settings');
    return hand_overs.map(({ url }) => url);
  };
  const before = await address();
  await page.getByRole('button', { name: 'Change the address' }).click();
  const field = page.getByRole('dialog').getByLabel('Address');
  await field.fill('nazev-eshopu');
  await page.keyboard.press('Enter');
  await page.getByText('Enter a whole address').waitFor();
  await field.fill('http://127.0.0.1:9/launch.php?s=telfa');
  await page.keyboard.press('Enter');
  await page.getByText('Address saved').waitFor();
  expect(await address()).toEqual(['http://127.0.0.1:9/launch.php?s=telfa']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(address).toEqual(before);
  expect(visitor.complaints).toEqual([]);
});

test('the forms of the dispatch are filled in; their tokens are shown once', async () => {
  const { page } = visitor;
  await page.goto('/dispatch');
  await page.getByRole('heading', { name: 'Custom ATS' }).waitFor();
  const form = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Custom ATS' }) });
  await form.getByRole('button', { name: 'Create the tokens' }).click();
  await form.getByText('The new tokens are shown only now.').waitFor();
  expect(await form.innerText()).toMatch(/\/integration\/key\/[\w-]{43}/);
  await page.reload();
  await form.getByText('created, cannot be shown again').waitFor();
  expect(visitor.complaints).toEqual([]);
});

test('requests that were not understood are told in words, and cleared with undo', async () => {
  const { page } = visitor;
  const { gateway } = harness;
  const ask = () => fetch(`${gateway.url}/integration/gootaxpro/neznama`, { headers: { 'api-key': gateway.token } });
  expect((await ask()).status).toBe(501);
  const kept = async () => (await gateway.api<{ requests: unknown[] }>('/api/v1/recorded-requests')).requests.length;
  await page.goto('/recorded-requests');
  await page.getByText('The gateway does not know this address.').waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByText('All requests were understood.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('The gateway does not know this address.').waitFor();
  expect(await kept()).toBe(1);
  await page.getByRole('button', { name: 'Clear' }).click();
  await ask();
  await page.goto('/webhooks');
  // The one that came meanwhile stays.
  await expect.poll(kept).toBe(1);
  expect(visitor.complaints).toEqual([]);
});

const ADDRESSES = ['/shop', '/webhooks', '/webhooks/1', '/dispatch', '/embedded-phone', '/recorded-requests'];

test.each([
  { language: 'cs', colorScheme: 'light' as const },
  { language: 'ru', colorScheme: 'dark' as const, viewport: PHONE },
  { language: 'en', colorScheme: 'dark' as const },
])('$language, $colorScheme: the pages fit and have no accessibility problems', async ({ language, ...options }) => {
  await orderStatusCall(harness);
  const other = await harness.visitor(options);
  await other.logIn();
  for (const address of ADDRESSES) {
    await other.page.goto(`${address}?lang=${language}`);
    await other.page.locator('#app :is(.card, .empty, table)').first().waitFor();
    await other.photograph(`${address.slice(1).replace('/', '-')}-${options.colorScheme}-${language}`);
    expect.soft(await other.obstacles(), address).toEqual([]);
    expect.soft(await other.overflow(), address).toBe(0);
  }
  expect(other.complaints).toEqual([]);
  await other.close();
});
