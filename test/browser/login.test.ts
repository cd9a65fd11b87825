import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowserHarness, type BrowserHarness } from './browser-harness.js';

let harness: BrowserHarness;

beforeAll(async () => {
  harness = await openBrowserHarness({
    operators: [
      { id: 1, login: 'eva@shop.example', name: 'Eva' },
      { id: 2, login: 'boss', name: 'The boss', role: 'admin' },
    ],
  });
});

afterAll(() => harness.stop());

test.each(['/', '/calls', '/calls/c_1', '/prompts', '/prompts/20'])(
  'without a session %s requires a login',
  async (path) => {
    const visitor = await harness.visitor();
    await visitor.page.goto(path);
    expect(new URL(visitor.page.url()).pathname).toBe('/login');
    expect(await visitor.page.getByLabel('User name or e-mail').isVisible()).toBe(true);
    await visitor.close();
  },
);

test('the token leads to the requested page; logging out ends the session', async () => {
  const visitor = await harness.visitor();
  const { page } = visitor;
  await page.goto('/prompts/20');
  await page.getByText('Use an API token').click();
  await page.getByLabel('API token').fill(harness.gateway.token);
  await page.getByRole('button', { name: 'Log in' }).last().click();
  expect(new URL(page.url()).pathname).toBe('/prompts/20');
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.goto('/prompts/20');
  expect(new URL(page.url()).pathname).toBe('/login');
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('a wrong token is refused with a message', async () => {
  const visitor = await harness.visitor();
  await visitor.logIn('not-the-token-of-this-gateway');
  expect(await visitor.page.getByRole('alert').innerText()).toBe('This token is not valid.');
  expect(await visitor.page.context().cookies()).toEqual([]);
  await visitor.page.goto('/calls');
  expect(new URL(visitor.page.url()).pathname).toBe('/login');
  await visitor.close();
});

/** A page focuses its field when it is painted, which may be after it was loaded. */
const ready = (page: Page) => page.waitForFunction(() => document.activeElement?.tagName === 'INPUT');

test('by the keyboard alone: the field has the focus, Enter logs in', async () => {
  const visitor = await harness.visitor();
  const { page } = visitor;
  await page.goto('/login?next=/prompts');
  await ready(page);
  // Past name and password to the API token's form, which opens with a key.
  for (const key of ['Tab', 'Tab', 'Tab', 'Enter', 'Tab']) await page.keyboard.press(key);
  await page.keyboard.type(harness.gateway.token);
  await Promise.all([page.waitForURL(({ pathname }) => pathname === '/prompts'), page.keyboard.press('Enter')]);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
  expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).toBe('solid');
  expect(await page.evaluate(() => document.activeElement!.getBoundingClientRect().top)).toBeGreaterThanOrEqual(0);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

async function giveEvaPassword(): Promise<string> {
  const path = '/api/v1/accounts/eva@shop.example/password';
  const init = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{}' };
  return (await harness.gateway.api<{ password: string }>(path, init)).password;
}

test('by name and password, with the keyboard; the page shows the logged-in user and the permitted pages', async () => {
  const password = await giveEvaPassword();
  const visitor = await harness.visitor();
  const { page } = visitor;
  await page.goto('/login?next=/account');
  await ready(page);
  await page.keyboard.type('Eva@Shop.example');
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await Promise.all([page.waitForURL(({ pathname }) => pathname === '/account'), page.keyboard.press('Enter')]);
  const header = page.getByRole('banner');
  expect(await header.getByRole('link', { name: 'eva@shop.example' }).isVisible()).toBe(true);
  expect(await header.getByRole('link', { name: 'Accounts' }).count()).toBe(0);
  await page.getByLabel('Current password').waitFor();
  expect(await visitor.obstacles()).toEqual([]);

  await page.getByLabel('Current password').fill('not the password');
  await page.getByLabel('New password').fill('a password of my own');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('This is not your password.').waitFor();
  expect(visitor.complaints.splice(0).filter((each) => !each.includes('422'))).toEqual([]);
  await page.getByLabel('Current password').fill(password);
  await page.getByLabel('New password').fill('a password of my own');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.waitForURL('**/login?changed=1');
  expect(await page.getByRole('status').innerText()).toContain('Password changed');
  await page.goto('/calls');
  expect(new URL(page.url()).pathname).toBe('/login');
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('a wrong password is refused with a message, and the name is kept', async () => {
  const visitor = await harness.visitor();
  const { page } = visitor;
  await page.goto('/login');
  await page.getByLabel('User name or e-mail').fill('eva@shop.example');
  await page.getByLabel('Password').fill('certainly not this one');
  await page.getByRole('button', { name: 'Log in' }).first().click();
  expect(await page.getByRole('alert').innerText()).toBe('The user name or password is incorrect.');
  expect(await page.getByLabel('User name or e-mail').inputValue()).toBe('eva@shop.example');
  expect(await visitor.obstacles()).toEqual([]);
  await visitor.close();
});
