import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { place, ShopHooks } from '../examples/shop-hooks.js';
import { startNodeShop, type ShopProcess } from '../examples/shop-process.js';
import { CHROMIUM, DESKTOP, PHONE, Visitor } from './browser-harness.js';

/** The sample shop's panel in a real browser, fed by webhooks in the gateway's format; the pictures are in artifacts/. */

const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const [STORE, OFFICE] = ['telefon-sklad', 'telefon-kancelář'];

let dir: string;
let shop: ShopProcess;
let hooks: ShopHooks;
let gateway: Server;
let browser: Browser;
const rejected: unknown[] = [];

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-panel-'));
  gateway = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      const { interrupt_call: call } = JSON.parse(body) as { interrupt_call: { id: string } };
      rejected.push(call);
      response.writeHead(200).end('{}');
      void hooks.send(call.id, 'hangup', { ...anna, endedAt: Date.now(), result: 'REJECTED' });
    });
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  browser = await chromium.launch(CHROMIUM);
});

beforeEach(async () => {
  await rm(path.join(dir, 'shop.json'), { force: true });
  await open();
  hooks = new ShopHooks(shop.url, KEY);
  rejected.length = 0;
});

afterEach(() => shop.stop());

afterAll(async () => {
  await browser.close();
  gateway.closeAllConnections();
  gateway.close();
  await rm(dir, { recursive: true, force: true });
});

async function open(port = '0'): Promise<void> {
  shop = await startNodeShop({
    WEBHOOK_SHOP_KEY: KEY,
    SHOP_PORT: port,
    SHOP_STATE: path.join(dir, 'shop.json'),
    GATEWAY_URL: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
  });
}

async function visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: shop.url, locale: 'cs-CZ', viewport: DESKTOP, ...options });
  const came = new Visitor(await context.newPage(), '');
  await came.page.goto('/panel');
  return came;
}

const start = Date.now() - 95_000;
const jana = { caller: '+420777888999', startedAt: start };
const petr = { caller: '+420777123456', startedAt: start + 20_000 };
const anna = { caller: '+421905123456', startedAt: start + 40_000 };

/** Jana rings at the store's telephone; Petr and Anna wait for the office's. */
async function busyHour(): Promise<void> {
  const setup = {
    line: { number: '+420222333444', name: 'Zákaznická linka' },
    queues: [
      { id: 1, name: 'Fronta sklad' },
      { id: 2, name: 'Fronta kancelář' },
    ],
    handsets: [
      { label: STORE, queue: 1 },
      { label: OFFICE, queue: 2 },
    ],
  };
  const inStore = { queue: place(1, 1, start + 5000, 1, 'Fronta sklad'), label: STORE };
  const inOffice = (position: number, joinedAt: number) => ({
    queue: place(position, position, joinedAt, 2, 'Fronta kancelář'),
    label: OFFICE,
  });
  await hooks.send('c_jana', 'call_started', jana, setup);
  await hooks.send('c_jana', 'queue_joined', { ...jana, ...inStore });
  await hooks.send('c_jana', 'ringing', { ...jana, ...inStore, agent: { handset: 'sklad' } });
  await hooks.send('c_petr', 'call_started', petr);
  await hooks.send('c_petr', 'queue_joined', { ...petr, ...inOffice(1, start + 25_000) });
  await hooks.send('c_anna', 'call_started', anna);
  await hooks.send('c_anna', 'queue_joined', { ...anna, ...inOffice(2, start + 45_000) });
}

