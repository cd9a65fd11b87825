import type { Page } from 'playwright-core';
import { parse } from 'yaml';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Phone } from '../support/sip/phone.js';
import {
  DESKTOP,
  openBrowserHarness,
  PHONE,
  restoreCompany,
  type BrowserHarness,
  type Visitor,
} from './browser-harness.js';

/** The company is set up in the browser: handsets, queues, people, tokens, lines and settings. */

let harness: BrowserHarness;
const phones: Phone[] = [];

beforeAll(async () => {
  harness = await openBrowserHarness({
    handsets: [{ name: 'tester', display_name: 'Tester' }, { name: 'eva' }, { name: 'unused', display_name: 'Starý' }],
    queues: [{ id: 1, name: 'Fronta volajících', handsets: ['tester', 'eva'] }],
    operators: [{ id: 1, login: 'eva@shop.example', name: 'Eva Nováková', handset: 'eva', role: 'admin' }],
  });
});

beforeEach(async () => {
  await Promise.all(phones.splice(0).map((phone) => phone.stop()));
  await restoreCompany(harness.gateway, 1);
});

afterAll(async () => {
  await Promise.all(phones.map((phone) => phone.stop()));
  await harness.stop();
});

interface Document {
  handsets: { name: string; display_name?: string }[];
  queues: { id: number; name: string; handsets?: string[]; ring_timeout?: string; weight?: number }[];
  operators?: { id: number; login: string; role?: string }[];
  lines: { number: string; name?: string; max_calls?: number }[];
  [setting: string]: unknown;
}

/** What `cordboard export` writes. */
async function exported(): Promise<Document> {
  const answer = await harness.gateway.fetch('/api/v1/config');
  return parse(await answer.text()) as Document;
}

async function queue(): Promise<Document['queues'][number] | undefined> {
  return (await exported()).queues.find(({ id }) => id === 1);
}

async function openAs(path: string, options = {}): Promise<Visitor> {
  const visitor = await harness.visitor(options);
  await visitor.logIn();
  await visitor.page.goto(path);
  return visitor;
}

/** The value of a setting that is shown to be entered elsewhere. */
function shownValue(page: Page, name: string): Promise<string> {
  return page
    .locator('dl.facts dt')
    .getByText(name, { exact: true })
    .locator('xpath=following-sibling::dd[1]//code')
    .innerText();
}

async function choose(page: Page, label: string, name: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill(name);
  await page.getByRole('option', { name }).first().click();
}

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();
const saved = (page: Page) => page.locator('.toast', { hasText: 'Saved: ' }).first().waitFor();

test('a handset is added, and a phone registers with the settings that are shown once', async () => {
  const visitor = await openAs('/handsets');
  const { page } = visitor;
  await page.getByRole('link', { name: 'Add a handset' }).click();
  await page.getByLabel('User name').fill('Sklad!');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('alert').getByText('User name').waitFor();
  expect(await page.getByLabel('User name').inputValue()).toBe('Sklad!');
  await page.getByLabel('User name').fill('sklad');
  await page.getByLabel('Name', { exact: true }).fill('Sklad');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.waitForURL('**/handsets/sklad');
  await page.getByRole('heading', { name: 'Connect a phone' }).waitFor();
  await page.getByText('not connected').waitFor();
  await page.getByRole('button', { name: 'Create a password and show the settings' }).click();
  await page.locator('svg.qr path').waitFor();
  const address = await shownValue(page, 'Remote provisioning URL');
  const file = await fetch(harness.gateway.url + new URL(address).pathname);
  await page.getByLabel('Your phone').selectOption('other');
  const [server, port, user, password] = await Promise.all(
    ['SIP server / domain', 'Port', 'User name', 'Password'].map((name) => shownValue(page, name)),
  );
  expect(await file.text()).toContain(`>${password}<`);
  const phone = await new Phone({
    server: { host: server ?? '', port: Number(port) },
    user: user ?? '',
    password: password ?? '',
  }).start();
  phones.push(phone);
  await phone.registerSoon();
  await page.getByText('free').first().waitFor();
  await page.reload();
  expect(await page.getByText(password ?? '').count()).toBe(0);
  expect((await exported()).handsets).toContainEqual({ name: 'sklad', display_name: 'Sklad' });
  expect(visitor.complaints.filter((each) => !each.includes('422'))).toEqual([]);
  await visitor.close();
});

