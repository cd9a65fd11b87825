import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { startDispatch } from '../examples/shop-process.js';
import { pickUp, ringForEver, type Phone } from '../support/sip/phone.js';
import { DESKTOP, Visitor } from './browser-harness.js';
import { DESK_LINE, DRIVER, WebphoneHarness } from './webphone-harness.js';

/** The dispatch's page of a caller opens for the operator whose handset rings, and a click on a number on the dispatch's pages calls it. */

const TOKENS = { eva: 'access-token-of-eva-0001', petr: 'access-token-of-petr-0002' };
const CLIENT = '+420777888999';
const SAMPLE = path.resolve(import.meta.dirname, '../../examples/dispatch');
const PASSWORD = 'a password of some length';

let harness: WebphoneHarness;
let desk: Phone;

beforeAll(async () => {
  harness = await WebphoneHarness.open();
  desk = await harness.handset('desk', ringForEver);
  for (const login of ['eva', 'petr', 'nobody'])
    await put(`/api/v1/accounts/${login}/password`, { password: PASSWORD });
  await put('/api/v1/operators/1/dispatch-token', { token: TOKENS.eva });
});

beforeEach(async () => {
  await harness.hangUpAll();
  desk.onIncoming(ringForEver);
  const none = async () => (await harness.gateway.api<{ calls: object }>('/api/v1/monitor')).calls;
  await expect.poll(none).toEqual({});
});

afterAll(() => harness.close());

const put = (path: string, body: unknown) =>
  harness.gateway.api(path, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

const putConfig = (body: string) =>
  harness.gateway.api('/api/v1/config', { method: 'PUT', body, headers: { 'content-type': 'application/yaml' } });

/** A logged-in user, and every message of the monitor's socket. */
async function operator(login: string, lang: string): Promise<Visitor & { messages: string[] }> {
  const context = await harness.browser.newContext({ baseURL: harness.gateway.url, viewport: DESKTOP });
  const page = await context.newPage();
  const messages: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => messages.push(String(payload))));
  await page.goto(`/login?lang=${lang}&next=/now`);
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(PASSWORD);
  await Promise.all([page.waitForURL('**/now'), page.keyboard.press('Enter')]);
  return Object.assign(new Visitor(page, harness.gateway.token), { messages });
}

const live = (page: Page) => page.locator('[data-standing="live"]').waitFor();
const pops = (page: Page) => page.locator('a[data-pop]');