test('shows the ringing caller on top with name and orders, waiting ones at the right; ✕ rejects; handsets can be selected', async () => {
  const shopkeeper = await visitor();
  const { page, complaints } = shopkeeper;
  await page.getByText('Nikdo nečeká.').waitFor();
  await busyHour();
  const ringing = page.locator('#ringing > li[data-call]');
  await ringing.waitFor();
  await page.locator('#queues [data-call=c_anna]').waitFor();
  expect(await ringing.innerText()).toMatch(
    /777888999\s+Jana Nováková\s+telefon-sklad · sklad[\s\S]*Objednávka 1003 – processing\s+Objednávka 1004 – shipped/,
  );
  const lines = await page.locator('#queues li').allInnerTexts();
  expect(lines.map((line) => line.replace(/\s+/g, ' '))).toEqual([
    expect.stringMatching(/^1\. 777888999 Jana Nováková \d:\d\d ✕$/),
    expect.stringMatching(/^1\. 777123456 Petr Svoboda \d:\d\d ✕$/),
    expect.stringMatching(/^2\. 00421905123456 Zuzana Kováčová \d:\d\d ✕$/),
  ]);
  const clock = page.locator('#queues [data-call=c_anna] time');
  const shown = await clock.innerText();
  await expect.poll(() => clock.innerText()).not.toBe(shown);
  expect(await shopkeeper.obstacles()).toEqual([]);
  await shopkeeper.photograph('shop-panel-desktop-cs');

  await page.getByLabel(OFFICE).check();
  await expect.poll(() => page.locator('#ringing [data-call]').count()).toBe(0);
  await expect.poll(() => page.locator('#queues [data-call]').count()).toBe(2);
  await page.reload();
  await page.locator('#queues [data-call=c_anna]').waitFor();
  expect(await page.getByLabel(OFFICE).isChecked()).toBe(true);

  await page.getByRole('button', { name: 'Odmítnout: 00421905123456' }).click();
  await expect.poll(() => page.locator('#queues [data-call]').count()).toBe(1);
  expect(rejected).toEqual([{ id: 'c_anna', recording_id: 40 }]);

  await page.getByLabel('všechna').check();
  await hooks.send('c_jana', 'answered', {
    ...jana,
    label: STORE,
    answeredAt: Date.now(),
    agent: { handset: 'sklad' },
  });
  await page.locator('#talking [data-call=c_jana]').waitFor();
  await expect.poll(() => page.locator('#ringing [data-call]').count()).toBe(0);
  await hooks.send('c_jana', 'hangup', { ...jana, endedAt: Date.now(), result: 'SUCCESS' });
  await expect.poll(() => page.locator('#talking [data-call]').count()).toBe(0);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('a double click on ✕ and a key held down reject one caller, not the next', async () => {
  await hooks.send('c_petr', 'queue_joined', {
    ...petr,
    queue: place(1, 1, start, 2, 'Fronta kancelář'),
    label: OFFICE,
  });
  const { page } = await visitor();
  const inOffice = (id: string, position: number) =>
    hooks.send(id, 'queue_joined', {
      caller: `+42077700010${position}`,
      startedAt: start,
      queue: place(position, position, start, 2, 'Fronta kancelář'),
      label: OFFICE,
    });
  for (const [index, id] of ['c_d1', 'c_d2', 'c_d3'].entries()) await inOffice(id, index + 2);
  const cross = (id: string) => page.locator(`#queues [data-call=${id}] button`);
  await cross('c_d3').waitFor();
  const at = (await cross('c_d1').boundingBox())!;
  const [x, y] = [at.x + at.width / 2, at.y + at.height / 2];
  await page.mouse.dblclick(x, y);
  for (let press = 0; press < 6; press += 1) {
    await page.mouse.click(x, y);
    await page.waitForTimeout(200);
  }
  await expect.poll(() => rejected).toMatchObject([{ id: 'c_d1' }]);
  await cross('c_d1').waitFor({ state: 'detached' });
  await cross('c_d2').click({ trial: true });
  await page.waitForTimeout(1100);
  await cross('c_d2').focus();
  for (let repeat = 0; repeat < 10; repeat += 1) {
    await page.keyboard.down('Enter');
    await page.waitForTimeout(100);
  }
  await page.keyboard.up('Enter');
  await expect.poll(() => rejected).toMatchObject([{ id: 'c_d1' }, { id: 'c_d2' }]);
  await page.context().close();
});

test('shows that it is stale, and shows the same again after the shop has restarted', async () => {
  await busyHour();
  const { page } = await visitor({ locale: 'en-GB', viewport: PHONE });
  await page.locator('#queues [data-call=c_petr]').waitFor();
  await shop.stop();
  await page.getByText('Not connected: what you see may be old.').waitFor();
  await open(new URL(shop.url).port);
  await page.locator('#stale').waitFor({ state: 'hidden' });
  expect(await page.locator('#queues [data-call=c_petr]').innerText()).toContain('Petr Svoboda');
  await page.context().close();
});

test.each(['cs', 'ru', 'en'])('on a telephone, in %s, it fits and has no accessibility problems', async (language) => {
  await busyHour();
  const who = await visitor({ locale: language, viewport: PHONE });
  await who.page.locator('#queues [data-call=c_petr]').waitFor();
  await hooks.send('c_jan', 'ringing', { caller: '', agent: { handset: 'sklad' }, label: '<b>štítek</b>' });
  await who.page.locator('#ringing [data-call=c_jan]').waitFor();
  expect(await who.page.locator('html').getAttribute('lang')).toBe(language);
  expect(await who.obstacles()).toEqual([]);
  expect(await who.overflow()).toBe(0);
  await who.photograph(`shop-panel-phone-${language}`);
  expect(who.complaints).toEqual([]);
  await who.close();
});
