import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { PhoneCall } from '../support/sip/phone.js';
import { DESKTOP, PHONE } from './browser-harness.js';
import { playsAnything, playsTone } from './loudspeaker.js';
import {
  CALLERS_VOICE,
  CUSTOMER,
  hearsOperator,
  JANS_LINE,
  LINE,
  OPERATORS_VOICE,
  PhoneHarness,
  quietForMs,
  silentForMs,
  speaks,
  type OperatorBrowser,
} from './phone-harness.js';

/** Operators ask a colleague before a transfer: what caller, operator and colleague hear and see in every state. */

/** Its frequencies differ from those of the other voices by more than a loudspeaker's peaks are wide. */
const JANS_VOICE = 62;
const VOICES = { caller: CALLERS_VOICE, eva: OPERATORS_VOICE, jan: JANS_VOICE };
type Voice = keyof typeof VOICES;

let harness: PhoneHarness;
/** Its microphone has another tone than that of the harness's browser. */
let jansBrowser: Browser;

beforeAll(async () => {
  harness = await PhoneHarness.open();
  jansBrowser = await harness.launchBrowser(JANS_VOICE);
}, 90_000);

afterEach(async () => {
  // For the retry of a test that failed after it had killed the gateway.
  if (!harness.gateway.alive) {
    await harness.gateway.run();
    await harness.gateway.ready();
  }
  await harness.reset();
}, 30_000);
afterAll(async () => {
  await jansBrowser.close();
  await harness.close();
}, 30_000);

async function hears(operator: OperatorBrowser, ...voices: Voice[]): Promise<void> {
  const tones = voices.map((voice) => VOICES[voice]);
  const plays = () => playsTone(operator.dock.locator('audio'), ...tones);
  await expect.poll(plays, { timeout: 20_000, message: `hears ${voices.join(' and ')}` }).toBe(true);
}

async function hearsMusic(operator: OperatorBrowser): Promise<void> {
  const plays = () => playsAnything(operator.dock.locator('audio'), Object.values(VOICES));
  await expect.poll(plays, { timeout: 20_000 }).toBe(true);
}

/** The caller hears neither operator, and no silence. */
async function callerHearsMusic(call: PhoneCall): Promise<void> {
  const isMusic = () =>
    quietForMs(call) > 1000 && quietForMs(call, JANS_VOICE) > 1000 && silentForMs(call) < 500 ? true : undefined;
  await expect.poll(isMusic, { timeout: 20_000 }).toBe(true);
}

async function shows(operator: OperatorBrowser, phase: string): Promise<void> {
  await operator.dock.locator(`[data-transfer="${phase}"]`).waitFor({ timeout: 20_000 });
}

const step = (operator: OperatorBrowser, name: string) => operator.page.locator(`[data-step="${name}"]`).click();

async function ask(operator: OperatorBrowser, whom: string): Promise<void> {
  await operator.press('Transfer');
  const dialog = operator.page.getByRole('dialog', { name: 'Transfer' });
  await dialog.getByRole('button', { name: `Ask first: ${whom}` }).click();
}

/** Eva talks with the caller and asks Jan, who has answered. */
async function consulting(line = LINE): Promise<{ eva: OperatorBrowser; jan: OperatorBrowser; call: PhoneCall }> {
  const eva = await harness.ready('eva');
  const jan = await harness.ready('jan', {}, jansBrowser);
  const call = await harness.talk(eva, line, CUSTOMER);
  speaks(call);
  await hearsOperator(call);
  await ask(eva, 'Jan Velký');
  await shows(eva, 'ringing');
  await jan.is('ringing');
  await callerHearsMusic(call);
  await jan.press(/^Answer/);
  await jan.is('talking');
  await shows(eva, 'consulting');
  return { eva, jan, call };
}

test('asks first, swaps, brings all together, separates and connects: who hears whom', async () => {
  const { eva, jan, call } = await consulting();
  await jan.dock.getByText('Eva Malá asks you about this call.').waitFor();
  await hears(eva, 'jan');
  await hears(jan, 'eva');
  await callerHearsMusic(call);
  await eva.visitor.photograph('phone-consulting');
  expect(await eva.visitor.obstacles()).toEqual([]);

  await step(eva, 'swap');
  await shows(eva, 'swapped');
  await hears(eva, 'caller');
  await hearsOperator(call);
  await hearsMusic(jan);

  await step(eva, 'join');
  await shows(eva, 'conference');
  await hears(eva, 'caller', 'jan');
  await hears(jan, 'caller', 'eva');
  // Each voice alone: the ear of the test knows one tone at a time.
  await jan.press('Mute');
  await hearsOperator(call);
  await eva.press('Mute');
  await jan.press('Mute');
  await hearsOperator(call, JANS_VOICE);
  await eva.press('Mute');
  await eva.visitor.photograph('phone-conference');
  expect(await eva.visitor.obstacles()).toEqual([]);

  await step(eva, 'separate');
  await shows(eva, 'swapped');
  await hearsMusic(jan);
  await hears(eva, 'caller');

  await step(eva, 'connect');
  await eva.isFree();
  await hears(jan, 'caller');
  await hearsOperator(call, JANS_VOICE);
  await jan.press('Hang up');
  await call.ended();
});

