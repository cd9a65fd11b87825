import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { becomes } from '../support/becomes.js';
import { prompt, ringback } from '../support/sip/caller.js';
import { userOf } from '../support/sip/message.js';
import type { Phone, PhoneCall } from '../support/sip/phone.js';
import { PHONE, type Visitor } from './browser-harness.js';
import { GOODBYE, QUEUE_LINE, ReportsHarness } from './reports-harness.js';

/** What is done without a phone in the browser: a number is called, a prompt is played into the talk, recordings are heard, data is erased. */

/** Above the 5 s between two updates of a list. */
const UPDATE = { timeout: 15_000 };

let harness: ReportsHarness;
let handset: Phone;
let visitor: Visitor;
let made = 0;

beforeAll(async () => {
  harness = await ReportsHarness.open({ pause_reasons: ['lunch'] });
  handset = await harness.handset('a1');
});

beforeEach(async () => {
  visitor = await harness.jana();
});

afterAll(() => harness.stop());

/** A number that no test has used, also not the first try of this one. */
const newNumber = () => `+420777${String(Date.now() % 100_000).padStart(5, '0')}${(made += 1) % 10}`;
const inGroups = (number: string) => number.replace(/(\+\d{3})(...)(...)(...)/, '$1\u00a0$2\u00a0$3\u00a0$4');

function callTo(number: string): Promise<PhoneCall> {
  return becomes(`${number} is called`, () =>
    harness.provider.invites.find(({ invite }) => userOf(invite.uri).endsWith(number.slice(1))),
  );
}

