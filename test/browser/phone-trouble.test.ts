import { chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CHROMIUM } from './browser-harness.js';
import { hearsOperator, LINE, OperatorBrowser, PhoneHarness, quietForMs, speaks } from './phone-harness.js';

/** The phone of the console when something fails: it says whether calls arrive, and is ready again by itself. */

let harness: PhoneHarness;

beforeAll(async () => {
  harness = await PhoneHarness.open();
}, 90_000);

afterEach(() => harness.reset(), 30_000);
afterAll(() => harness.close(), 30_000);

test('one tab is the phone; the other takes it over, but not out of a call', async () => {
  const first = await harness.ready('eva');
  const page = await first.page.context().newPage();
  await page.goto('/now');
  const second = new OperatorBrowser(first.visitor, page);
  await second.reaches('elsewhere');
  const call = await harness.talk(first);
  await hearsOperator(call);
  await second.press('Use the phone here');
  await second.dock.getByText('The other tab is in a call.').waitFor();
  await first.is('talking');
  await call.hangUp();
  await first.isFree();
  await second.press('Use the phone here');
  await second.reaches('ready');
  await first.reaches('elsewhere');
  const next = await (await harness.caller()).dial(LINE);
  await second.is('ringing', 60_000);
  await second.press(/^Answer/);
  await hearsOperator(next);
  await next.hangUp();
  await second.isFree();
  await page.close();
  await first.reaches('ready');
});

test('the page is loaded again during a talk: it goes on, both ways', async () => {
  const eva = await harness.ready('eva');
  const call = await harness.talk(eva);
  speaks(call);
  await eva.hears('caller');
  await eva.page.reload();
  await eva.is('talking');
  await eva.hears('caller');
  await expect.poll(() => quietForMs(call), { timeout: 15_000 }).toBeLessThan(500);
  expect(await eva.page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toMatch(
    /password|[0-9a-f]{40}/,
  );
  await call.hangUp();
  await eva.isFree();
});

test('the page is closed during a talk: the caller is not left in silence', async () => {
  const eva = await harness.ready('eva');
  const call = await harness.talk(eva);
  await hearsOperator(call);
  await eva.page.close();
  await call.ended({ withinMs: 40_000 });
});

test('the gateway restarts during a talk: says that it cannot be reached, the talk goes on, and it is ready again', async () => {
  const eva = await harness.ready('eva');
  const call = await harness.talk(eva);
  speaks(call);
  await eva.hears('caller');
  await harness.gateway.kill();
  await eva.dock.getByText('You cannot be reached. Connecting again…').waitFor();
  await eva.hears('caller');
  await harness.gateway.run();
  await harness.gateway.ready();
  await eva.reaches('ready', 60_000);
  await eva.hears('caller');
  await hearsOperator(call);
  await call.hangUp();
  await eva.isFree();
});

test('Asterisk restarts: says that it cannot be reached, and is ready again by itself', async () => {
  const eva = await harness.ready('eva');
  await harness.asterisk.restart();
  await eva.reaches('lost');
  await eva.reaches('ready', 60_000);
  const call = await (await harness.caller()).dial(LINE);
  await eva.is('ringing', 60_000);
  await call.hangUp();
});

test('a new password for the handset: registers again with it', async () => {
  const eva = await harness.ready('eva');
  await harness.gateway.api('/api/v1/handsets/eva/password', { method: 'POST' });
  await eva.page.reload();
  await eva.reaches('ready', 60_000);
});

test('a microphone that is denied: says how to allow it, and that nobody gets through', async () => {
  const browser = await chromium.launch({
    ...CHROMIUM,
    args: [...CHROMIUM.args, '--use-fake-device-for-media-stream', '--deny-permission-prompts'],
  });
  try {
    const eva = await harness.operator('eva', { permissions: [] }, browser);
    await eva.switchOn();
    await eva.reaches('no_microphone');
    await eva.dock.getByText('allow the microphone').waitFor();
    await expect(harness.gateway.api('/api/v1/handsets')).resolves.toMatchObject({
      handsets: [{ name: 'eva', registered: false }, {}, {}],
    });
    await eva.page.context().grantPermissions(['microphone']);
    await eva.reaches('ready');
  } finally {
    await browser.close();
  }
});

test('no microphone in the machine: the console works, and says so', async () => {
  const browser = await chromium.launch(CHROMIUM);
  try {
    const eva = await harness.operator('eva', {}, browser);
    await eva.switchOn();
    await eva.reaches('no_microphone');
    await eva.dock.getByText('No microphone was found').waitFor();
    await eva.page.locator('nav a[href="/calls"]').first().click();
    await eva.page.waitForURL('**/calls');
    await eva.reaches('no_microphone');
  } finally {
    await browser.close();
  }
});

test('without a press the browser would not ring: it asks for one before a call', async () => {
  const eva = await harness.ready('eva');
  const silent = (operator: OperatorBrowser) =>
    operator.dock.getByText('The browser will not play the ringing until you click.');
  expect(await silent(eva).count()).toBe(0);
  const page = await eva.page.context().newPage();
  await page.addInitScript(suspendUntilPress);
  await eva.page.close();
  await page.goto('/now');
  const again = new OperatorBrowser(eva.visitor, page);
  await again.reaches('ready');
  await silent(again).waitFor();
  await again.press('Let it ring');
  await silent(again).waitFor({ state: 'detached' });
});

/** Runs in the page: sound as browsers have it by default. To Chromium itself, what a test asks the page counts as a press. */
function suspendUntilPress(): void {
  let isPressed = false;
  addEventListener('pointerdown', () => (isPressed = true), true);
  const state = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, 'state');
  Object.defineProperty(BaseAudioContext.prototype, 'state', {
    get(this: BaseAudioContext): unknown {
      return isPressed ? state?.get?.call(this) : 'suspended';
    },
  });
}
