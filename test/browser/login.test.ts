import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from './support.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
}, 60_000);

afterAll(() => stage.stop(), 30_000);

test.each(['/', '/calls', '/calls/c_1', '/prompts', '/prompts/20'])(
  'without a session %s asks to log in',
  async (path) => {
    const visitor = await stage.visitor();
    await visitor.page.goto(path);
    expect(new URL(visitor.page.url()).pathname).toBe('/login');
    expect(await visitor.page.getByLabel('Name or e-mail').isVisible()).toBe(true);
    await visitor.close();
  },
);

test('the token leads to the page that was asked for; logging out ends it', async () => {
  const visitor = await stage.visitor();
  const { page } = visitor;
  await page.goto('/prompts/20');
  await page.getByText('With an API token').click();
  await page.getByLabel('API token').fill(stage.gateway.token);
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

test('a wrong token is refused, in words', async () => {
  const visitor = await stage.visitor();
  await visitor.logIn('not-the-token-of-this-gateway');
  expect(await visitor.page.getByRole('alert').innerText()).toBe('This token is not known.');
  expect(await visitor.page.context().cookies()).toEqual([]);
  await visitor.page.goto('/calls');
  expect(new URL(visitor.page.url()).pathname).toBe('/login');
  await visitor.close();
});

test('by the keyboard alone: the field has the focus, Enter logs in', async () => {
  const visitor = await stage.visitor();
  const { page } = visitor;
  await page.goto('/login?next=/prompts');
  // Past name and password to the API token's form, which opens with a key.
  for (const key of ['Tab', 'Tab', 'Tab', 'Enter', 'Tab']) await page.keyboard.press(key);
  await page.keyboard.type(stage.gateway.token);
  await Promise.all([page.waitForURL(({ pathname }) => pathname === '/prompts'), page.keyboard.press('Enter')]);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Calls');
  expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).toBe('solid');
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});
