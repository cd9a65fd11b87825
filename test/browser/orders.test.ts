import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { becomes } from '../support/becomes.js';
import type { PhoneCall } from '../support/sip/phone.js';
import { userOf } from '../support/sip/message.js';
import { DESKTOP, PHONE, Visitor } from './browser-harness.js';
import { ReportsHarness } from './reports-harness.js';

/** Notifications, masked bridges and numbers that are not called, with real calls to clients and drivers. */

const PASSWORD = 'a password of some length';
/** Above the 5 s between two updates of a list. */
const UPDATE = { timeout: 15_000 };

let harness: ReportsHarness;
let visitor: Visitor;
let made = 0;

beforeAll(async () => {
  harness = await ReportsHarness.open({
    status_speech: { templates: { arrived: { cs: [1] } } },
    operators: [
      { id: 1, login: 'jana', name: 'Jana Nováková', role: 'admin', handset: 'a1' },
      { id: 2, login: 'olga', name: 'Olga Malá', role: 'operator' },
    ],
  });
  await post('PUT', 'accounts/olga/password', { password: PASSWORD });
});

beforeEach(async () => {
  visitor = await harness.jana();
});

afterEach(() => visitor.close());
afterAll(() => harness.stop());

async function post(method: string, path: string, body: object): Promise<Record<string, string>> {
  const headers = { 'content-type': 'application/json' };
  return harness.gateway.api(`/api/v1/${path}`, { method, headers, body: JSON.stringify(body) });
}

/** An order and a number that no test has used, also not the first try of this one. */
const newOrder = () => `${Date.now() % 1_000_000}-${(made += 1)}`;
const newNumber = () => `+420777${String(Date.now() % 100_000).padStart(5, '0')}${(made += 1) % 10}`;
const national = (number: string) => number.replace('+420', '');
const inGroups = (number: string) => number.replace(/(\+\d{3})(...)(...)(...)/, '$1 $2 $3 $4');

/** The call that the provider receives for a number. */
function callTo(number: string): Promise<PhoneCall> {
  return becomes(`${number} is called`, () =>
    harness.provider.invites.find(({ invite }) => userOf(invite.uri).endsWith(number.slice(1))),
  );
}

const rowOf = (order: string) => visitor.page.locator('.orders-list tbody tr').filter({ hasText: order });

/** A time of day that is not now, so that a notification waits. */
function laterToday(): { from: string; to: string; tz: string; policy: string } {
  const hour = (new Date().getUTCHours() + 6) % 23;
  const at = (value: number) => `${String(value).padStart(2, '0')}:00`;
  return { from: at(hour), to: at(hour + 1), tz: 'UTC', policy: 'defer' };
}

const waiting = (order: string, to = newNumber()) => ({
  external_id: order,
  order_id: order,
  status: 'driver_late',
  to,
  prompts: [1],
  window: laterToday(),
});

