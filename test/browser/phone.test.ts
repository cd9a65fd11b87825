import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  CHOSEN,
  CUSTOMER,
  hearsOperator,
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
