import { request } from 'node:http';
import { parse } from 'yaml';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { becomes } from '../support/becomes.js';
import { openBrowserHarness, PHONE, type BrowserHarness, type Visitor } from './browser-harness.js';

/** The pages of alarms and bans, after an address has guessed tokens and somebody has called a number that no line has. */

const GUESSER = '127.0.0.23';
const ALLOWED = '127.0.0.24';
const FAILURES = 5;
const WIDE = { width: 1440, height: 900 };

let harness: BrowserHarness;

beforeAll(async () => {
  harness = await openBrowserHarness({
    bans: { failures: FAILURES },
    alarms: { resolve_after: '1s', calls_refused: { calls: 1 }, deliveries_late: { longer_than: '10m' } },
  });
  await guess(GUESSER);
  const call = await (await harness.caller()).dial('+420222333999');
  await call.ended();
  await firing(['address_banned', 'calls_refused']);
});

afterAll(() => harness.stop());

/** Requests with wrong tokens from an address of this machine. */
async function guess(from: string): Promise<void> {
  const headers = { authorization: 'Bearer wrong' };
  for (let time = 0; time < FAILURES; time += 1)
    await new Promise((resolve, reject) => {
      const options = { localAddress: from, headers, agent: false };
      const asked = request(`${harness.gateway.url}/api/v1/bans`, options, (response) => {
        response.resume().once('end', resolve);
      });
      asked.once('error', reject).end();
    });
}

async function firing(rules: string[]): Promise<void> {
  const now = async () => {
    const { alarms } = await harness.gateway.api<{ alarms: { rule: string }[] }>('/api/v1/alarms');
    return alarms.map(({ rule }) => rule).sort();
  };
  const wanted = rules.join(' ');
  await becomes(`alarms: ${wanted}`, async () => (await now()).join(' ') === wanted, 60_000);
}

/** Alarms that nobody has taken care of, also when a test is tried again. */
async function untouched(): Promise<void> {
  const { gateway } = harness;
  type State = { alarms: { acknowledged: object | null }[]; silences: { id: number }[] };
  const { alarms, silences } = await gateway.api<State>('/api/v1/alarms');
  for (const { id } of silences) await gateway.fetch(`/api/v1/alarms/silences/${id}`, { method: 'DELETE' });
  if (alarms.length === 2 && alarms.every(({ acknowledged }) => acknowledged === null)) return;
  await gateway.fetch(`/api/v1/bans/${GUESSER}`, { method: 'DELETE' });
  await firing(['calls_refused']);
  await guess(GUESSER);
  await firing(['address_banned', 'calls_refused']);
}

/** What `cordboard export` writes. */
async function exported(): Promise<{ bans?: { allow?: string[] } }> {
  return parse(await (await harness.gateway.fetch('/api/v1/config')).text()) as { bans?: { allow?: string[] } };
}

async function openAs(path: string, look: Parameters<BrowserHarness['visitor']>[0] = {}): Promise<Visitor> {
  const visitor = await harness.visitor(look);
  await visitor.logIn();
  await visitor.page.goto(path);
  return visitor;
}

const looks = (['cs', 'ru', 'en'] as const).flatMap((language) => [
  { language, viewport: PHONE, colorScheme: language === 'ru' ? ('light' as const) : ('dark' as const) },
  { language, viewport: WIDE, colorScheme: language === 'ru' ? ('dark' as const) : ('light' as const) },
]);

