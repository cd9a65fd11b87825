import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { StubGateway } from '../examples/dispatch-gateway.js';
import { startDispatch, type ShopProcess } from '../examples/shop-process.js';
import { CHROMIUM, DESKTOP, PHONE, Visitor } from './browser-harness.js';

/** The sample dispatch in a real browser, beside a gateway that records its requests; the pictures are in artifacts/. */

const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

let dir: string;
let gateway: StubGateway;
let dispatch: ShopProcess;
let browser: Browser;

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-dispatch-'));
  gateway = await StubGateway.start(KEY);
  browser = await chromium.launch(CHROMIUM);
});

beforeEach(async () => {
  await rm(path.join(dir, 'dispatch.json'), { force: true });
  await open();
});

afterEach(() => dispatch.stop());

afterAll(async () => {
  await browser.close();
  await gateway.stop();
  await rm(dir, { recursive: true, force: true });
});

async function open(port = '0'): Promise<void> {
  dispatch = await startDispatch({
    WEBHOOK_DISPATCH_KEY: KEY,
    DISPATCH_PORT: port,
    DISPATCH_STATE: path.join(dir, 'dispatch.json'),
    DISPATCH_OPERATORS: 'Eva=tajny-token',
    GATEWAY_URL: gateway.url,
    GATEWAY_API_KEY: 'of-the-api',
  });
}

/** An order whose car waits. */
async function makeOrder(): Promise<void> {
  const order = { phone: '+420777888999', name: 'Jana', driver: 'd1', minutes: 5, status: 'paid_waiting' };
  const made = await fetch(`${dispatch.url}/orders`, { method: 'POST', body: JSON.stringify(order) });
  expect(await made.json()).toEqual({ id: '7001' });
}

async function visitor(address: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: dispatch.url, locale: 'cs-CZ', viewport: DESKTOP, ...options });
  const came = new Visitor(await context.newPage(), '');
  await came.page.goto(address);
  return came;
}

const pop = (clid: string, did = '420222333555') =>
  `/tenant/user/external-incoming-call?${new URLSearchParams({ access_token: 'tajny-token', clid, did, call_id: 'c_1' }).toString()}`;