test('opens for the ringing operator, once, in the permitted tab; the token goes nowhere else', async () => {
  const [petr, eva] = [await operator('petr', 'ru'), await operator('eva', 'cs')];
  await live(petr.page);
  await live(eva.page);
  await harness.gateway.fetch('/api/v1/operators/2/dispatch-token', { method: 'DELETE' });
  await petr.page.reload();
  // His token is still missing, and the page shows that.
  await petr.page.getByRole('link', { name: 'Задать' }).click();
  await petr.page.getByLabel('Токен доступа').fill(TOKENS.petr);
  await petr.page.getByRole('button', { name: 'Задать' }).click();
  await petr.page.getByText('Задан с').waitFor();
  expect(await petr.obstacles()).toEqual([]);
  await petr.photograph('dispatch-token-ru');
  await petr.page.goto('/now');
  await live(petr.page);
  const [tab] = await Promise.all([
    petr.page.waitForEvent('popup'),
    petr.page.getByRole('button', { name: 'Открывать карточки' }).press('Enter'),
  ]);

  const call = await (await harness.caller()).dial(DESK_LINE);
  await tab.waitForURL('**/order.html?*');
  const [made] = await harness.gateway.calls();
  const { searchParams } = new URL(tab.url());
  expect(Object.fromEntries(searchParams)).toEqual({
    access_token: TOKENS.petr,
    clid: made?.caller.slice(1),
    did: DESK_LINE.slice(1),
    call_id: made?.id,
  });
  await pops(petr.page).waitFor();
  await petr.photograph('screen-pop-ru');
  expect(await petr.obstacles()).toEqual([]);

  // A user who comes back during the ringing has already had the page.
  await tab.goto('about:blank');
  petr.messages.length = 0;
  await petr.page.reload();
  await live(petr.page);
  await petr.page.locator('.ringing li').first().waitFor();
  await call.hangUp();
  await expect.poll(() => petr.page.locator('.ringing li').count()).toBe(0);
  expect(tab.url()).toBe('about:blank');
  expect(petr.messages.join('')).not.toContain('"pop"');

  // The next call opens in the same tab, although the page was reloaded.
  const next = await (await harness.caller()).dial(DESK_LINE);
  await pops(petr.page).waitFor();
  await expect.poll(() => tab.url()).toContain('/order.html');
  await next.hangUp();
  await expect.poll(() => petr.page.locator('.ringing li').count()).toBe(0);

  expect(eva.messages.length).toBeGreaterThan(0);
  expect(eva.messages.join('')).not.toMatch(/"pop"|access-token/);
  const texts = [
    ...(await Promise.all(
      ['/api/v1/monitor', '/api/v1/config', '/api/v1/accounts', `/api/v1/calls/${made?.id}`].map(async (path) =>
        (await harness.gateway.fetch(path)).text(),
      ),
    )),
    JSON.stringify(await harness.gateway.api('/api/v1/operators/2/dispatch-token')),
    harness.gateway.output,
    (await readFile(harness.gateway.database)).toString('latin1'),
    (await readFile(`${harness.gateway.database}-wal`).catch(() => Buffer.of())).toString('latin1'),
  ];
  for (const text of texts) expect(text).not.toContain('access-token-of');
  expect(harness.gateway.output).toContain('a dispatch token was set');
  await petr.close();
  await eva.close();
});

test('is a link where pages may not open automatically, and absent for a call that was missed meanwhile', async () => {
  await put('/api/v1/operators/2/dispatch-token', { token: TOKENS.petr });
  const before = desk.invites.length;
  const missed = await (await harness.caller()).dial(DESK_LINE);
  await expect.poll(() => desk.invites.length).toBeGreaterThan(before);
  await missed.hangUp();
  await expect
    .poll(async () => Object.keys((await harness.gateway.api<{ calls: object }>('/api/v1/monitor')).calls))
    .toEqual([]);
  const petr = await operator('petr', 'cs');
  await live(petr.page);
  const call = await (await harness.caller()).dial(DESK_LINE);
  await pops(petr.page).waitFor();
  expect(await pops(petr.page).count()).toBe(1);
  expect(petr.page.context().pages()).toHaveLength(1);
  await petr.photograph('screen-pop-link-cs');
  const [tab] = await Promise.all([petr.page.waitForEvent('popup'), pops(petr.page).press('Enter')]);
  await tab.waitForURL('**/order.html?*');
  await call.hangUp();
  await petr.close();
});

