import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { pickUp } from '../support/sip/phone.js';
import { CUSTOMER, JANS_LINE, LINE, PhoneHarness, type OperatorBrowser } from './phone-harness.js';

/** Calls that start where a number stands. */

let harness: PhoneHarness;

beforeAll(async () => {
  harness = await PhoneHarness.open();
}, 90_000);

afterEach(() => harness.reset(), 30_000);
afterAll(() => harness.close(), 30_000);

const NUMBER = 'Call +420 777 888 999';
const isCalled = (number: string) =>
  expect.poll(() => harness.provider.invites.at(-1)?.invite.uri, { timeout: 20_000 }).toContain(number);
const lastInvites = () => harness.provider.invites.length;

async function talked(operator: OperatorBrowser, line = LINE, number = CUSTOMER): Promise<void> {
  const call = await harness.talk(operator, line, number);
  await call.hangUp();
  await operator.isFree();
}

test('a number in the list of calls is called on the phone of the browser', async () => {
  const eva = await harness.ready('eva');
  await talked(eva);
  const before = lastInvites();
  await eva.page.goto('/calls?direction=incoming');
  await eva.reaches('ready');
  await eva.page.locator('.calls-list').getByRole('button', { name: NUMBER }).first().click();
  await eva.is('talking');
  await expect.poll(lastInvites, { timeout: 20_000 }).toBe(before + 1);
  await isCalled('777888999');
  await eva.press('Hang up');
  await eva.isFree();
});

test('without it, the own handset rings, and then the number', async () => {
  const before = lastInvites();
  const desk = await harness.handset('desk', pickUp);
  const petr = await harness.operator('petr');
  const eva = await harness.ready('eva');
  await talked(eva);
  await petr.page.goto('/calls');
  await petr.page.locator('.calls-list').getByRole('button', { name: NUMBER }).first().click();
  await petr.page.getByText('Your phone rings: answer it to call +420 777 888 999.').waitFor();
  await expect.poll(() => desk.invites.length, { timeout: 20_000 }).toBeGreaterThan(0);
  await expect.poll(lastInvites, { timeout: 20_000 }).toBeGreaterThan(before);
  await isCalled('777888999');
  await harness.provider.invites.at(-1)!.hangUp();
});

test('what the dial policy forbids says so in place of calling', async () => {
  const eva = await harness.ready('eva');
  await talked(eva, LINE, '+4915112345678');
  await eva.page.goto('/calls');
  const button = eva.page
    .locator('.calls-list')
    .getByRole('button', { name: /^Call \+49.*does not allow/ })
    .first();
  await button.waitFor();
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  const before = lastInvites();
  await button.click({ force: true });
  expect(await eva.dock.locator('[data-call]').count()).toBe(0);
  expect(lastInvites()).toBe(before);
  await eva.visitor.photograph('calls-with-call-buttons');
  expect(await eva.visitor.obstacles()).toEqual([]);
});

test('the last calls of the phone, and one of them called again', async () => {
  const eva = await harness.ready('eva');
  await talked(eva);
  const missed = await (await harness.caller('+420602111333')).dial(LINE);
  await eva.is('ringing');
  await missed.hangUp();
  await eva.isFree();
  await eva.press('Last calls');
  const list = eva.dock.getByRole('region', { name: 'Last calls' });
  await list.locator('[data-result="missed"]').getByText('+420 602 111 333').waitFor();
  await eva.visitor.photograph('phone-last-calls');
  expect(await eva.visitor.obstacles()).toEqual([]);
  await list.getByRole('button', { name: NUMBER }).click();
  await eva.is('talking');
  await isCalled('777888999');
  await eva.press('Hang up');
  await eva.isFree();
});

test('who may not see numbers calls back without one', async () => {
  const jan = await harness.ready('jan');
  await talked(jan, JANS_LINE);
  const before = lastInvites();
  await jan.press('Last calls');
  const list = jan.dock.getByRole('region', { name: 'Last calls' });
  await list.getByRole('button', { name: 'Call this number' }).first().click();
  await jan.is('ringing');
  await jan.press(/^Answer/);
  await jan.is('talking');
  await expect.poll(lastInvites, { timeout: 20_000 }).toBe(before + 1);
  await isCalled('777888999');
  const seen = [await jan.page.content(), ...jan.received.filter((text) => !text.includes('SIP/2.0'))].join('\n');
  expect(seen).not.toMatch(/777\s?888\s?999/);
  await jan.press('Hang up');
  await jan.isFree();
});

test('the Call Url of another system rings the phone of the browser, and the browser is offered tel: links', async () => {
  const eva = await harness.ready('eva');
  const other = await eva.page.context().newPage();
  await other.goto('/click-to-call?number=tel%3A%2B420777000222');
  await other.getByRole('button', { name: 'Call' }).click();
  await other.getByText('Your phone is ringing.', { exact: false }).waitFor();
  await eva.is('ringing');
  await eva.press(/^Answer/);
  await eva.is('talking');
  await isCalled('777000222');
  await eva.press('Hang up');
  await eva.isFree();
  await other.close();

  await eva.page.evaluate(() => {
    const offered: unknown[] = [];
    Object.assign(globalThis, { offered });
    navigator.registerProtocolHandler = (...offer) => void offered.push(offer);
  });
  await eva.press('Phone settings');
  const dialog = eva.page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Open telephone links here' }).click();
  await dialog.getByText('The browser asks whether it may.').waitFor();
  expect(await eva.page.evaluate(() => (globalThis as unknown as { offered: unknown[] }).offered)).toEqual([
    ['tel', `${harness.gateway.url}/click-to-call?number=%s`],
  ]);
});

test('the browser permits the scheme tel to this page', async () => {
  const eva = await harness.operator('eva');
  const outcome = await eva.page.evaluate(() => {
    try {
      navigator.registerProtocolHandler('tel', `${location.origin}/click-to-call?number=%s`);
      return 'permitted';
    } catch (error) {
      return String(error);
    }
  });
  expect(outcome).toBe('permitted');
});