test('goes back to the caller, and the one who was asked is free again', async () => {
  const { eva, jan, call } = await consulting();
  await step(eva, 'return');
  await jan.isFree();
  await hears(eva, 'caller');
  await hearsOperator(call);
  await expect.poll(() => eva.dock.locator('[data-transfer]').count()).toBe(0);
  await call.hangUp();
  await eva.isFree();
});

test('the operator leaves the conference: the other two talk on', async () => {
  const { eva, jan, call } = await consulting();
  await step(eva, 'join');
  await shows(eva, 'conference');
  await eva.press('Hang up');
  await eva.isFree();
  await hears(jan, 'caller');
  await hearsOperator(call, JANS_VOICE);
  await call.hangUp();
  await jan.isFree();
});

test('the state survives a reload of the tab and kill -9 of the gateway', async () => {
  const { eva, jan, call } = await consulting();
  await eva.page.reload();
  await shows(eva, 'consulting');
  await eva.is('talking', 40_000);
  await hears(eva, 'jan');
  await hears(jan, 'eva');
  await callerHearsMusic(call);

  await step(eva, 'join');
  await shows(eva, 'conference');
  // It is shown once it is stored; Asterisk is asked after that.
  await hears(eva, 'caller', 'jan');
  await harness.gateway.kill();
  await hears(eva, 'caller', 'jan');
  await harness.gateway.run();
  await harness.gateway.ready();
  await eva.reaches('ready', 60_000);
  await jan.reaches('ready', 60_000);
  await shows(eva, 'conference');
  await hears(jan, 'caller', 'eva');
  await step(eva, 'separate');
  await shows(eva, 'consulting');
  await hears(eva, 'jan');
  await step(eva, 'connect');
  await eva.isFree();
  await hears(jan, 'caller');
  await call.hangUp();
  await jan.isFree();
}, 240_000);

test('an operator who may not see numbers gets none while being asked, nor while asking', async () => {
  const digits = CUSTOMER.slice(-9);
  const knowsNumber = async ({ page, received }: OperatorBrowser) =>
    received.some((message) => message.replaceAll(/[^\d]/g, '').includes(digits)) ||
    (await page.content()).replaceAll(/[^\d<>]/g, '').includes(digits);
  const asked = await consulting();
  await step(asked.eva, 'join');
  await shows(asked.eva, 'conference');
  expect(await knowsNumber(asked.jan)).toBe(false);
  await step(asked.eva, 'connect');
  await hears(asked.jan, 'caller');
  expect(await knowsNumber(asked.jan)).toBe(false);
  await asked.call.hangUp();
  await asked.jan.isFree();

  const call = await harness.talk(asked.jan, JANS_LINE, CUSTOMER);
  await ask(asked.jan, 'Eva Malá');
  await asked.eva.is('ringing');
  await asked.eva.press(/^Answer/);
  await shows(asked.jan, 'consulting');
  expect(await knowsNumber(asked.jan)).toBe(false);
  await call.hangUp();
  await asked.jan.isFree();
}, 180_000);

test.each([
  { language: 'cs', viewport: PHONE, colorScheme: 'dark' },
  { language: 'ru', viewport: DESKTOP, colorScheme: 'light' },
] as const)('fits, and has no obstacles: $language, $colorScheme', async ({ language, ...look }) => {
  const eva = await harness.ready('eva', look);
  const jan = await harness.ready('jan', {}, jansBrowser);
  await eva.page.goto(`/now?lang=${language}`);
  await eva.reaches('ready');
  const call = await (await harness.caller(CUSTOMER)).dial(LINE);
  await eva.page.locator('[data-call="ringing"]').waitFor();
  await eva.page.keyboard.press('a');
  await eva.page.locator('[data-call="talking"]').waitFor();
  await eva.page.locator('[data-action="transfer"]').click();
  await eva.visitor.photograph(`phone-ask-${language}`);
  expect.soft(await eva.visitor.obstacles()).toEqual([]);
  await eva.page.locator('dialog button.ask').filter({ visible: true }).first().click();
  for (const phase of ['ringing', 'consulting', 'conference']) {
    if (phase === 'consulting') await jan.press(/^Answer/);
    if (phase === 'conference') await step(eva, 'join');
    await eva.page.locator(`[data-transfer="${phase}"]`).waitFor();
    await eva.visitor.photograph(`phone-${phase}-${language}`);
    expect.soft(await eva.visitor.obstacles(), phase).toEqual([]);
    expect.soft(await eva.visitor.overflow(), phase).toBe(0);
  }
  await call.hangUp();
});
