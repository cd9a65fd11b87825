import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { becomes } from '../support/becomes.js';
import { ringback } from '../support/sip/caller.js';
import type { Phone } from '../support/sip/phone.js';
import { DESKTOP, PHONE, type Visitor } from './browser-harness.js';
import { ReportsHarness } from './reports-harness.js';

/** Missed calls as a list of what is to be done, with real callers who hang up in a queue. */

let harness: ReportsHarness;
let visitor: Visitor;
let handset: Phone;
let callers = 0;

beforeAll(async () => {
  harness = await ReportsHarness.open();
  handset = await harness.handset('a1');
});

beforeEach(async () => {
  visitor = await harness.jana();
  await visitor.page.goto('/missed');
});

afterAll(() => harness.stop());

/** A number that has not called before. */
const newNumber = () => `+420777${String(100_000 + (callers += 1))}`;
const inGroups = (number: string) => number.replace(/(\+\d{3})(...)(...)(...)/, '$1 $2 $3 $4');
const rowOf = (number: string) => visitor.page.locator(`.missed-list tr[data-number="${number}"]`);
const text = (number: string) =>
  rowOf(number)
    .innerText()
    .then((shown) => shown.replaceAll(/\s+/g, ' '));

/** A caller who has hung up in the queue and is on the list. */
async function missed(): Promise<string> {
  const number = newNumber();
  await harness.missedCall(number);
  await rowOf(number).waitFor();
  return number;
}

async function markDone(number: string): Promise<void> {
  const [body, headers] = [JSON.stringify({ note: 'wrote an e-mail' }), { 'content-type': 'application/json' }];
  const path = `/api/v1/missed-calls/${encodeURIComponent(number)}/done`;
  await harness.gateway.fetch(path, { method: 'POST', body, headers });
}

test('without missed calls it says so, and where to look', async () => {
  await visitor.page.getByText('Nobody is waiting for a call back.').waitFor();
  expect(await visitor.page.getByRole('main').getByRole('link', { name: 'All calls' }).getAttribute('href')).toBe(
    '/calls',
  );
  expect(await visitor.obstacles()).toEqual([]);
});

test('a caller who hangs up in the queue appears by itself, with how often and where', async () => {
  const number = await missed();
  const shown = await text(number);
  expect(shown).toContain(`${inGroups(number)} 1 call `);
  expect(shown).toMatch(/ 1 call \d:\d\d Sklad · Zákaznická linka today \d\d:\d\d /);
  await harness.missedCall(number);
  await rowOf(number).getByText('2 calls').waitFor();
  await missed();
  expect(await rowOf(number).count()).toBe(1);
  const { page } = visitor;
  const entry = page.getByRole('navigation').getByRole('link', { name: /^Missed calls \d+ numbers to call back$/ });
  await entry.waitFor();
  const rows = await page.locator('.missed-list tbody tr').count();
  await expect.poll(() => entry.locator('b').innerText()).toBe(String(rows));
  await page.keyboard.press('Control+k');
  await page.getByRole('option', { name: 'Go to: Missed calls', exact: true }).waitFor();
  await page.keyboard.press('Escape');
});

test('one click rings the own handset, then the number; who was reached is no longer on the list', async () => {
  const [number, other] = [await missed(), await missed()];
  const [rung, before] = [handset.invites.length, harness.provider.invites.length];
  await rowOf(number)
    .getByRole('button', { name: `Call back: ${inGroups(number)}` })
    .click();
  await visitor.page.getByText(`Your phone rings: answer it to call ${inGroups(number)}.`).waitFor();
  const own = await becomes('the own handset rings', () => handset.invites[rung]);
  own.answer();
  const called = await becomes('the number is called', () => harness.provider.invites[before]);
  expect(called.invite.uri).toContain(number.slice(1));
  await rowOf(number).getByText('on the phone now').waitFor();
  await own.hears(ringback, { skipping: true });
  called.answer();
  await harness.talks();
  await called.hangUp();
  await own.ended();
  await rowOf(number).waitFor({ state: 'detached' });
  await visitor.page.getByRole('link', { name: 'Done' }).click();
  await rowOf(number).getByRole('link', { name: 'reached' }).waitFor();
  await visitor.page.getByRole('link', { name: 'To call back', exact: true }).click();
  await rowOf(other).waitFor();
});