test('a call opens a new order with the data of its line; once saved, it is on the panel and moves by the keyboard', async () => {
  const operator = await visitor(pop('420777888999', '420541222333'));
  const { page } = operator;
  await page.getByRole('heading', { name: 'Nová objednávka' }).waitFor();
  expect(page.url()).toBe(`${dispatch.url}/order?clid=420777888999&did=420541222333&call_id=c_1`);
  expect(await page.locator('#call').innerText()).toBe('Volá +420777888999 → +420541222333 · c_1');
  expect(await page.getByLabel('Telefon').inputValue()).toBe('+420777888999');
  expect(await page.getByLabel('Pobočka').inputValue()).toBe('Brno');
  expect(await page.getByLabel('Tarif').inputValue()).toBe('Economy');
  expect(await page.getByRole('link', { name: 'Zavolat +420777888999' }).getAttribute('href')).toBe(
    `${gateway.url}/click-to-call?number=%2B420777888999`,
  );
  await page.getByLabel('Jméno').fill('Jana');
  await page.getByLabel('Odkud').fill('Nádražní 12');
  await page.locator('select[name=driver]').selectOption({ label: 'Karel, 1AB2345' });
  await page.getByLabel('Minut do příjezdu vozu').fill('1000');
  await page.keyboard.press('Enter');
  const problem = page.getByText('Takové číslo nelze použít.');
  await problem.waitFor();
  expect(await page.locator(':focus').getAttribute('name')).toBe('minutes');
  expect(await page.locator(':focus').getAttribute('aria-describedby')).toBe(await problem.getAttribute('id'));
  await page.locator(':focus').fill('5');
  await page.keyboard.press('Enter');
  await page.getByText('Uloženo.').waitFor();
  expect(operator.complaints.every((each) => each.includes('422'))).toBe(true);
  operator.complaints.length = 0;

  await page.goto('/');
  const card = page.locator('#orders > li[data-order]');
  await card.waitFor();
  expect(await card.innerText()).toMatch(
    /Objednávka 7001 · Nová\s+Jana \+420777888999\s+Řidič: Karel, Škoda Octavia 1AB2345/,
  );
  await page.getByText('Volá +420777888999 · Eva').waitFor();
  await card.getByRole('button', { name: 'Objednávka 7001: Řidič přijal' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('brána se dozvěděla: Řidič přijal').waitFor();
  await card.getByRole('combobox').selectOption({ label: 'Placené čekání' });
  await card.getByRole('button', { name: 'Nastavit' }).click();
  await page.getByText('brána se dozvěděla: Placené čekání').waitFor();

  const result = {
    order_id: '7001',
    result: 'delivered',
    attempts: [{ number: 1 }],
    digit: '2',
    action: 'connect_operator',
  };
  await gateway.sendWebhook(dispatch.url, 'notification', result);
  await page.getByText('Oznámení: vyslechnuto, pokusy: 1, klávesa 2 (operátor)').first().waitFor();
  expect(await operator.obstacles()).toEqual([]);
  await operator.photograph('dispatch-panel-desktop-cs');
  expect(operator.complaints).toEqual([]);

  await page.goto(pop('+420777888999'));
  await page.getByRole('heading', { name: 'Objednávka 7001' }).waitFor();
  expect(await page.getByLabel('Jméno').inputValue()).toBe('Jana');
  await operator.close();
});

test('client and driver request a connection, and each sees whose telephone rings', async () => {
  await makeOrder();
  const client = await visitor('/app?as=client&order=7001', { viewport: PHONE });
  const driver = await visitor('/app?as=driver&order=7001', { viewport: PHONE, locale: 'ru-RU' });
  gateway.answer = { bridge_id: 'b_1', order_id: '7001', state: 'queued' };
  await client.page.getByRole('button', { name: 'Spojit s řidičem' }).click();
  await client.page.getByText('Váš telefon zazvoní.').waitFor();
  const state = (name: string, failed: unknown = null) =>
    gateway.sendWebhook(dispatch.url, 'bridge', { bridge_id: 'b_1', order_id: '7001', state: name, failed });
  await state('dialing_b');
  await client.page.getByText('Volá se druhé straně.').waitFor();
  await driver.page.getByText('С вами хотят поговорить: ваш телефон звонит.').waitFor();
  await state('failed', { leg: 'b', reason: 'busy' });
  await client.page.getByText('Druhá strana: obsazeno').waitFor();
  await driver.page.getByText('Ваш телефон: занято').waitFor();
  for (const one of [client, driver]) {
    expect(await one.page.content()).not.toMatch(/608 ?111|777 ?888/);
    expect(one.complaints).toEqual([]);
    await one.close();
  }
});

test('shows that it is stale, and shows the same again after the dispatch has restarted', async () => {
  await makeOrder();
  const { page } = await visitor('/', { locale: 'en-GB', viewport: PHONE });
  await page.locator('#orders li[data-order]').waitFor();
  await dispatch.stop();
  await page.getByText('Not connected: what you see may be old.').waitFor();
  await open(new URL(dispatch.url).port);
  await page.locator('#stale').waitFor({ state: 'hidden' });
  expect(await page.locator('#orders li[data-order]').innerText()).toContain('Order 7001 · Paid waiting');
  await page.context().close();
});

test.each(['cs', 'ru', 'en'])(
  'on a telephone, in %s, every page fits and has no accessibility problems',
  async (language) => {
    await makeOrder();
    const pages = { panel: '/', order: pop('777888999'), client: '/app?as=client', driver: '/app?as=driver' };
    for (const [name, address] of Object.entries(pages)) {
      const who = await visitor(address, { locale: language, viewport: PHONE });
      await who.page.locator('h1:has-text("7001"), #orders li[data-order], #facts dd').first().waitFor();
      expect(await who.page.locator('html').getAttribute('lang')).toBe(language);
      expect.soft(await who.obstacles(), name).toEqual([]);
      expect.soft(await who.overflow(), name).toBe(0);
      await who.photograph(`dispatch-${name}-phone-${language}`);
      expect.soft(who.complaints, name).toEqual([]);
      await who.close();
    }
  },
);