test.each(looks)('the pages fit, and have no obstacles: $language, $viewport.width', async ({ language, ...look }) => {
  const visitor = await openAs(`/alarms?lang=${language}`, look);
  const { page } = visitor;
  const photograph = (name: string) =>
    visitor.photograph(`${name}-${look.viewport.width}-${look.colorScheme}-${language}`);
  const check = async (name: string) => {
    await photograph(name);
    expect.soft(await visitor.obstacles(), name).toEqual([]);
    expect.soft(await visitor.overflow(), name).toBe(0);
    expect.soft(await visitor.smallestTextPx(), name).toBeGreaterThanOrEqual(14);
  };
  await page.locator('[data-alarm]').first().waitFor();
  await check('alarms');
  await page.goto(`/system?lang=${language}`);
  await page.locator('table.bans').waitFor();
  await check('bans');
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('alarms are listed; one is taken care of, one is silenced, and the silence ends', async () => {
  await untouched();
  const visitor = await openAs('/alarms');
  const { page } = visitor;
  const banned = page.locator('[data-alarm]').filter({ hasText: 'Addresses are banned that guessed passwords' });
  expect(await banned.innerText()).toMatch(/pages and API.*Addresses that were banned within 60 min: 1.*What to do:/s);
  const menu = page.getByRole('navigation').getByRole('link', { name: /Alarms/ });
  await expect.poll(() => menu.innerText()).toContain('2');
  await banned.getByRole('button', { name: 'I take care of it' }).click();
  await banned.getByText('takes care of it').waitFor();
  await expect.poll(() => menu.innerText()).toContain('1');

  const refused = page.locator('[data-alarm]').filter({ hasText: 'Calls are refused: no line has the number' });
  await refused.getByRole('button', { name: 'Silence' }).click();
  await page.getByLabel('For how long').selectOption('1 day');
  await page.getByLabel('Why').fill('The number is new');
  await page.getByRole('dialog').getByRole('button', { name: 'Silence' }).click();
  await refused.getByText('silenced', { exact: true }).waitFor();
  const silences = page.getByRole('region', { name: 'Silences' });
  expect(await silences.innerText()).toContain('Calls are refused: no line has the number');
  expect(await silences.innerText()).toContain('The number is new');
  await expect.poll(() => menu.innerText()).not.toMatch(/\d/);
  await visitor.photograph('alarms-silenced');
  await silences.getByRole('button', { name: 'End the silence' }).click();
  await silences.waitFor({ state: 'detached' });
  await expect.poll(() => menu.innerText()).toContain('1');
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('a ban is lifted, which ends its alarm; another is made by hand; an allowed address is not banned', async () => {
  await guess(GUESSER);
  for (const address of ['192.0.2.7', ALLOWED])
    await harness.gateway.fetch(`/api/v1/bans/${address}`, { method: 'DELETE' });
  const visitor = await openAs('/system');
  const { page } = visitor;
  const bans = page.getByRole('region', { name: 'Banned addresses' });
  const row = bans.getByRole('row').filter({ hasText: GUESSER });
  expect(await row.innerText()).toContain('wrong passwords or tokens');
  await row.getByRole('button', { name: 'Lift' }).click();
  await bans.getByText('No address is banned.').waitFor();

  await bans.getByRole('button', { name: 'Ban an address' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Address').fill('192.0.2.7');
  await dialog.getByLabel('Note').fill('scans for extensions');
  await dialog.getByRole('button', { name: 'Ban', exact: true }).click();
  await bans.getByRole('row').filter({ hasText: 'banned by hand, scans for extensions' }).waitFor();

  await page.goto('/settings');
  await page.getByText('Addresses that guess passwords').first().click();
  await page.getByLabel('Never ban').fill(ALLOWED);
  const save = page.locator('.save-bar').getByRole('button', { name: 'Save' });
  if (await save.isEnabled()) await save.click();
  await expect.poll(async () => (await exported()).bans?.allow).toEqual([ALLOWED]);
  await guess(ALLOWED);
  await firing(['calls_refused']);
  const { bans: active } = await harness.gateway.api<{ bans: { address: string }[] }>('/api/v1/bans');
  expect(active.map(({ address }) => address)).toEqual(['192.0.2.7']);

  await page.goto('/alarms');
  const history = page.getByRole('region', { name: 'Former alarms' });
  await history.getByRole('row').filter({ hasText: 'Addresses are banned that guessed passwords' }).waitFor();
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});