test('a desk phone is set up by its MAC address: it fetches its settings, and the page says so', async () => {
  const visitor = await openAs('/handsets/tester');
  const { page } = visitor;
  const card = page.getByRole('region', { name: 'Set up a desk phone by its MAC address' });
  await card.getByLabel('MAC address').fill('80:5E:C0');
  await card.getByRole('button', { name: /^Create/ }).click();
  await card.getByText('The value does not have the required form.').waitFor();
  await card.getByLabel('MAC address').fill('80:5E:C0:00:11:22');
  await card.getByRole('button', { name: /^Create/ }).click();
  await card.locator('[data-enrolled="waiting"]').waitFor();
  const folder = await shownValue(page, 'Snom: Setting URL');
  await visitor.photograph('enrolled-phone');
  const file = await fetch(`${harness.gateway.url}${new URL(folder).pathname}805ec0001122.cfg`, {
    headers: { 'user-agent': 'Yealink SIP-T54W 96.86.0.70 80:5e:c0:00:11:22' },
  });
  expect(await file.text()).toContain(await harness.gateway.handsetPassword('tester'));
  await page.reload();
  await card.locator('[data-enrolled="fetched"]').getByText('Yealink SIP-T54W').waitFor();
  expect(await page.getByText(folder).count()).toBe(0);
  expect(await visitor.obstacles()).toEqual([]);
  await card.getByRole('button', { name: 'Withdraw the address' }).click();
  await expect.poll(() => card.locator('[data-enrolled]').count()).toBe(0);
  await visitor.close();
});

test('a handset joins a queue, and its place is changed by drag and by keyboard', async () => {
  const visitor = await openAs('/queues');
  const { page } = visitor;
  await page.getByRole('link', { name: 'Fronta volajících' }).click();
  await choose(page, 'Add a handset', 'Starý');
  const names = () => page.locator('ol.ordered .name').allInnerTexts();
  await expect.poll(async () => (await names()).length).toBe(3);
  const grips = page.locator('ol.ordered .grip');
  const [from, to] = [await grips.nth(2).boundingBox(), await grips.nth(0).boundingBox()];
  await page.mouse.move((from?.x ?? 0) + 8, (from?.y ?? 0) + 8);
  await page.mouse.down();
  await page.mouse.move((to?.x ?? 0) + 8, (to?.y ?? 0) + 2, { steps: 8 });
  await page.mouse.up();
  await expect.poll(async () => (await names())[0]).toContain('Starý');
  await save(page);
  await saved(page);
  expect((await queue())?.handsets).toEqual(['unused', 'tester', 'eva']);
  await grips.nth(0).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('li')?.innerText)).toContain('Starý');
  await save(page);
  await page.getByText('Unsaved changes').waitFor({ state: 'hidden' });
  expect((await queue())?.handsets).toEqual(['tester', 'eva', 'unused']);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect.poll(async () => (await queue())?.handsets).toEqual(['unused', 'tester', 'eva']);
  await expect.poll(async () => (await names())[0]).toContain('Starý');
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('two people edit one queue: the second is told, loses nothing, and both changes are kept', async () => {
  const [first, second] = [await openAs('/queues/1'), await openAs('/queues/1')];
  await first.page.getByLabel('Priority among queues').fill('7');
  await second.page.getByLabel('Name', { exact: true }).fill('Objednávky');
  await save(first.page);
  await saved(first.page);
  await save(second.page);
  const dialog = second.page.getByRole('dialog', { name: 'Somebody else has changed this' });
  await dialog.waitFor();
  expect(await dialog.locator('tbody').innerText()).toContain('Objednávky');
  expect(await second.obstacles()).toEqual([]);
  await dialog.getByRole('button', { name: 'Keep mine' }).click();
  await saved(second.page);
  expect(await queue()).toMatchObject({ name: 'Objednávky', weight: 7 });
  expect(second.complaints.filter((each) => !each.includes('412'))).toEqual([]);
  await Promise.all([first.close(), second.close()]);
});

test('what is typed returns after a lost session', async () => {
  const visitor = await openAs('/queues/1');
  const { page } = visitor;
  await page.getByRole('spinbutton', { name: 'Wrap-up time' }).fill('12');
  await page.context().clearCookies();
  await save(page);
  await page.waitForURL('**/login?next=*');
  await page.locator('details summary').click();
  await page.getByLabel('API token').fill(harness.gateway.token);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/queues/1');
  await page.getByText('These are your unsaved changes from before.').waitFor();
  expect(await page.getByRole('spinbutton', { name: 'Wrap-up time' }).inputValue()).toBe('12');
  await save(page);
  await saved(page);
  expect(await queue()).toMatchObject({ wrap_up: '12s' });
  await visitor.close();
});

