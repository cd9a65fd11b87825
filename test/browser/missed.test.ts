import { afterAll, beforeAll, expect, test } from 'vitest';
import { becomes } from '../support/becomes.js';
import { ringback } from '../support/sip/caller.js';
import type { Phone } from '../support/sip/phone.js';
import { DESKTOP, PHONE, type Visitor } from './browser-harness.js';
import { ReportsHarness } from './reports-harness.js';

/** Missed calls as a list of what is to be done, with real callers who hang up in a queue. */

const ADAM = '+420777100001';
const BARA = '+420777100002';

let harness: ReportsHarness;
let visitor: Visitor;
let handset: Phone;

beforeAll(async () => {
  harness = await ReportsHarness.open();
  handset = await harness.handset('a1');
  visitor = await harness.jana();
});

afterAll(() => harness.stop());

const rowOf = (number: string) => visitor.page.locator(`.missed-list tr[data-number="${number}"]`);
const text = (number: string) =>
  rowOf(number)
    .innerText()
    .then((shown) => shown.replaceAll(/\s+/g, ' '));

test('without missed calls it says so, and where to look', async () => {
  await visitor.page.goto('/missed');
  await visitor.page.getByText('Nobody is waiting for a call back.').waitFor();
  expect(await visitor.page.getByRole('main').getByRole('link', { name: 'All calls' }).getAttribute('href')).toBe(
    '/calls',
  );
  expect(await visitor.obstacles()).toEqual([]);
});

test('a caller who hangs up in the queue appears by itself, with how often and where', async () => {
  await harness.missedCall(ADAM);
  await rowOf(ADAM).waitFor();
  expect(await text(ADAM)).toMatch(/^\+420 777 100 001 1 call 0:0\d Sklad · Zákaznická linka today \d\d:\d\d /);
  await harness.missedCall(ADAM);
  await rowOf(ADAM).getByText('2 calls').waitFor();
  await harness.missedCall(BARA);
  await rowOf(BARA).waitFor();
  expect(await visitor.page.locator('.missed-list tbody tr').count()).toBe(2);
});

test('one click rings the own handset, then the number; who was reached is no longer on the list', async () => {
  await rowOf(ADAM).getByRole('button', { name: 'Call back: +420 777 100 001' }).click();
  await visitor.page.getByText('Your phone rings: answer it to call +420 777 100 001.').waitFor();
  const own = await handset.nextCall();
  const before = harness.provider.invites.length;
  own.answer();
  const called = await becomes('the number is called', () => harness.provider.invites[before]);
  expect(called.invite.uri).toContain('420777100001');
  await rowOf(ADAM).getByText('on the phone now').waitFor();
  await own.hears(ringback, { skipping: true });
  called.answer();
  await harness.talks();
  await called.hangUp();
  await own.ended();
  await rowOf(ADAM).waitFor({ state: 'detached' });
  await visitor.page.getByRole('link', { name: 'Done' }).click();
  await rowOf(ADAM).getByRole('link', { name: 'reached' }).waitFor();
  await visitor.page.getByRole('link', { name: 'To call back' }).click();
  await rowOf(BARA).waitFor();
});

test('somebody is marked as done with a note, by the keyboard, and it can be undone', async () => {
  const done = rowOf(BARA).getByRole('button', { name: 'Done: +420 777 100 002' });
  await done.press('Enter');
  await visitor.page.getByLabel('Note for colleagues').waitFor();
  await visitor.page.keyboard.press('Escape');
  await expect.poll(() => done.evaluate((button) => button === document.activeElement)).toBe(true);
  await done.press('Enter');
  await visitor.page.keyboard.type('wrote an e-mail');
  await visitor.page.keyboard.press('Enter');
  await rowOf(BARA).waitFor({ state: 'detached' });
  expect(await visitor.page.evaluate(() => document.activeElement?.id)).toBe('content');
  await visitor.page.keyboard.press('z');
  await rowOf(BARA).waitFor();
  await rowOf(BARA).getByRole('button', { name: 'Done: +420 777 100 002' }).click();
  await visitor.page.keyboard.type('wrote an e-mail');
  await visitor.page.getByRole('button', { name: 'Mark as done' }).click();
  await visitor.page.getByText('Nobody is waiting for a call back.').waitFor();
  await visitor.page.goto('/missed?state=closed');
  await rowOf(BARA).getByText('wrote an e-mail').waitFor();
  expect(await text(BARA)).toContain('done by @jana');
  await rowOf(BARA).getByRole('button', { name: 'Open again: +420 777 100 002' }).click();
  await rowOf(BARA).waitFor({ state: 'detached' });
});

test('who calls again and is answered is no longer on the list', async () => {
  await visitor.page.goto('/missed');
  await rowOf(BARA).waitFor();
  const colleague = await harness.handset('a2');
  const again = await harness.call('+420222333444', BARA);
  const ringing = await colleague.nextCall();
  ringing.answer();
  await harness.talks();
  await again.hangUp();
  await rowOf(BARA).waitFor({ state: 'detached' });
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test.each([
  { language: 'cs', viewport: PHONE, colorScheme: 'dark' },
  { language: 'ru', viewport: DESKTOP, colorScheme: 'light' },
  { language: 'en', viewport: { width: 2560, height: 1440 }, colorScheme: 'dark' },
] as const)('it fits, and has no obstacles: $language, $colorScheme', async ({ language, ...look }) => {
  await harness.missedCall(ADAM);
  const looking = await harness.jana(look);
  for (const state of ['open', 'closed']) {
    await looking.page.goto(`/missed?state=${state}&lang=${language}`);
    await looking.page.locator('.missed-list').waitFor();
    await looking.photograph(`missed-${state}-${look.viewport.width}-${look.colorScheme}-${language}`);
    expect(await looking.obstacles()).toEqual([]);
    expect(await looking.overflow()).toBe(0);
    expect(await looking.smallestTextPx()).toBeGreaterThanOrEqual(14);
  }
  expect(looking.complaints).toEqual([]);
  await looking.close();
});