test('a typed number is called from the own handset, and hears a prompt in the talk', async () => {
  const { page } = visitor;
  const number = newNumber();
  const rung = handset.invites.length;
  await page.goto('/now');
  await page.getByRole('button', { name: 'Call a number…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Phone number').fill('12 34');
  await page.keyboard.press('Enter');
  await dialog.getByText(/This is not a phone number|This number may not be called/).waitFor();
  expect(await visitor.obstacles()).toEqual([]);
  await visitor.photograph('now-call-number');
  await dialog.getByLabel('Phone number').fill(number.replace('+420', ''));
  await page.keyboard.press('Enter');
  await page.getByText(/^Your phone rings: answer it to call/).waitFor();
  const own = await becomes('the own handset rings', () => handset.invites[rung]);
  own.answer();
  const called = await callTo(number);
  await own.hears(ringback, { skipping: true });
  called.answer();
  await harness.talks();
  await page
    .locator('.board .calls')
    .getByRole('button', { name: `Actions: ${inGroups(number)}` })
    .click();
  await page.getByRole('button', { name: 'Play a prompt…' }).click();
  await dialog.getByLabel('Prompt').selectOption(String(GOODBYE));
  await dialog.getByLabel('both').check();
  expect(await visitor.obstacles()).toEqual([]);
  await visitor.photograph('now-play-prompt');
  const heard = called.hears(prompt(GOODBYE), { skipping: true });
  await dialog.getByRole('button', { name: 'Play', exact: true }).click();
  await heard;
  await called.hangUp();
  await own.ended();
  expect(visitor.complaints.filter((each) => !/422|403/.test(each))).toEqual([]);
});

test('recorded calls are found in the list, and heard there', async () => {
  const { page } = visitor;
  const number = newNumber();
  const operator = await harness.handset('a2');
  const rung = operator.invites.length;
  const caller = await harness.call(QUEUE_LINE, number);
  const ringing = await becomes('the handset rings', () => operator.invites[rung]);
  ringing.answer();
  await harness.talks();
  caller.say(
    new Int16Array(8000).map((_, index) => (index % 40) * 300),
    { repeats: true },
  );
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await caller.hangUp();
  await harness.gateway.finished(number);
  await becomes('the recording is stored', async () => {
    const { calls } = await harness.gateway.api<{ calls: { caller: string }[] }>('/api/v1/calls?has_recording=true');
    return calls.some((each) => each.caller === number);
  });
  await page.goto('/calls');
  await page.getByLabel('With a recording').check();
  await page.waitForURL('**/calls?has_recording=true');
  const play = page.getByRole('button', { name: `Play the recording: ${inGroups(number)}` });
  const [audio] = await Promise.all([
    page.waitForResponse((response) => /\/recordings\/.*\/audio/.test(response.url())),
    play.click(),
  ]);
  expect([200, 206]).toContain(audio.status());
  expect(await visitor.obstacles()).toEqual([]);
});

test('logins and pauses are listed by handset, and appear by themselves', async () => {
  const { page } = visitor;
  await page.goto('/handsets');
  await page.getByRole('link', { name: 'Logins and pauses' }).click();
  await page.getByRole('search').getByLabel('Handset').selectOption('a2');
  await page.waitForURL('**/handsets?view=history&handset=a2');
  const init = (body: object) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await harness.gateway.api('/api/v1/handsets/a2/log-in', init({}));
  const paused = await harness.gateway.fetch('/api/v1/handsets/a2/pause', init({ reason: 'lunch' }));
  expect(paused.ok).toBe(true);
  await page.locator('tbody .badge').getByText('paused · lunch').first().waitFor(UPDATE);
  expect(await page.locator('tbody tr').first().innerText()).toContain('Sklad');
  await harness.gateway.api('/api/v1/handsets/a2/unpause', init({}));
  await page.locator('tbody .badge').getByText('pause ended').first().waitFor(UPDATE);
  await visitor.photograph('handsets-history');
  await page.getByRole('search').getByLabel('Handset').selectOption('a1');
  await expect.poll(() => page.locator('tbody .badge').getByText('paused · lunch').count()).toBe(0);
  expect(await visitor.obstacles()).toEqual([]);
});

test('the data of a number is shown, downloaded, and erased after it was typed again', async () => {
  const { page } = visitor;
  const number = newNumber();
  await harness.missedCall(number);
  await page.goto('/personal-data');
  await page.getByLabel('Phone number').fill('12');
  await page.getByRole('button', { name: 'Show what is stored' }).click();
  await page.getByText('This is not a phone number.').waitFor();
  visitor.complaints.length = 0;
  await page.getByLabel('Phone number').fill(number.replace('+420', ''));
  await page.keyboard.press('Enter');
  const stored = page.getByRole('region', { name: inGroups(number) });
  await stored.getByText('calls', { exact: true }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download everything' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('personal-data.json');
  const erase = page.getByRole('button', { name: 'Erase the data' });
  const confirmation = page.getByLabel('Type the number again to erase its data');
  await confirmation.fill('+420777000000');
  await erase.click();
  await page.getByText('This is not the number above.').waitFor();
  expect(await harness.gateway.calls(number)).toHaveLength(1);
  expect(await visitor.obstacles()).toEqual([]);
  await visitor.photograph('personal-data');
  await confirmation.fill(number);
  await erase.click();
  const receipt = page.getByRole('status').filter({ hasText: 'Erased' });
  await receipt.waitFor();
  const id = await receipt.locator('code').innerText();
  expect(await receipt.innerText()).not.toContain(number.slice(-6));
  await page.locator('tbody').getByText(id).waitFor(UPDATE);
  expect(await harness.gateway.calls(number)).toHaveLength(0);
  await page.getByLabel('Phone number').fill(number);
  await page.keyboard.press('Enter');
  await page.getByText('Nothing is stored about this number').waitFor();
  expect(visitor.complaints).toEqual([]);
});

test.each(['cs', 'ru'])(
  'on a phone, in %s and the dark, the pages fit and have no accessibility problems',
  async (language) => {
    const phone = await harness.jana({ viewport: PHONE, colorScheme: 'dark' });
    for (const [name, path] of [
      ['personal-data', '/personal-data'],
      ['handsets-history', '/handsets?view=history'],
    ] as const) {
      await phone.page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
      await phone.page.locator('h1').waitFor();
      await expect.poll(() => phone.page.locator('.skeleton:visible').count()).toBe(0);
      await phone.photograph(`${name}-phone-${language}`);
      expect.soft(await phone.obstacles(), path).toEqual([]);
      expect.soft(await phone.overflow(), path).toBe(0);
    }
  },
);
