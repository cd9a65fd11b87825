import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { DESKTOP, PHONE } from './browser-harness.js';
import {
  CHOSEN,
  CUSTOMER,
  hearsOperator,
  JANS_LINE,
  LINE,
  MENU_LINE,
  PhoneHarness,
  quietForMs,
  silentForMs,
  speaks,
} from './phone-harness.js';

/** The operator's phone in the console: reached, called and calling, with what both sides hear. */

let harness: PhoneHarness;

beforeAll(async () => {
  harness = await PhoneHarness.open();
}, 90_000);

afterEach(() => harness.reset(), 30_000);
afterAll(() => harness.close(), 30_000);

test('stays registered and in the talk on every page; the caller’s name and orders are shown', async () => {
  const eva = await harness.ready('eva');
  const { page } = eva;
  await page.goto('/missed');
  await eva.reaches('ready');
  const call = await (await harness.caller(CUSTOMER)).dial(LINE);
  await eva.is('ringing');
  await eva.dock.getByText('Jana Nováková').waitFor();
  await eva.dock.getByRole('link', { name: '1004' }).waitFor();
  await expect.poll(() => page.title()).toContain('Jana Nováková');
  await eva.visitor.photograph('phone-ringing');
  expect(await eva.visitor.obstacles()).toEqual([]);
  await eva.press(/^Answer/);
  await eva.is('talking');
  await expect.poll(() => page.title()).not.toContain('Jana Nováková');
  speaks(call);
  await hearsOperator(call);
  await eva.hears('caller');
  for (const path of ['/calls', '/prompts', '/music', '/now']) {
    await page.locator(`nav a[href="${path}"]`).first().click();
    await page.waitForURL(`**${path}`);
    await page.locator('main h1').waitFor();
    await eva.is('talking');
  }
  await eva.hears('caller');
  await expect.poll(() => quietForMs(call)).toBeLessThan(1000);
  await eva.press('Hang up');
  await call.ended();
  await eva.isFree();
  expect(eva.visitor.complaints).toEqual([]);
});

test('hold is music on the far side, mute is silence; both end', async () => {
  const eva = await harness.ready('eva');
  const call = await (await harness.caller()).dial(LINE);
  await eva.is('ringing');
  await eva.page.keyboard.press('a');
  await eva.is('talking');
  speaks(call);
  await hearsOperator(call);
  await eva.press('Mute');
  await expect.poll(() => silentForMs(call), { timeout: 15_000 }).toBeGreaterThan(1000);
  await eva.press('Mute');
  await hearsOperator(call);
  await eva.press('Hold');
  await eva.is('held');
  await expect.poll(() => quietForMs(call), { timeout: 15_000 }).toBeGreaterThan(1000);
  await expect.poll(() => silentForMs(call), { timeout: 15_000 }).toBeLessThan(500);
  expect(quietForMs(call)).toBeGreaterThan(1000);
  await eva.press('Resume');
  await eva.is('talking');
  await hearsOperator(call);
  await eva.hears('caller');
  await call.hangUp();
  await eva.isFree();
});

test('declines by key; a caller who gives up is missed', async () => {
  const eva = await harness.ready('eva');
  const call = await (await harness.caller()).dial(LINE);
  await eva.is('ringing');
  await eva.page.keyboard.press('d');
  await eva.dock.getByText('Declined').waitFor();
  await call.hangUp();
  const second = await (await harness.caller()).dial(LINE);
  await eva.is('ringing', 60_000);
  await second.hangUp();
  await eva.dock.getByText('Missed call', { exact: false }).first().waitFor();
  await eva.dock.locator('[data-ended="missed"]').waitFor();
});

test('calls out through the dial policy, again by redial, and sends keys to a call plan', async () => {
  const eva = await harness.ready('eva');
  await eva.dial('777 000 111');
  await eva.is('talking');
  const call = harness.provider.invites.at(-1)!;
  expect(call.invite.uri).toContain('777000111');
  await hearsOperator(call);
  await eva.press('Hang up');
  await call.ended();
  await eva.press('Redial');
  await eva.is('talking');
  await harness.provider.invites.at(-1)!.hangUp();
  await eva.isFree();

  await eva.dial('+49 151 1234567');
  await eva.dock.locator('[data-ended]').waitFor();
  await eva.isFree();

  await eva.dial(MENU_LINE);
  await eva.is('talking');
  await eva.press('Keypad');
  await eva.dock.getByRole('group', { name: 'Keypad' }).getByRole('button', { name: '7' }).click();
  const timeline = await harness.gateway.finished('eva', 20_000);
  expect(timeline.filter(({ kind }) => kind === 'digit').map(({ data }) => data['digit'])).toEqual(['7']);
  expect(JSON.stringify(timeline)).toContain(String(CHOSEN));
  await eva.isFree();
});

