import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CUSTOMER, JANS_LINE, LINE, PhoneHarness, WRAP_UP_LINE, type OperatorBrowser } from './phone-harness.js';

/** What an operator sees and writes beside a call. */

let harness: PhoneHarness;

beforeAll(async () => {
  harness = await PhoneHarness.open();
}, 90_000);

afterEach(async () => {
  await harness.reset();
  const headers = { 'content-type': 'application/json' };
  await harness.gateway.api('/api/v1/handsets/eva/end-wrap-up', { method: 'POST', body: '{}', headers });
}, 30_000);
afterAll(() => harness.close(), 30_000);

const noteOf = ({ dock }: OperatorBrowser) => dock.getByLabel('Note about this call');
const isSaved = ({ dock }: OperatorBrowser) => dock.locator('[data-note="saved"]').waitFor();

test('a note is written in the talk and after it, and is beside the next call of the customer', async () => {
  const words = `wants the red one ${Date.now()}`;
  const eva = await harness.ready('eva');
  const first = await harness.talk(eva, LINE, CUSTOMER);
  await noteOf(eva).fill(words);
  await isSaved(eva);
  await first.hangUp();
  await eva.isFree();
  await eva.dock.getByText('Last call: Jana Nováková').waitFor();
  await noteOf(eva).fill(`${words}, on Monday`);
  await isSaved(eva);
  await eva.page.goto('/calls?has_note=true');
  await eva.page.locator('.calls-list .has-note').first().waitFor();
  await eva.page.locator('.calls-list a').first().click();
  await expect.poll(() => eva.page.locator('main textarea').inputValue()).toBe(`${words}, on Monday`);
  await eva.reaches('ready');

  const second = await (await harness.caller(CUSTOMER)).dial(LINE);
  await eva.is('ringing');
  const beside = eva.dock.getByRole('region', { name: 'About the caller' });
  await beside.getByText(`${words}, on Monday`).waitFor();
  const order = beside.getByRole('link', { name: '1004' });
  expect(await order.getAttribute('href')).toBe('https://shop.example/orders/1004');
  expect([await order.getAttribute('target'), await order.getAttribute('rel')]).toEqual(['_blank', 'noreferrer']);
  await beside.getByText('odeslaná').waitFor();
  expect(await beside.locator('.last-calls li').first().textContent()).toContain('answered · Eva Malá');
  await eva.visitor.photograph('phone-beside-ringing');
  expect(await eva.visitor.obstacles()).toEqual([]);
  await eva.press(/^Answer/);
  await eva.is('talking');
  await noteOf(eva).waitFor();
  await eva.visitor.photograph('phone-beside-talking');
  expect(await eva.visitor.obstacles()).toEqual([]);
  await second.hangUp();
  await eva.isFree();
  await eva.press('Close the note');
  await expect.poll(() => noteOf(eva).count()).toBe(0);
});

test('what is typed survives a reload before it is saved', async () => {
  const eva = await harness.ready('eva');
  const call = await harness.talk(eva);
  await noteOf(eva).waitFor();
  const [words] = [`not lost ${Date.now()}`];
  // The gateway cannot be reached while it is typed.
  await eva.page.route('**/note', (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()));
  await noteOf(eva).fill(words);
  await eva.dock.locator('[data-note="failed"]').waitFor();
  await eva.page.unroute('**/note');
  await eva.page.reload();
  await eva.is('talking', 30_000);
  await expect.poll(() => noteOf(eva).inputValue(), { timeout: 15_000 }).toBe(words);
  await isSaved(eva);
  await call.hangUp();
  await eva.isFree();
});

test('a call that the handset makes has the customer beside it, too', async () => {
  const eva = await harness.ready('eva');
  await eva.dial(CUSTOMER);
  await eva.is('talking');
  await eva.dock.getByRole('link', { name: '1004' }).waitFor();
  await noteOf(eva).fill('called back');
  await isSaved(eva);
  await eva.press('Hang up');
  await eva.isFree();
  await eva.dock.getByText(/^Last call: /).waitFor();
});

test('who may not see numbers sees the calls and the words of notes, and no number or name', async () => {
  const before = await harness.ready('eva');
  const first = await harness.talk(before, LINE, CUSTOMER);
  await noteOf(before).fill('call 777 888 999 on Monday');
  await isSaved(before);
  await first.hangUp();
  await before.isFree();

  const jan = await harness.ready('jan');
  const answers: string[] = [];
  jan.page.on('response', (response) => {
    if (response.url().includes('/api/v1/'))
      void response.text().then(
        (text) => answers.push(text),
        () => undefined,
      );
  });
  const call = await (await harness.caller(CUSTOMER)).dial(JANS_LINE);
  await jan.is('ringing');
  const beside = jan.dock.getByRole('region', { name: 'About the caller' });
  await beside.getByText('on Monday').first().waitFor();
  await beside.locator('.last-calls li').first().waitFor();
  await beside.getByText('odeslaná').waitFor();
  await jan.press(/^Answer/);
  await jan.is('talking');
  await noteOf(jan).fill('my own words');
  await isSaved(jan);
  const seen = [
    await jan.page.content(),
    ...answers,
    ...jan.received.filter((text) => !text.startsWith('SIP') && !text.includes('SIP/2.0')),
  ];
  expect(answers.length).toBeGreaterThan(0);
  for (const secret of ['777888999', '777 888 999', 'Nováková', '1004', 'shop.example'])
    expect(seen.filter((text) => text.includes(secret))).toEqual([]);
  await jan.visitor.photograph('phone-beside-masked');
  await call.hangUp();
  await jan.isFree();
});

test('the wrap-up after a call is shown, extended and ended; then the next caller rings', async () => {
  const eva = await harness.ready('eva');
  const first = await harness.talk(eva, WRAP_UP_LINE);
  await first.hangUp();
  await eva.isFree();
  const wrapUp = eva.dock.locator('[data-wrap-up]');
  await wrapUp.waitFor();
  const secondsLeft = async () => {
    const [minutes = 0, seconds = 0] = ((await wrapUp.locator('time').textContent()) ?? '').split(':').map(Number);
    return minutes * 60 + seconds;
  };
  expect(await secondsLeft()).toBeLessThanOrEqual(46);
  await eva.press('More time');
  await expect.poll(secondsLeft).toBeGreaterThan(60);
  await eva.visitor.photograph('phone-wrap-up');
  expect(await eva.visitor.obstacles()).toEqual([]);
  const second = await (await harness.caller()).dial(WRAP_UP_LINE);
  await eva.dock.getByText('1 waiting').waitFor();
  await eva.dock.getByText(/^longest/).waitFor();
  expect(await eva.dock.locator('[data-call]').count()).toBe(0);
  await eva.press('Ready now');
  await eva.is('ringing');
  await eva.press(/^Answer/);
  await eva.is('talking');
  await second.hangUp();
  await eva.isFree();
});