test('somebody is marked as done with a note, by the keyboard, and it can be undone', async () => {
  const number = await missed();
  const done = rowOf(number).getByRole('button', { name: `Mark as done: ${inGroups(number)}` });
  await done.press('Enter');
  await visitor.page.getByLabel('Note for colleagues').waitFor();
  await visitor.page.keyboard.press('Escape');
  await expect.poll(() => done.evaluate((button) => button === document.activeElement)).toBe(true);
  await done.press('Enter');
  const note = visitor.page.getByLabel('Note for colleagues').and(visitor.page.locator(':focus'));
  await note.waitFor();
  await visitor.page.keyboard.type('wrote an e-mail');
  await visitor.page.keyboard.press('Enter');
  await rowOf(number).waitFor({ state: 'detached' });
  await expect.poll(() => visitor.page.evaluate(() => document.activeElement?.id)).toBe('content');
  await visitor.page.keyboard.press('z');
  await rowOf(number).waitFor();
  await done.click();
  await note.waitFor();
  await visitor.page.keyboard.type('wrote an e-mail');
  await visitor.page.getByRole('dialog').getByRole('button', { name: 'Mark as done' }).click();
  await rowOf(number).waitFor({ state: 'detached' });
  await visitor.page.goto('/missed?state=closed');
  await rowOf(number).getByText('wrote an e-mail').waitFor();
  expect(await text(number)).toContain('done by @jana');
  await rowOf(number)
    .getByRole('button', { name: `Open again: ${inGroups(number)}` })
    .click();
  await rowOf(number).waitFor({ state: 'detached' });
  await visitor.page.goto('/missed');
  await rowOf(number).waitFor();
});

test('who calls again and is answered is no longer on the list', async () => {
  const number = await missed();
  const colleague = await harness.handset('a2');
  const again = await harness.call('+420222333444', number);
  const ringing = await colleague.nextCall();
  ringing.answer();
  await harness.talks();
  await again.hangUp();
  await rowOf(number).waitFor({ state: 'detached' });
  expect(visitor.complaints).toEqual([]);
});

/** Answers as the API does when 300 numbers were missed. */
async function missMany(page: Page): Promise<void> {
  const at = new Date().toISOString();
  const all = Array.from({ length: 300 }, (_, index) => ({
    number: `+420608${String(100_000 + index)}`,
    times: 1 + (index % 3),
    lines: ['+420222333444'],
    queues: [1],
    orders: [],
    first_at: at,
    last_at: at,
    last_call_id: `c_${index}`,
    waited_longest_ms: 40_000,
    waited_total_ms: 60_000,
    closed: null,
  }));
  await page.route('**/api/v1/missed-calls?*', (route) => {
    const asked = new URL(route.request().url()).searchParams;
    const [from, limit] = [Number(asked.get('cursor') ?? 0), Number(asked.get('limit'))];
    if (limit > 200) return route.fulfill({ status: 422, json: { detail: 'limit' } });
    const next = from + limit < all.length ? String(from + limit) : null;
    return route.fulfill({ json: { missed: all.slice(from, from + limit), next } });
  });
}

test.each([
  { language: 'ru', viewport: PHONE },
  { language: 'cs', viewport: { width: 1440, height: 900 } },
  { language: 'en', viewport: { width: 2560, height: 1440 } },
] as const)(
  '300 numbers: fifty at first, and all of them can be reached, in $language',
  async ({ language, viewport }) => {
    const looking = await harness.jana({ viewport });
    const { page } = looking;
    await missMany(page);
    await page.goto(`/missed?lang=${language}`);
    const rows = page.locator('.missed-list tbody tr');
    await expect.poll(() => rows.count()).toBe(50);
    await looking.photograph(`missed-many-${viewport.width}-${language}`);
    expect(await looking.overflow()).toBe(0);
    const more = page.locator('button.older');
    for (const count of [100, 150, 200, 250, 300]) {
      await more.click();
      await expect.poll(() => rows.count()).toBe(count);
    }
    await more.waitFor({ state: 'detached' });
    expect(await rows.last().getAttribute('data-number')).toBe('+420608100299');
    expect(await looking.obstacles()).toEqual([]);
    expect(looking.complaints).toEqual([]);
    await looking.close();
  },
);

test.each([
  { language: 'cs', viewport: PHONE, colorScheme: 'dark' },
  { language: 'ru', viewport: DESKTOP, colorScheme: 'light' },
  { language: 'en', viewport: { width: 2560, height: 1440 }, colorScheme: 'dark' },
] as const)('it fits, and has no obstacles: $language, $colorScheme', async ({ language, ...look }) => {
  await missed();
  await markDone(await missed());
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