test('the sample dispatch shows the call: the order of the caller, the line, the call', async () => {
  const settings = path.join(harness.gateway.dir, 'dispatch.json');
  const sample = JSON.parse(await readFile(path.join(SAMPLE, 'settings.json'), 'utf8')) as { lines: object[] };
  const line = { number: DESK_LINE, branch: 'Brno', tariff: 'Economy' };
  await writeFile(settings, JSON.stringify({ ...sample, lines: [...sample.lines, line] }));
  const env = { DISPATCH_OPERATORS: `Petr=${TOKENS.petr}`, DISPATCH_SETTINGS: settings };
  const config = await (await harness.gateway.fetch('/api/v1/config')).text();
  // It has no URL to report its order to: no client is called about it.
  const dispatch = await startDispatch({ ...env, GATEWAY_URL: 'http://127.0.0.1:9' });
  try {
    await putConfig(
      config.replaceAll(`${harness.origin}/order.html`, `${dispatch.url}/tenant/user/external-incoming-call`),
    );
    const made = await fetch(`${dispatch.url}/orders`, {
      method: 'POST',
      body: JSON.stringify({ phone: CLIENT, name: 'Jana', line: DESK_LINE, status: 'accepted' }),
    });
    expect(await made.json()).toEqual({ id: '7001' });

    const petr = await operator('petr', 'ru');
    await live(petr.page);
    const [tab] = await Promise.all([
      petr.page.waitForEvent('popup'),
      petr.page.getByRole('button', { name: 'Открывать карточки' }).press('Enter'),
    ]);
    const call = await (await harness.caller()).dial(DESK_LINE, { from: CLIENT });
    await tab.getByRole('heading', { name: 'Order 7001' }).waitFor();
    const [shown] = await harness.gateway.calls(CLIENT.slice(1));
    expect(await tab.locator('#call').innerText()).toBe(`Call from ${CLIENT} → ${DESK_LINE} · ${shown?.id}`);
    expect(await tab.getByLabel('First name').inputValue()).toBe('Jana');
    expect(tab.url()).not.toContain(TOKENS.petr);
    await call.hangUp();
  } finally {
    await putConfig(config);
    await dispatch.stop();
  }
});

test("a number on the dispatch’s page is called from the operator's own handset, after one more click", async () => {
  const petr = await operator('petr', 'ru');
  await live(petr.page);
  desk.onIncoming(pickUp);
  harness.provider.onIncoming(pickUp);
  const link = async (number: string) => {
    await petr.page.goto(`${harness.origin}/numbers.html`);
    await petr.page.evaluate((href) => {
      (document.getElementById('driver') as HTMLAnchorElement).href = href;
    }, `${harness.gateway.url}/click-to-call?number=${number}`);
    await petr.page.locator('#driver').click();
    await petr.page.waitForURL('**/click-to-call?*');
  };
  const before = harness.provider.invites.length;
  const calls = async () => (await harness.gateway.calls(DRIVER.slice(1))).length;
  const callsBefore = await calls();
  // The browser withholds the cookie on a link of another site: still no login is needed.
  await link('tel:%2B420%20777%20000%20111');
  await petr.page.getByText(DRIVER).waitFor();
  expect(await petr.obstacles()).toEqual([]);
  await petr.photograph('click-to-call-ru');
  expect(harness.provider.invites).toHaveLength(before);
  await petr.page.keyboard.press('Enter');
  await petr.page.getByText('Ваш телефон звонит').waitFor();
  await expect.poll(() => harness.provider.invites.length).toBe(before + 1);
  expect(harness.provider.invites.at(-1)?.invite.uri).toContain(DRIVER.slice(1));
  // A reload makes no second call.
  await petr.page.reload();
  await petr.page.getByText('Ваш телефон звонит').waitFor();
  expect(await calls()).toBe(callsBefore + 1);
  for (const invite of harness.provider.invites) if (invite.answeredAtMs !== undefined) await invite.hangUp();

  for (const [number, says] of [
    ['abc', 'Это не телефонный номер.'],
    ['%2B420906123456', 'На этот номер звонить нельзя.'],
    ['%2B4917112345678', 'На этот номер звонить нельзя.'],
  ] as const) {
    await link(number);
    await petr.page.getByRole('alert').getByText(says).waitFor();
    expect(await petr.page.locator('main form').count()).toBe(0);
  }
  await petr.close();

  const nobody = await operator('nobody', 'cs');
  await live(nobody.page);
  await nobody.page.goto('/click-to-call?number=777000111');
  await nobody.page.getByText('Nemáte přiřazený telefon').waitFor();
  const forged = await nobody.page.request.post('/click-to-call', {
    headers: { origin: 'https://elsewhere.example' },
    form: { number: DRIVER, call_id: `c_${'0'.repeat(36)}` },
  });
  expect(forged.status()).toBe(403);
  await nobody.close();
});