test('the echo test returns the own voice', async () => {
  const eva = await harness.ready('eva');
  await eva.press('Phone settings');
  await eva.page.getByRole('dialog').getByRole('button', { name: 'Echo test' }).click();
  await eva.is('talking');
  await eva.hears('itself');
  await eva.press('Hang up');
  await eva.isFree();
  expect((await harness.gateway.calls('echo-test')).length).toBe(0);
});

test('passes a caller on to a handset of the directory', async () => {
  const eva = await harness.ready('eva');
  const jan = await harness.ready('jan');
  const call = await harness.talk(eva);
  await hearsOperator(call);
  await eva.press('Transfer');
  const dialog = eva.page.getByRole('dialog', { name: 'Transfer' });
  await dialog.getByRole('button', { name: /^Petr .*not connected/ }).waitFor();
  expect(await eva.visitor.obstacles()).toEqual([]);
  await eva.visitor.photograph('phone-transfer');
  await dialog.getByLabel('Name or number').fill('jan v');
  await dialog.getByRole('button', { name: /^Jan Velký .*free/ }).click();
  await eva.isFree();
  await jan.is('ringing');
  await jan.press(/^Answer/);
  await jan.is('talking');
  speaks(call);
  await jan.hears('caller');
  await expect.poll(() => quietForMs(call), { timeout: 15_000 }).toBeLessThan(500);
  await jan.press('Hang up');
  await call.ended();
});

test('passes a caller on to a contact of the company, whom only operators with numbers see', async () => {
  const eva = await harness.ready('eva');
  const call = await harness.talk(eva);
  await hearsOperator(call);
  await eva.press('Transfer');
  const dialog = eva.page.getByRole('dialog', { name: 'Transfer' });
  await dialog.getByLabel('Name or number').fill('courier');
  await dialog.getByRole('button', { name: 'Karel, courier weekdays' }).click();
  await eva.isFree();
  await expect.poll(() => harness.provider.invites.at(-1)?.invite.uri, { timeout: 20_000 }).toContain('602111222');
  await harness.provider.invites.at(-1)!.hangUp();
  await call.ended();

  const jan = await harness.ready('jan');
  const other = await harness.talk(jan, JANS_LINE);
  await jan.press('Transfer');
  const choices = jan.page.getByRole('dialog', { name: 'Transfer' });
  await choices.getByRole('button', { name: /^Petr/ }).waitFor();
  expect(await choices.getByText('Karel').count()).toBe(0);
  await jan.page.keyboard.press('Escape');
  await other.hangUp();
  await jan.isFree();
});

test('an operator who may not see numbers gets none: not in SIP, not from the monitor, not on the page', async () => {
  const jan = await harness.ready('jan');
  const call = await harness.talk(jan, JANS_LINE, CUSTOMER);
  speaks(call);
  await jan.hears('caller');
  const invites = jan.received.filter((message) => message.startsWith('INVITE '));
  expect(invites.at(-1)).toContain('anonymous');
  await call.hangUp();
  await jan.isFree();
  const digits = CUSTOMER.slice(-9);
  expect(jan.received.filter((message) => message.replaceAll(/[^\d]/g, '').includes(digits))).toEqual([]);
  expect((await jan.page.content()).replaceAll(/[^\d<>]/g, '')).not.toContain(digits);
  const eva = await harness.ready('eva');
  const shown = await (await harness.caller(CUSTOMER)).dial(LINE);
  await eva.is('ringing');
  expect(eva.received.some((message) => message.startsWith('INVITE ') && message.includes(digits))).toBe(true);
  await shown.hangUp();
});

test.each([
  { language: 'cs', viewport: PHONE, colorScheme: 'dark' },
  { language: 'ru', viewport: DESKTOP, colorScheme: 'light' },
] as const)('fits, and has no obstacles: $language, $colorScheme', async ({ language, ...look }) => {
  const eva = await harness.ready('eva', look);
  const looksWell = async (name: string) => {
    await eva.visitor.photograph(`phone-${name}-${language}`);
    expect.soft(await eva.visitor.obstacles(), name).toEqual([]);
    expect.soft(await eva.visitor.overflow(), name).toBe(0);
  };
  await eva.page.goto(`/now?lang=${language}`);
  await eva.reaches('ready');
  await looksWell('ready');
  const call = await (await harness.caller(CUSTOMER)).dial(LINE);
  await eva.page.locator('[data-call="ringing"]').waitFor();
  await looksWell('ringing');
  await eva.page.keyboard.press('a');
  await eva.page.locator('[data-call="talking"]').waitFor();
  await eva.page.locator('.phone-dock [data-call] button[aria-expanded]').click();
  await looksWell('talking');
  await call.hangUp();
  await expect.poll(() => eva.page.locator('[data-call]').count()).toBe(0);
  await eva.page.locator('.phone-dock .row-actions button:not([aria-expanded])').click();
  await looksWell('settings');
});
