import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prompt } from '../support/sip/caller.js';
import { DESKTOP, PHONE, type Visitor } from './browser-harness.js';
import { Journey, JOURNEY_MS } from './journey.js';
import { playsTone } from './loudspeaker.js';
import { SetupHarness, TONES } from './setup-harness.js';

/** From a fresh data folder to a call that is heard in the browser, in the way of a person. */

const LINE = '+420222333444';
const PASSWORD = 'correct horse battery';
const LOGIN = 'jana@company.example';

let harness: SetupHarness;

beforeEach(async () => {
  harness = await SetupHarness.open();
});

afterEach(() => harness.close());

const step = (page: Page, name: string) => page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function looksWell(visitor: Visitor, name: string): Promise<void> {
  await visitor.photograph(`setup-${name}`);
  expect.soft(await visitor.obstacles(), name).toEqual([]);
  expect.soft(await visitor.overflow(), name).toBe(0);
}

const journey = new Journey();
let link: string;

journey.step('the link leads to an account; what was begun is there in another browser', async () => {
  link = await harness.link();
  const visitor = await harness.visitor();
  const { page } = visitor;
  await page.goto('/');
  await page.getByText('cordboard setup-link').first().waitFor();
  await page.goto(link);
  await step(page, 'Language and time');
  await page.getByLabel('Language of the announcements').selectOption({ label: 'Czech' });
  await page.getByLabel('Country').selectOption({ label: 'Czechia' });
  expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/Prague');
  await looksWell(visitor, 'language');
  await press(page, 'Continue');

  await step(page, 'Your account');
  await page.getByLabel('Your name').fill('Jana Nováková');
  await page.getByLabel('User name or e-mail').fill(LOGIN);
  await page.getByLabel('Password').fill('password1234');
  await press(page, 'Create the account');
  await page.getByText('This password is easy to guess.').waitFor();
  // What is typed stays over a reload; the password does not.
  await page.reload();
  await press(page, 'Continue');
  expect(await page.getByLabel('Your name').inputValue()).toBe('Jana Nováková');
  await page.getByLabel('Password').fill(PASSWORD);
  await looksWell(visitor, 'account');
  await press(page, 'Create the account');

  await step(page, 'Your company');
  await looksWell(visitor, 'kind');
  await page.getByText('A company with a reception').click();
  await press(page, 'Continue');
  await step(page, 'Telephone provider');
  await page.getByText('I have a provider').click();
  await page.getByLabel('Server of the provider').fill('sip.provider.example');
  await page.getByLabel('User name (number)').fill('420222333444');
  await page.getByRole('textbox', { name: 'Password' }).fill('a secret of the provider');
  await looksWell(visitor, 'trunk');
  await page.getByLabel('Server of the provider').fill('sip provider');
  await press(page, 'Continue');
  await page.locator('.field.wrong').first().waitFor();
  await page.getByLabel('Server of the provider').fill('127.0.0.9:9');
  await press(page, 'Continue');
  await step(page, 'Name and number');
  const { trunks } = await harness.gateway.api<{ trunks: object[] }>('/api/v1/trunks');
  expect(trunks).toMatchObject([{ name: 'provider', has_password: true }]);
  await page.getByLabel('Name of your company').fill('Novák');
  await page.getByLabel('Your telephone number').fill('not a number');
  await press(page, 'Continue');
  await page.getByText('Digits with the country code').waitFor();
  await page.getByLabel('Your telephone number').fill('+420 222 333 444');
  await press(page, 'Continue');
  await step(page, 'Opening hours');
  expect(visitor.complaints.filter((each) => !/422/.test(each))).toEqual([]);
  await visitor.close();
});

journey.step('the link has done its work', async () => {
  const visitor = await harness.visitor();
  await visitor.page.goto(link);
  expect(new URL(visitor.page.url()).pathname).toBe('/login');
  expect(await visitor.page.getByText('cordboard setup-link').count()).toBe(0);
  await visitor.close();
  await expect(harness.link()).rejects.toThrow('account');
});