test('a removed handset comes back to its place with one press; one in use is not removed', async () => {
  const before = (await exported()).handsets;
  const visitor = await openAs('/handsets/unused');
  const { page } = visitor;
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.waitForURL('**/handsets');
  await expect.poll(async () => (await exported()).handsets.length).toBe(before.length - 1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await exported()).handsets).toEqual(before);
  await page.goto('/handsets/tester');
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('alert').getByText('Queues: There is no handset “tester”').first().waitFor();
  expect((await exported()).handsets).toEqual(before);
  expect(visitor.complaints.filter((each) => !/422/.test(each))).toEqual([]);
  await visitor.close();
});

test('an admin adds a user, creates a working password, and removes both', async () => {
  const visitor = await openAs('/accounts');
  const { page } = visitor;
  await page.waitForURL('**/people');
  await page.getByRole('link', { name: 'Add a user' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Adam');
  await page.getByLabel('User name').fill('adam');
  await page.getByRole('radio', { name: /^Supervisor/ }).check();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.waitForURL('**/people/2');
  expect((await exported()).operators).toContainEqual({ id: 2, login: 'adam', name: 'Adam', role: 'supervisor' });
  await page.getByRole('button', { name: 'Create a password' }).click();
  const password = await shownValue(page, 'Password');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy as a message' }).click();
  const invitation = `${harness.gateway.url}/login\nUser name: adam\nPassword: ${password}`;
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(invitation);

  const adam = await harness.visitor();
  await adam.page.goto('/login?next=/calls');
  await adam.page.getByLabel('User name or e-mail').fill('adam');
  await adam.page.getByLabel('Password').fill(password);
  await adam.page.getByRole('button', { name: 'Log in' }).first().click();
  await adam.page.waitForURL(({ pathname }) => pathname === '/calls');

  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.waitForURL('**/people');
  await adam.page.reload();
  await adam.page.waitForURL(({ pathname }) => pathname === '/login');
  expect([...visitor.complaints, ...adam.complaints.filter((each) => !each.includes('401'))]).toEqual([]);
  await Promise.all([adam.close(), visitor.close()]);
});

test('the rights of a role are ticks', async () => {
  const visitor = await openAs('/people/roles');
  const { page } = visitor;
  await page.getByRole('checkbox', { name: 'Operator: Hear recordings' }).check();
  await save(page);
  await saved(page);
  expect((await exported())['roles']).toEqual({ operator: { recordings: true } });
  await page.getByRole('checkbox', { name: 'Operator: Hear recordings' }).uncheck();
  await save(page);
  await expect.poll(async () => (await exported())['roles']).toBeUndefined();
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('a token is created for a purpose, shown once, and revoked', async () => {
  const visitor = await openAs('/tokens');
  const { page } = visitor;
  await page.getByRole('button', { name: 'Add a token' }).click();
  await page.getByLabel('Name', { exact: true }).fill('eshop');
  await page.getByRole('radio', { name: /^Customer panel/ }).check();
  await page.getByRole('button', { name: 'Create the token' }).click();
  const token = await page.locator('main code').innerText();
  const ask = async (path: string) =>
    (await harness.gateway.fetch(path, { headers: { authorization: `Bearer ${token}` } })).status;
  expect([await ask('/api/v1/monitor'), await ask('/api/v1/config')]).toEqual([200, 403]);
  await page.reload();
  await page.getByRole('cell', { name: 'eshop', exact: true }).waitFor();
  expect(await page.getByText(token).count()).toBe(0);
  await page.getByRole('button', { name: 'Revoke: eshop' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect.poll(() => page.getByRole('cell', { name: 'eshop', exact: true }).count()).toBe(0);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('a line and the settings of the company are changed; the export has what was saved', async () => {
  const visitor = await openAs('/lines');
  const { page } = visitor;
  const before = await exported();
  await page.getByRole('link', { name: '+420 222 333 444' }).click();
  await page.getByLabel('Most calls at the same time').fill('4');
  await page.getByLabel('Name', { exact: true }).fill('Hlavní');
  await save(page);
  await saved(page);
  expect((await exported()).lines).toEqual(before.lines.map((line) => ({ ...line, name: 'Hlavní', max_calls: 4 })));
  await page.goto('/settings');
  await page.getByLabel('Most outgoing calls on one day').fill('77');
  await choose(page, 'Add: Countries that may be called', 'Slovakia');
  await save(page);
  await saved(page);
  const policy = (await exported())['dial_policy'] as { countries: string[]; max_per_day: number };
  expect(policy).toMatchObject({ countries: ['CZ', 'SK'], max_per_day: 77 });
  await page.getByLabel('Also allowed').fill('+4917\nnothing');
  await save(page);
  await page.getByRole('alert').getByRole('button', { name: 'Also allowed' }).click();
  await expect
    .poll(() => page.evaluate(() => (document.activeElement as HTMLTextAreaElement).value))
    .toBe('+4917\nnothing');
  expect(visitor.complaints.filter((each) => !each.includes('422'))).toEqual([]);
  await visitor.close();
});

test('a trunk is added, shows its state, is changed, stores a password, is removed, and comes back', async () => {
  const visitor = await openAs('/trunks');
  const { page } = visitor;
  await page.getByText('No trunks yet.').waitFor();
  await page.getByRole('link', { name: 'Add a trunk' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Náš operátor');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  // The form says what is missing, and a registration needs a user.
  await page.getByRole('alert').getByRole('button', { name: 'Server' }).waitFor();
  await page.getByLabel('Server').fill('127.0.0.9:9');
  await page.getByRole('radio', { name: 'Addresses' }).check();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.waitForURL('**/trunks/nas-operator');
  const trunk = { name: 'nas-operator', title: 'Náš operátor', way: 'address', server: '127.0.0.9:9' };
  expect((await exported())['trunks']).toEqual([trunk]);
  await page.locator('[data-state="unreachable"]').waitFor({ timeout: 60_000 });
  for (const group of ['Outgoing calls', 'Notation of numbers'])
    await page.getByRole('heading', { name: group }).click();
  await page.getByLabel('Beginnings of numbers').fill('+420');
  await page.getByLabel('Numbers that are sent').selectOption('national');
  await save(page);
  const changed = { ...trunk, prefixes: ['+420'], numbers_out: { format: 'national' } };
  await expect.poll(async () => (await exported())['trunks']).toEqual([changed]);
  await page.getByRole('textbox', { name: 'Password' }).fill('a secret of the provider');
  await page.getByRole('button', { name: 'Store the password' }).click();
  await page.locator('[data-stored="true"]').waitFor();
  await page.getByRole('textbox', { name: 'Number', exact: true }).fill('+1900');
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.locator('.toast, .error').first().waitFor();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.waitForURL('**/trunks');
  await page.getByText('No trunks yet.').waitFor();
  await page.locator('.toast', { hasText: 'Removed: Náš operátor' }).getByRole('button').first().click();
  await page.getByRole('link', { name: 'Náš operátor' }).click();
  // With its password.
  await page.locator('[data-stored="true"]').waitFor();
  expect((await exported())['trunks']).toEqual([changed]);
  await visitor.close();
});

const WIDE = { width: 2560, height: 1440 };
const pages: [name: string, path: string, ready: string][] = [
  ['queues', '/queues', 'table'],
  ['queue', '/queues/1', '.save-bar'],
  ['queue-new', '/queues?new=1', '.save-bar'],
  ['handsets', '/handsets', 'table'],
  ['handset', '/handsets/tester', '.save-bar'],
  ['handset-new', '/handsets?new=1', '.save-bar'],
  ['people', '/people', 'table'],
  ['person', '/people/1', '.save-bar'],
  ['roles', '/people/roles', '.save-bar'],
  ['tokens', '/tokens', '.empty, table'],
  ['lines', '/lines', 'table'],
  ['line', '/lines/%2B420222333444', '.save-bar'],
  ['trunks', '/trunks', '[data-state]'],
  ['trunk', '/trunks/provider', '[data-state]'],
  ['trunk-new', '/trunks?new=1', '.save-bar'],
  ['settings', '/settings', '.save-bar'],
  ['callbacks', '/settings/callbacks', '.empty'],
];

test.each([
  { language: 'cs', viewport: PHONE, colorScheme: 'dark' },
  { language: 'ru', viewport: DESKTOP, colorScheme: 'light' },
  { language: 'en', viewport: WIDE, colorScheme: 'dark' },
] as const)('the pages fit, and have no obstacles: $language, $colorScheme', async ({ language, ...look }) => {
  const visitor = await harness.visitor(look);
  await visitor.logIn();
  await harness.gateway.api('/api/v1/config/trunks/provider', {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'if-none-match': '*' },
    body: JSON.stringify({ name: 'provider', title: 'Náš operátor', way: 'address', server: '127.0.0.9:9' }),
  });
  for (const [name, path, ready] of pages) {
    await visitor.page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
    await visitor.page.locator(ready).first().waitFor();
    await visitor.page.evaluate(() => {
      for (const group of document.querySelectorAll<HTMLDetailsElement>('details.card')) group.open = true;
    });
    await visitor.photograph(`configuration-${name}-${look.viewport.width}-${look.colorScheme}-${language}`);
    expect.soft(await visitor.obstacles(), name).toEqual([]);
    expect.soft(await visitor.overflow(), name).toBe(0);
    expect.soft(await visitor.smallestTextPx(), name).toBeGreaterThanOrEqual(14);
  }
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});
