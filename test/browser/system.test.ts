import { afterAll, beforeAll, expect, test } from 'vitest';
import { prompt } from '../support/sip/caller.js';
import { P } from '../asterisk/shop-harness.js';
import { DESKTOP, openBrowserHarness, PHONE, type BrowserHarness } from './browser-harness.js';

/** What does not work, and calls that reached nobody. */

let harness: BrowserHarness;
const UNKNOWN = '+420222333999';

beforeAll(async () => {
  harness = await openBrowserHarness();
  // A trunk that Asterisk does not have.
  await harness.gateway.kill();
  await harness.gateway.run({ TRUNK_ENDPOINT: 'my-provider' });
  await harness.gateway.ready();
  const call = await (await harness.caller()).dial(UNKNOWN);
  await call.ended();
});

afterAll(() => harness.stop());

test('the page Now leads to what is wrong, with its remedy in words', async () => {
  const visitor = await harness.visitor();
  const { page } = visitor;
  await visitor.logIn();
  await page.goto('/now');
  await page.locator('.needs-you').getByRole('link', { name: 'Show' }).click();
  await page.waitForURL('**/system');
  await page.locator('[data-status="degraded"]').waitFor();
  const trunk = page.locator('[data-check="trunk"]');
  expect(await trunk.innerText()).toMatch(
    /Telephone provider.*What to do: Set TRUNK_ENDPOINT to the name of your trunk/s,
  );
  expect(await page.getByText('there is no such trunk in Asterisk').count()).toBe(1);
  expect(await page.getByRole('region', { name: 'This installation' }).innerText()).toMatch(
    /Asterisk\s+22\.\d+\.\d+ connected/,
  );
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('a called number that no line has becomes a line, and the next call hears its plan', async () => {
  const visitor = await harness.visitor();
  const { page } = visitor;
  await visitor.logIn();
  await page.goto('/system');
  const row = page.getByRole('row').filter({ hasText: 'no line has this number' });
  expect((await row.innerText()).replaceAll(/\s+/g, ' ')).toContain('+420 222 333 999');
  await row.getByRole('button', { name: 'Make a line' }).click();
  await page.getByLabel('Name of the line').fill('Second number');
  await page.keyboard.press('Enter');
  await page.getByText(/The line \+420.222.333.999 is ready/).waitFor();
  const call = await (await harness.caller()).dial(UNKNOWN);
  await call.hears(prompt(P.menu));
  await call.hangUp();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect
    .poll(async () => (await harness.gateway.fetch(`/api/v1/config/lines/${encodeURIComponent(UNKNOWN)}`)).status)
    .toBe(404);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('a backup is made by a button, listed, and downloaded', async () => {
  const visitor = await harness.visitor();
  const { page } = visitor;
  await visitor.logIn();
  await page.goto('/system');
  const section = page.getByRole('region', { name: 'Backups' });
  await section.getByText('No daily backup is set up').waitFor();
  const rows = section.getByRole('row').filter({ has: page.getByRole('link', { name: 'Download' }) });
  const before = await rows.count();
  await section.getByRole('button', { name: 'Back up now' }).click();
  await expect.poll(() => rows.count()).toBe(before + 1);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    rows.first().getByRole('link', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^cordboard-\d{8}T\d{6}Z\.tar\.gz$/);
  expect(await download.failure()).toBeNull();
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test.each([
  { language: 'cs', viewport: PHONE, colorScheme: 'dark' },
  { language: 'ru', viewport: DESKTOP, colorScheme: 'light' },
  { language: 'en', viewport: { width: 2560, height: 1440 }, colorScheme: 'dark' },
] as const)('it fits, and has no obstacles: $language, $colorScheme', async ({ language, ...look }) => {
  const visitor = await harness.visitor(look);
  await visitor.logIn();
  await visitor.page.goto(`/system?lang=${language}`);
  await visitor.page.locator('.checks').waitFor();
  await visitor.page.locator('table.refused').waitFor();
  await visitor.photograph(`system-${language}`);
  expect(await visitor.obstacles()).toEqual([]);
  expect(await visitor.overflow()).toBe(0);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('the sheet of cordboard connect is a page, with snippets that have no passwords', async () => {
  const visitor = await harness.visitor();
  const { page } = visitor;
  await visitor.logIn();
  await page.goto('/system');
  await page.getByRole('link', { name: 'Your own Asterisk' }).click();
  await page.waitForURL('**/system/connect');
  await page.locator('[data-topic="dialplan"][data-state="ok"]').waitFor();
  expect(await page.locator('[data-topic="trunk"]').innerText()).toMatch(
    /missing.*no PJSIP endpoint my-provider.*What to do: Set TRUNK_ENDPOINT/s,
  );
  const snippet = page.locator('[data-file="manager.conf"]');
  await snippet.getByText('manager.conf', { exact: true }).click();
  const text = await snippet.locator('code.copied').innerText();
  expect(text).toMatch(/^;secret=<AMI_PASSWORD>$/m);
  expect(text).not.toMatch(/^secret/m);
  await visitor.photograph('system-connect');
  expect(await visitor.obstacles()).toEqual([]);
  expect(await visitor.overflow()).toBe(0);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('everything is checked by a button, with the test call that was chosen, and each remedy in words', async () => {
  const visitor = await harness.visitor();
  const { page } = visitor;
  await visitor.logIn();
  await page.goto('/system');
  const section = page.getByRole('region', { name: 'Complete check' });
  await section.getByLabel('With test calls').check();
  await section.getByRole('button', { name: 'Check everything now' }).click();
  await section.locator('[data-doctor="loop_back"][data-status="ok"]').waitFor();
  for (const part of ['sip_call', 'sip_digits', 'sip_sound_there', 'sip_sound_back'])
    await section.locator(`[data-doctor="${part}"][data-status="ok"]`).waitFor();
  const trunk = section.locator('[data-doctor="trunk"]');
  expect(await trunk.innerText()).toMatch(/does not work.*What to do: Set TRUNK_ENDPOINT/s);
  await trunk.getByText('What was seen').click();
  expect(await trunk.innerText()).toContain('Asterisk has no PJSIP endpoint my-provider');
  await section.getByText('Something does not work').waitFor();
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});
