import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { DESKTOP, PHONE } from './browser-harness.js';
import {
  CUSTOMER,
  hearsOperator,
  LINE,
  PhoneHarness,
  quietForMs,
  silentForMs,
  speaks,
  type OperatorBrowser,
} from './phone-harness.js';

/** Parked callers in the console: who sees them, what the caller hears, and who picks them up. */

let harness: PhoneHarness;

beforeAll(async () => {
  harness = await PhoneHarness.open();
}, 90_000);

afterEach(() => harness.reset(), 30_000);
afterAll(() => harness.close(), 30_000);

const places = ({ dock }: OperatorBrowser) => dock.locator('[data-place]');

test('a caller is parked, hears music, is shown to all, and is picked up by one click', async () => {
  const eva = await harness.ready('eva');
  const jan = await harness.ready('jan');
  const call = await harness.talk(eva, LINE, CUSTOMER);
  speaks(call);
  await hearsOperator(call);
  await eva.press('Park');
  await eva.isFree();
  await places(jan).waitFor();
  await expect.poll(() => quietForMs(call) > 1000 && silentForMs(call) < 500, { timeout: 15_000 }).toBe(true);
  await eva.dock.getByText('parked by Eva Malá').waitFor();
  await eva.page.locator('main').getByText('Jana Nováková').first().waitFor();
  await eva.visitor.photograph('phone-parked');
  expect(await eva.visitor.obstacles()).toEqual([]);
  // Jan may not see numbers.
  const digits = CUSTOMER.slice(-9);
  await jan.dock.getByRole('button', { name: /^Pick up/ }).click();
  await jan.is('talking');
  await jan.hears('caller');
  await hearsOperator(call);
  await expect.poll(() => places(eva).count()).toBe(0);
  expect(jan.received.filter((message) => message.replaceAll(/[^\d]/g, '').includes(digits))).toEqual([]);
  expect((await jan.page.content()).replaceAll(/[^\d<>]/g, '')).not.toContain(digits);
  await jan.press('Hang up');
  await call.ended();
});

test('a caller whom nobody picks up rings back, also after the tab was loaded again', async () => {
  const eva = await harness.ready('eva');
  const call = await harness.talk(eva);
  speaks(call);
  await eva.press('Park');
  await eva.isFree();
  await eva.page.reload();
  await places(eva).waitFor();
  await eva.reaches('ready');
  await eva.is('ringing', 60_000);
  await eva.press(/^Answer/);
  await eva.is('talking');
  await eva.hears('caller');
  await hearsOperator(call);
  await call.hangUp();
  await eva.isFree();
});

test.each([
  { language: 'cs', viewport: PHONE, colorScheme: 'dark' },
  { language: 'ru', viewport: DESKTOP, colorScheme: 'light' },
] as const)('fits, and has no obstacles: $language, $colorScheme', async ({ language, ...look }) => {
  const eva = await harness.ready('eva', look);
  const call = await harness.talk(eva, LINE, CUSTOMER);
  await eva.press('Park');
  await eva.isFree();
  await eva.page.goto(`/now?lang=${language}`);
  await eva.page.locator('.phone-dock [data-place]').waitFor();
  await eva.page.locator('main .board [data-place]').waitFor();
  await eva.visitor.photograph(`phone-parked-${language}`);
  expect.soft(await eva.visitor.obstacles()).toEqual([]);
  expect.soft(await eva.visitor.overflow()).toBe(0);
  await call.hangUp();
});
