import { afterAll, beforeAll, expect, test } from 'vitest';
import { startNodeShop, type ShopProcess } from './shop-process.js';

let shop: ShopProcess;
beforeAll(async () => (shop = await startNodeShop()));
afterAll(() => shop.stop());

function change(form: Record<string, string>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(form);
  return fetch(`${shop.url}/orders`, { method: 'POST', body, headers, redirect: 'manual' });
}

async function promptOf(number: string): Promise<unknown> {
  const body = JSON.stringify({ received_digits: number });
  const response = await fetch(`${shop.url}/launch.php?s=telfa`, { method: 'POST', body });
  return ((await response.json()) as Record<string, unknown>)['recording_id'];
}

test('is healthy', async () => {
  expect((await fetch(`${shop.url}/healthz`)).status).toBe(200);
});

test('shows each order with its status', async () => {
  const response = await fetch(shop.url);
  expect(response.headers.get('content-type')).toMatch(/^text\/html/);
  const html = await response.text();
  for (const number of ['1001', '1007', '0042']) expect(html).toContain(`<td>${number}</td>`);
  expect(html).toMatch(/0042[^]*<option selected>shipped</);
});

test('a changed order is said differently', async () => {
  expect(await promptOf('1003')).toBe('33');
  const response = await change({ number: '1003', status: 'delivered' });
  expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
  expect(await promptOf('1003')).toBe('36');
});

test('refuses an order or a status that does not exist, and forms of other pages', async () => {
  expect((await change({ number: '4711', status: 'delivered' })).status).toBe(404);
  expect((await change({ number: '1001', status: '__proto__' })).status).toBe(400);
  expect((await change({})).status).toBe(404);
  expect((await change({ number: '1001', status: 'delivered' }, { origin: 'http://elsewhere.example' })).status).toBe(
    403,
  );
  expect(await promptOf('1001')).toBe('31');
});

test('answers what it does not serve with 404', async () => {
  for (const path of ['/launch.php', '/admin', '/%', '/__proto__'])
    expect((await fetch(shop.url + path)).status, path).toBe(404);
});