journey.step(
  'continued in another browser, its telephone hears the call plan, answers, and sees what arrives',
  async () => {
    const visitor = await harness.visitor();
    const { page } = visitor;
    await page.goto('/setup');
    await page.getByLabel('User name or e-mail').fill(LOGIN);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Log in' }).first().click();
    await step(page, 'Opening hours');
    await looksWell(visitor, 'hours');
    await page.getByRole('link', { name: 'Name and number' }).click();
    expect(await page.getByLabel('Name of your company').inputValue()).toBe('Novák');
    await page.goBack();
    await step(page, 'Opening hours');
    await page.getByText('We always answer').click();
    await press(page, 'Continue');
    await step(page, 'Who answers');
    await looksWell(visitor, 'people');
    await press(page, 'Continue');
    await step(page, 'What callers hear');
    await looksWell(visitor, 'prompts');
    await press(page, 'Continue');
    await step(page, 'Test call');

    await press(page, 'Switch on');
    await page.getByText('ready to ring').waitFor();
    await page.getByRole('button', { name: /^Call my number/ }).click();
    const phone = page.getByRole('region', { name: 'Call my number' });
    await phone.locator('[data-call="talking"]').waitFor();
    await expect.poll(() => playsTone(phone.locator('audio'), TONES['queue-welcome'])).toBe(true);
    await phone.getByText('sound arrives').waitFor();
    await phone.getByText('hears the announcements').waitFor();
    await looksWell(visitor, 'test');
    await page.getByText(/calls you/).waitFor();
    await press(page, 'Answer');
    await phone.getByText('is answered').waitFor();
    await phone.getByRole('button', { name: 'Hang up' }).click();
    await page.getByText('The test call worked.').waitFor();

    const outside = await harness.caller();
    const wrong = await outside.dial('+420222333999');
    await wrong.ended();
    await page.getByText(/Somebody called \+420.222.333.999/).waitFor();
    const call = await outside.dial(LINE);
    await call.hears(prompt(TONES['queue-welcome']), { toItsEnd: true, withinMs: 15_000 });
    await page.getByText(/A call from \+420.777.200.101 has arrived/).waitFor();
    await call.hangUp();

    await press(page, 'Finish');
    await page.waitForURL('**/now');
    await page.getByText('The set-up is finished.').waitFor();
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  },
);

journey.step(
  'the company is whole: no problem, an operator with a handset, no telephone of the test left',
  async () => {
    const { gateway } = harness;
    const body = await (await gateway.fetch('/api/v1/config')).text();
    const headers = { 'content-type': 'application/yaml' };
    const lint = await gateway.api<{ problems: unknown[] }>('/api/v1/config/lint', { method: 'POST', headers, body });
    expect(lint.problems).toEqual([]);
    const items = async (section: string) =>
      (await gateway.api<{ items: { key: string; body: Record<string, unknown> }[] }>(`/api/v1/config/${section}`))
        .items;
    expect((await items('handsets')).map(({ key }) => key)).toEqual(['browser']);
    expect((await items('operators'))[0]?.body).toMatchObject({ login: LOGIN, role: 'admin', handset: 'browser' });
    expect((await items('lines'))[0]?.body).toMatchObject({ number: LINE, name: 'Novák', languages: ['cs'] });
    expect(await gateway.api('/api/v1/setup')).toMatchObject({ state: 'finished', account_exists: true });
  },
);

const LOOKS = [
  { language: 'cs', viewport: PHONE, colorScheme: 'dark' },
  { language: 'ru', viewport: DESKTOP, colorScheme: 'light' },
] as const;
for (const { language, ...look } of LOOKS)
  journey.step(`every step fits, and has no obstacles, in ${language}`, async () => {
    const visitor = await harness.visitor(look);
    await visitor.logIn();
    for (const name of ['language', 'kind', 'trunk', 'line', 'hours', 'people', 'prompts', 'test']) {
      await visitor.page.goto(`/setup?step=${name}&lang=${language}`);
      await visitor.page.locator('h2#step').waitFor();
      await looksWell(visitor, `${name}-${language}`);
    }
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  });

test('from the printed link to the first calls', () => journey.walk(), JOURNEY_MS);
