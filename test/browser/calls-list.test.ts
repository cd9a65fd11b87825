import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { becomes } from '../support/becomes.js';
import { prompt } from '../support/sip/caller.js';
import { toneSamples } from '../support/tones.js';
import { PHONE, publishedVersion, restoreCompany, type Visitor } from './browser-harness.js';
import { GOODBYE, MENU_LINE, MENU_PROMPT, QUEUE_LINE, ReportsHarness } from './reports-harness.js';

/** Days, saved searches, refused calls, the sound of a recording, and a call that is repeated on a changed plan. */

const ADAM = '+420777100001';
const BARA = '+420777100002';
const TALK_S = 2;

let harness: ReportsHarness;
let visitor: Visitor;
/** The company before each test. */
let version: number;

beforeAll(async () => {
  harness = await ReportsHarness.open();
  const operator = await harness.handset('a2');
  operator.onIncoming({ do: 'answer', says: toneSamples(7, 'cs', TALK_S * 1000) });
  const answered = await harness.call(QUEUE_LINE, ADAM);
  await harness.talks();
  await new Promise((resolve) => setTimeout(resolve, TALK_S * 1000));
  await answered.hangUp();
  const served = await harness.call(MENU_LINE, BARA);
  await served.hears(prompt(MENU_PROMPT));
  await served.press('9');
  await served.hears(prompt(GOODBYE), { toItsEnd: true });
  await served.ended();
  await harness.gateway.finished(BARA);
  // Nobody has this number.
  await harness.call('+420222999888', ADAM).catch(() => undefined);
  await becomes('the recording is stored', async () => {
    const { calls } = await harness.gateway.api<{ calls: unknown[] }>('/api/v1/calls?has_recording=true');
    return calls.length === 1;
  });
  version = await publishedVersion(harness.gateway);
  visitor = await harness.jana();
});

afterAll(() => harness.stop());

const address = () => new URL(visitor.page.url()).search;
const rows = () => visitor.page.locator('.calls-list tbody tr');

test('calls of chosen days, in the time zone of the company', async () => {
  const { page } = visitor;
  await page.goto('/calls');
  await expect.poll(() => rows().count()).toBe(2);
  await page.getByLabel('Until').fill('2026-01-06');
  await page.getByText('No call matches the filter.').waitFor();
  await expect.poll(address).toBe('?to=2026-01-06');
  await page.getByLabel('From').fill('2026-01-05');
  await expect.poll(address).toBe('?from=2026-01-05&to=2026-01-06');
  const csv = await page.getByRole('link', { name: 'Download as CSV' }).getAttribute('href');
  expect(Object.fromEntries(new URL(csv ?? '', 'http://localhost').searchParams)).toEqual({
    from: '2026-01-04T23:00:00.000Z',
    to: '2026-01-06T23:00:00.000Z',
  });
});

test('a search is saved under a name, found again, and removed', async () => {
  const { page } = visitor;
  await page.goto('/calls');
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await page.getByLabel('Queue').selectOption('Sklad');
  await expect.poll(() => rows().count()).toBe(1);
  await page.getByRole('button', { name: 'Save this search' }).click();
  await page.getByLabel('Name of the search').fill('Warehouse');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Warehouse' }).waitFor();
  await page.goto('/calls');
  await expect.poll(() => rows().count()).toBe(2);
  await page.getByRole('link', { name: 'Warehouse' }).click();
  await expect.poll(() => rows().count()).toBe(1);
  expect(await visitor.obstacles()).toEqual([]);
  await page.getByRole('button', { name: 'Remove the search Warehouse' }).click();
  await page.getByRole('link', { name: 'Warehouse' }).waitFor({ state: 'detached' });
  await page.keyboard.press('z');
  await page.getByRole('link', { name: 'Warehouse' }).waitFor();
});

test('a call to a number that no line has is above the list', async () => {
  const { page } = visitor;
  await page.goto('/calls');
  await page.getByText('1 refused call in the last days').click();
  const refused = page.getByText('+420 777 100 001 called +420 222 999 888: no line has this number');
  await refused.waitFor();
  expect(await visitor.obstacles()).toEqual([]);
  await page.goto('/calls?q=777+100+001');
  await refused.waitFor();
  await page.goto('/calls?q=777+100+999');
  await page.getByText('No call matches').waitFor();
  expect(await refused.count()).toBe(0);
});

test('older calls are loaded as the list is scrolled, and are there again on the way back', async () => {
  const { page } = visitor;
  await page.route('**/api/v1/calls?**', async (route) => {
    const url = new URL(route.request().url());
    url.searchParams.set('limit', '1');
    await route.continue({ url: url.href });
  });
  await page.goto('/calls?direction=incoming');
  await expect.poll(() => rows().count()).toBe(2);
  expect(await page.locator('.calls-list tbody').count()).toBe(2);
  await page.getByRole('button', { name: 'Show older calls' }).waitFor({ state: 'detached' });
  await rows().last().getByRole('link').click();
  await page.locator('ol.timeline').waitFor();
  await page.goBack();
  await expect.poll(() => rows().count()).toBe(2);
  await page.unroute('**/api/v1/calls?**');
});

test('the sound of a recording is drawn under the talk when it is asked for', async () => {
  const { page } = visitor;
  await page.goto('/calls?has_recording=true');
  const audio: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/audio')) audio.push(request.url());
  });
  await rows().first().getByRole('link').click();
  const draw = page.getByRole('button', { name: 'Draw the sound' });
  await draw.waitFor();
  expect(audio).toEqual([]);
  await draw.click();
  const path = page.locator('.lane.wave path');
  await path.waitFor({ state: 'attached' });
  // Somebody spoke: the outline is not flat.
  expect(await path.getAttribute('d')).toMatch(/ 0\.[0-8]\d/);
  expect(await draw.count()).toBe(0);
  expect(audio).toHaveLength(1);
  expect(await visitor.obstacles()).toEqual([]);
  await page.setViewportSize(PHONE);
  await visitor.photograph('call-wave-390-light-en');
  expect(await visitor.overflow()).toBe(0);
});

test('a call is repeated on the plan of today, and exported', async () => {
  const { page } = visitor;
  await restoreCompany(harness.gateway, version);
  await page.goto(`/calls?q=${encodeURIComponent(BARA)}`);
  await rows().first().getByRole('link').click();
  await page.getByRole('button', { name: 'Repeat on today’s plan' }).click();
  await page.getByText('Today’s plan does the same.').waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export' }).click()]);
  const exported = JSON.parse(await readFile(await file.path(), 'utf8')) as { request: unknown };
  expect(exported.request).toMatchObject({ line: MENU_LINE, keys: '9', caller: BARA, stub: [] });
  const document = await (await harness.gateway.fetch('/api/v1/config')).text();
  await harness.gateway.api('/api/v1/config', {
    method: 'PUT',
    body: document.replace(`play: ${GOODBYE}`, `play: ${MENU_PROMPT}`),
    headers: { 'content-type': 'application/yaml' },
  });
  await page.getByRole('button', { name: 'Repeat on today’s plan' }).click();
  await page.getByText(/^Today’s plan differs from step \d on\.$/).waitFor();
  expect(await page.locator('.replay .differs').first().innerText()).toMatch(/#2 prompt 2$/);
  await visitor.photograph('call-replay-390-light-en');
  expect(await visitor.obstacles()).toEqual([]);
  expect(await visitor.overflow()).toBe(0);
  expect(visitor.complaints).toEqual([]);
});