test('a notification is started by hand; its call and its result appear without reloading', async () => {
  const { page } = visitor;
  const [order, number] = [newOrder(), newNumber()];
  await page.goto('/notifications');
  await page.getByRole('link', { name: 'New notification' }).click();
  await page.getByLabel('Order').fill(order);
  await page.getByLabel('Number', { exact: true }).fill('12 is no number');
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByText('This is not a phone number.').waitFor();
  visitor.complaints.length = 0;
  // What is typed survives a reload.
  await page.reload();
  expect(await page.getByLabel('Order').inputValue()).toBe(order);
  await page.getByLabel('Number', { exact: true }).fill(national(number));
  await page.getByLabel('Status').selectOption({ label: 'car has arrived' });
  expect(await visitor.obstacles()).toEqual([]);
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByRole('heading', { name: `Notification · Order ${order}` }).waitFor();
  const call = await callTo(number);
  await page.locator('.badge').getByText('calling').waitFor();
  call.answer();
  await page.locator('.facts .badge').getByText('heard').waitFor({ timeout: 60_000 });
  expect(await page.getByRole('main').innerText()).toContain(inGroups(number).replaceAll(' ', '\u00a0'));
  expect(await page.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
  expect(await visitor.obstacles()).toEqual([]);
  await page.getByRole('link', { name: 'Call 1' }).click();
  await page.waitForURL('**/calls/**');
  await page.goto('/notifications?state=done');
  await rowOf(order).getByText('car has arrived').waitFor();
  expect(visitor.complaints).toEqual([]);
});

test('a waiting notification is canceled after the time to undo it', async () => {
  const { page } = visitor;
  const order = newOrder();
  const { notification_id: id = '' } = await post('POST', 'notifications', waiting(order));
  await page.goto('/notifications');
  await rowOf(order).waitFor();
  await page.getByLabel('Order').fill(order);
  // An update of the list leaves what is typed.
  await page.waitForResponse((response) => response.url().includes('/api/v1/notifications?'));
  await page.waitForResponse((response) => response.url().includes('/api/v1/notifications?'));
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/notifications?order=${order}`);
  await rowOf(order).getByText('waiting').waitFor();
  await rowOf(order).getByRole('link', { name: order }).click();
  const cancel = page.getByRole('button', { name: 'Cancel' });
  await cancel.click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => cancel.isEnabled()).toBe(true);
  const stateOf = async () => (await harness.gateway.api<{ state: string }>(`/api/v1/notifications/${id}`)).state;
  expect(await stateOf()).toBe('waiting');
  await cancel.click();
  await page.locator('.facts .badge').getByText('canceled').waitFor(UPDATE);
  expect(await stateOf()).toBe('done');
  await cancel.waitFor({ state: 'detached' });
});

test('the progress of a batch is up to date while its page is open', async () => {
  const { page } = visitor;
  const batch = `pátek ${newOrder()}`;
  const notifications = [newOrder(), newOrder(), newOrder()].map((order) => {
    const { external_id: id, ...rest } = waiting(order);
    return { external_id: id, ...rest };
  });
  await post('POST', 'notifications/batches', { batch, notifications });
  await page.goto('/notifications');
  await page.getByRole('link', { name: batch }).first().click();
  const progress = page.getByRole('region', { name: 'Progress' });
  await progress.getByText('0 / 3').waitFor();
  expect(await page.locator('.orders-list tbody tr').count()).toBe(3);
  const { notifications: listed } = await harness.gateway.api<{ notifications: { notification_id: string }[] }>(
    `/api/v1/notifications?batch=${encodeURIComponent(batch)}`,
  );
  await harness.gateway.fetch(`/api/v1/notifications/${listed[0]?.notification_id ?? ''}`, { method: 'DELETE' });
  await progress.getByText('1 / 3').waitFor(UPDATE);
  await page.locator('.orders-list .badge').getByText('canceled').waitFor(UPDATE);
  expect(await visitor.obstacles()).toEqual([]);
});

test('client and driver are connected by hand, and the talk is ended from the list', async () => {
  const { page } = visitor;
  const [order, client, driver] = [newOrder(), newNumber(), newNumber()];
  await page.goto('/bridges');
  await page.getByRole('link', { name: 'New connection' }).click();
  await page.getByLabel('Order').fill(order);
  await page.getByLabel('Number of the client').fill(national(client));
  await page.getByLabel('Number of the driver').fill('nobody');
  await page.getByLabel('driver', { exact: true }).check();
  await page.getByRole('button', { name: 'Connect' }).click();
  const wrong = page.locator('.field.wrong');
  await wrong.getByText('This is not a phone number.').waitFor();
  expect(await wrong.locator('label').innerText()).toBe('Number of the driver');
  await page.getByLabel('Number of the driver').fill(national(driver));
  expect(await visitor.obstacles()).toEqual([]);
  await page.getByRole('button', { name: 'Connect' }).click();
  await rowOf(order).getByText('calling the requesting party').waitFor(UPDATE);
  const first = await callTo(driver);
  first.answer();
  const second = await callTo(client);
  second.answer();
  await rowOf(order).getByText('connected').waitFor(UPDATE);
  expect((await rowOf(order).innerText()).replaceAll('\u00a0', ' ')).toContain(`driver ${inGroups(driver)}`);
  await expect.poll(() => rowOf(order).locator('time').first().innerText()).toMatch(/^0:0[1-9]|^0:[1-5]/);
  await page.getByLabel('Only in progress').check();
  await rowOf(order)
    .getByRole('button', { name: `End the connection of order ${order}` })
    .click();
  await Promise.all([first.ended(), second.ended()]);
  await rowOf(order).waitFor({ state: 'detached', ...UPDATE });
  await page.getByRole('link', { name: 'Show all' }).click();
  await rowOf(order).getByText('ended').waitFor(UPDATE);
  expect(await visitor.obstacles()).toEqual([]);
  await rowOf(order).getByRole('link', { name: order }).click();
  await page.waitForURL('**/calls/**');
});

test('a number is blocked, and a removal can be undone', async () => {
  const { page } = visitor;
  const number = newNumber();
  const isBlocked = async () =>
    (await (await harness.gateway.fetch('/api/v1/do-not-call')).text()).includes(number.slice(1));
  await page.goto('/do-not-call');
  await page.getByLabel('Number').fill('12');
  await page.getByLabel('Reason').fill('asked for it');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByText('This is not a phone number.').waitFor();
  expect(await page.getByLabel('Reason').inputValue()).toBe('asked for it');
  await page.getByLabel('Number').fill(national(number));
  await page.keyboard.press('Enter');
  const row = rowOf('asked for it').filter({ hasText: inGroups(number).replaceAll(' ', '\u00a0') });
  await row.waitFor();
  expect(await isBlocked()).toBe(true);
  expect(await visitor.obstacles()).toEqual([]);
  await row.getByRole('button', { name: /^Remove/ }).click();
  await row.waitFor({ state: 'detached' });
  await page.keyboard.press('z');
  await row.waitFor();
  expect(await isBlocked()).toBe(true);
  await row.getByRole('button', { name: /^Remove/ }).click();
  await expect.poll(isBlocked, UPDATE).toBe(false);
});

test('an operator sees the lists, and starts and ends nothing', async () => {
  const order = newOrder();
  const { notification_id: id = '' } = await post('POST', 'notifications', waiting(order));
  const context = await harness.browser.newContext({
    baseURL: harness.gateway.url,
    locale: 'en-GB',
    viewport: DESKTOP,
  });
  const olga = new Visitor(await context.newPage(), '');
  const { page } = olga;
  await page.goto('/login?next=/notifications');
  await page.getByLabel('User name').fill('olga');
  await page.getByLabel('Password').fill(PASSWORD);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  // A number may be called by everybody who sees it.
  const buttons = () =>
    page.locator('main').locator('button:visible:not(.call-number), a.button:visible').allInnerTexts();
  await page.getByRole('link', { name: order }).waitFor();
  expect(await buttons()).toEqual([]);
  for (const [path, heading] of [
    [`/notifications/${id}`, `Notification · Order ${order}`],
    ['/notifications?new=1', 'Notifications'],
    ['/bridges?new=1', 'Connections'],
    ['/do-not-call', 'Do not call'],
  ] as const) {
    await page.goto(path);
    await page.getByRole('heading', { name: heading }).waitFor();
    await expect.poll(() => page.locator('.skeleton').count()).toBe(0);
    expect(await buttons(), path).toEqual([]);
  }
  expect(olga.complaints).toEqual([]);
});

test('without scripts one can log out, and change the language', async () => {
  const { page } = await harness.jana({ javaScriptEnabled: false, locale: 'cs-CZ' });
  await page.goto('/notifications');
  await page.getByRole('button', { name: 'English' }).click();
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en');
  expect(await page.locator('noscript').textContent()).toContain('The console requires JavaScript.');
  expect(new URL(page.url()).pathname).toBe('/notifications');
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL('**/login');
  await page.goto('/notifications');
  expect(new URL(page.url()).pathname).toBe('/login');
});

test.each(['cs', 'ru', 'en'])(
  'on a phone, in %s, the forms fit and have no accessibility problems',
  async (language) => {
    const phone = await harness.jana({ viewport: PHONE });
    for (const path of ['/notifications?new=1', '/bridges?new=1', '/account']) {
      await phone.page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
      await phone.page.locator('main button.primary').waitFor();
      expect.soft(await phone.obstacles(), path).toEqual([]);
      expect.soft(await phone.overflow(), path).toBe(0);
    }
  },
);
