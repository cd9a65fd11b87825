import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { parse } from 'yaml';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DESKTOP, openBrowserHarness, PHONE, type BrowserHarness, type Visitor } from './browser-harness.js';

/** Settings of which the document has tables and sentences: each is filled in as a form, and the export has what was saved. */

let harness: BrowserHarness;

const SETTINGS = {
  handsets: [{ name: 'tester', display_name: 'Tester' }],
  queues: [{ id: 1, name: 'Fronta volajících', handsets: ['tester'] }],
  operators: [{ id: 1, login: 'eva@shop.example', name: 'Eva Nováková', handset: 'tester', role: 'admin' }],
  notifications: { trunks: { backup: { max_concurrent: 2 } } },
  status_speech: {
    templates: { accepted: { cs: { inquiry: ['coming-car', { say: 'minutes', before: ['arrives-in'] }] } } },
  },
  orders: { menus: { arrived: { keys: { '1': [{ enqueue: { queue: 1 } }] } } } },
  profiles: { forms: { base: 'telfa', encoding: 'form' } },
};

beforeAll(async () => {
  harness = await openBrowserHarness(SETTINGS, { fragmentMs: 60 });
}, 60_000);

afterAll(() => harness.stop(), 30_000);

type Document = Record<string, unknown>;

/** What `cordboard export` writes. */
async function exported(): Promise<Document> {
  const answer = await harness.gateway.fetch('/api/v1/config');
  return parse(await answer.text()) as Document;
}

let before: Document;
let first: string | undefined;

/** Every test, and its repetition, begins with the same document. */
beforeEach(async () => {
  first ??= await (await harness.gateway.fetch('/api/v1/config')).text();
  const restore = async () => {
    const request = { method: 'PUT', headers: { 'content-type': 'application/yaml' }, body: first ?? '' };
    return (await harness.gateway.fetch('/api/v1/config', request)).status;
  };
  // A busy gateway may need too long to check the document.
  await expect.poll(restore).toBe(200);
  before = await exported();
}, 30_000);

async function openAs(path: string, options = {}): Promise<Visitor> {
  const visitor = await harness.visitor(options);
  await visitor.logIn();
  await visitor.page.goto(path);
  return visitor;
}

/** Opens a group of the settings. */
async function group(page: Page, name: string) {
  const details = page.locator(`details[data-group="${name}"]`);
  await details.locator('summary').first().click();
  return details;
}

async function choose(page: Page, label: string, name: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).fill(name);
  await page.getByRole('option', { name }).first().click();
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  // Without changes there is nothing to save.
  await page.locator('.save-bar button[disabled]').first().waitFor();
  await page.locator('.save-bar', { hasText: 'Unsaved changes' }).waitFor({ state: 'detached' });
}

test('a trunk gets limits of its own', async () => {
  const visitor = await openAs('/settings');
  const { page } = visitor;
  const notifications = await group(page, 'notifications');
  const trunks = notifications.getByRole('group', { name: 'Limits of single trunks' });
  await trunks.getByLabel('Limits of single trunks: Name').fill('provider');
  await trunks.getByRole('button', { name: 'Add', exact: true }).click();
  const card = trunks.locator('.card', { hasText: 'provider' });
  await card.getByLabel('Most calls per minute').fill('10');
  await save(page);
  expect(await exported()).toEqual({
    ...before,
    notifications: { trunks: { backup: { max_concurrent: 2 }, provider: { per_minute: 10 } } },
  });
  await trunks.getByRole('button', { name: 'Remove: provider' }).click();
  await save(page);
  expect(await exported()).toEqual(before);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
}, 60_000);

test('a sentence is composed from words of the order, heard before it is saved, and spoken to callers then', async () => {
  const visitor = await openAs('/settings');
  const { page } = visitor;
  const speech = await group(page, 'speech');
  await choose(page, 'New sentence for the status', 'car has arrived');
  await choose(page, 'Language', 'Czech (cs)');
  await speech.getByRole('button', { name: 'Add the sentence' }).click();
  const sentence = speech.locator('details.sentence', { hasText: 'car has arrived' });
  await sentence.locator('summary').click();
  await sentence.getByRole('button', { name: 'Show and listen' }).click();
  await expect
    .poll(() => sentence.locator('blockquote').innerText())
    .toContain('registrační značka jedna á bé dvacet tři čtyřicet pět');
  // The last piece, the thanks, becomes a text with the minutes.
  await sentence
    .getByRole('button', { name: /^Remove: \d+\. Recorded words$/ })
    .last()
    .click();
  await sentence.locator('.add-pieces').last().getByRole('button', { name: 'Text to be spoken' }).click();
  const text = sentence.getByRole('textbox', { name: 'Text to be spoken' });
  await expect.poll(() => text.evaluate((element) => element === document.activeElement)).toBe(true);
  await text.fill('Řidič čeká ');
  await sentence.getByRole('button', { name: 'minutes until arrival' }).click();
  await expect.poll(() => text.inputValue()).toBe('Řidič čeká {minutes}');
  await save(page);
  const { status_speech: saved } = (await exported()) as { status_speech: { templates: Record<string, object> } };
  const { arrived, ...others } = saved.templates;
  expect(others).toEqual((before['status_speech'] as typeof saved).templates);
  const pieces = (arrived as { cs: unknown[] }).cs;
  expect(pieces[0]).toBe('greeting');
  expect(pieces).toContainEqual(expect.objectContaining({ say: 'plate', before: ['plate'] }));
  expect(pieces.at(-1)).toEqual({ text: 'Řidič čeká {minutes}' });
  expect({ ...(await exported()), status_speech: null }).toEqual({ ...before, status_speech: null });
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
}, 90_000);

test('a sentence that is different for callers keeps its pieces, and the built-in one can be replaced', async () => {
  const visitor = await openAs('/settings');
  const { page } = visitor;
  const speech = await group(page, 'speech');
  const sentence = speech.locator('details.sentence', { hasText: 'accepted' });
  await sentence.locator('summary').click();
  await sentence.getByText('The built-in sentence is spoken.').waitFor();
  await sentence.getByRole('button', { name: 'Move down: 1. Recorded words' }).click();
  await sentence.getByRole('group', { name: '2. Recorded words' }).waitFor();
  await save(page);
  const moved = [{ say: 'minutes', before: ['arrives-in'] }, 'coming-car'];
  const templates = async () => ((await exported())['status_speech'] as { templates: unknown }).templates;
  expect(await templates()).toMatchObject({ accepted: { cs: { inquiry: moved } } });
  await sentence.getByRole('radio', { name: 'the same sentence' }).check();
  await save(page);
  expect(await templates()).toMatchObject({ accepted: { cs: moved } });
  await sentence.getByRole('button', { name: 'Remove this sentence' }).click();
  await save(page);
  expect(await templates()).toEqual({});
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
}, 60_000);

test('a key of a menu gets steps, and the others stay as they are', async () => {
  const visitor = await openAs('/settings');
  const { page } = visitor;
  const orders = await group(page, 'orders');
  const menu = orders.locator('.card', { hasText: 'car has arrived' });
  await menu.getByText('Fronta volajících').first().waitFor();
  await menu.getByRole('button', { name: 'Add a key' }).click();
  await menu.getByLabel('Use another key: 2').selectOption('9');
  await menu.locator('.menu-key').last().getByRole('button', { name: 'Add a step' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Hang up' }).click();
  await save(page);
  const { arrived } = (before['orders'] as { menus: Record<string, object> }).menus;
  const keys = { '1': [{ enqueue: { queue: 1 } }], '9': ['hang_up'] };
  expect(await exported()).toEqual({ ...before, orders: { menus: { arrived: { ...arrived, keys } } } });
  await menu.getByRole('button', { name: 'Remove the key 9' }).click();
  await save(page);
  expect(await exported()).toEqual(before);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
}, 60_000);

test('a contract profile is filled in, and a receiver of events uses it', async () => {
  const visitor = await openAs('/settings/profiles?key=forms');
  const { page } = visitor;
  await page.getByLabel('Notation of numbers').selectOption('with 00');
  const renamed = page.getByRole('group', { name: 'Other names of fields' });
  await renamed.getByRole('button', { name: 'Add a row' }).click();
  await renamed.getByLabel('Other names of fields: Name').fill('received_digits');
  await renamed.getByLabel('Other names of fields: Value').fill('digits');
  await save(page);
  const forms = { base: 'telfa', encoding: 'form', numbers: '00', rename: { received_digits: 'digits' } };
  expect(await exported()).toEqual({ ...before, profiles: { forms } });
  await page.goto('/webhooks');
  await page.getByRole('button', { name: 'Add a receiver' }).first().click();
  await page.getByLabel('Name', { exact: true }).fill('events');
  await page.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:9/events');
  await page.getByText('Format and answers').click();
  await choose(page, 'Contract profile', 'forms');
  await page.getByLabel('Its answer decides who gets the call').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
  await expect
    .poll(async () => (await exported())['webhooks'])
    .toEqual([
      ...(before['webhooks'] as object[]),
      { name: 'events', url: 'http://127.0.0.1:9/events', profile: 'forms', routes_calls: true },
    ]);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
}, 60_000);

const pages: [name: string, path: string, ready: string][] = [
  ['settings', '/settings', '.save-bar'],
  ['profiles', '/settings/profiles', 'table'],
  ['profile', '/settings/profiles?key=forms', '.save-bar'],
];

test.each([
  { language: 'cs', viewport: PHONE, colorScheme: 'dark' },
  { language: 'ru', viewport: DESKTOP, colorScheme: 'light' },
] as const)(
  'the forms fit, and have no obstacles: $language, $colorScheme',
  async ({ language, ...look }) => {
    const visitor = await harness.visitor(look);
    await visitor.logIn();
    for (const [name, path, ready] of pages) {
      await visitor.page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
      await visitor.page.locator(ready).first().waitFor();
      await visitor.page.evaluate(() => {
        for (const each of document.querySelectorAll<HTMLDetailsElement>('details[data-group]')) each.open = true;
      });
      if (name === 'settings') {
        await visitor.page.locator('details.sentence > summary').first().click();
        await visitor.page.locator('.pieces li').first().waitFor();
        await visitor.page.locator('.menu-key .step').first().waitFor();
      }
      await visitor.photograph(`settings-${name}-${look.viewport.width}-${look.colorScheme}-${language}`);
      expect.soft(await visitor.obstacles(), name).toEqual([]);
      expect.soft(await visitor.overflow(), name).toBe(0);
      expect.soft(await visitor.smallestTextPx(), name).toBeGreaterThanOrEqual(14);
    }
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  },
  90_000,
);

/** Opens the page of the whole document, with its text. */
async function openYaml(options = {}) {
  const visitor = await openAs('/settings/yaml', options);
  const field = visitor.page.getByRole('textbox', { name: 'Configuration as YAML' });
  await field.waitFor();
  return { visitor, page: visitor.page, field };
}

const showChanges = (page: Page) => page.getByRole('button', { name: 'What changes' }).click();

test('the document is edited as YAML: checked by line, shown in words, published together with what others have published', async () => {
  const { visitor, page, field } = await openYaml();
  const text = await field.inputValue();
  expect(text).toBe(first);
  const downloaded = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect(await readFile(await (await downloaded).path(), 'utf8')).toBe(first);

  await field.fill(text.replace('handsets:\n      - tester', 'handsets:\n      - testre'));
  const line = text.slice(0, text.indexOf('      - tester')).split('\n').length;
  const problem = page.getByRole('listitem').filter({ hasText: `Line ${line}` });
  await expect.poll(() => problem.innerText()).toMatch(/Error.*testre/s);
  expect(await page.getByRole('button', { name: 'What changes' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: `Line ${line}`, exact: true }).click();
  expect(
    await field.evaluate((element: HTMLTextAreaElement) =>
      element.value.slice(element.selectionStart).startsWith('testre'),
    ),
  ).toBe(true);

  // A file that is dropped on the text replaces it; the session ends, and the text is there after the login.
  const dropped = text
    .replace('name: Fronta volajících', "name: 'Reklamace # není komentář'\n    wrap_up: 12s")
    .replace('Eva Nováková', 'Eva Malá');
  const data = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], 'company.yaml', { type: 'application/yaml' }));
    return transfer;
  }, `# Moje firma\n${dropped}`);
  await page.context().clearCookies();
  await field.dispatchEvent('drop', { dataTransfer: data });
  await page.waitForURL('**/login?next=*');
  await page.locator('details summary').click();
  await page.getByLabel('API token').fill(harness.gateway.token);
  await page.keyboard.press('Enter');
  await page.getByText('This is your unpublished text from before.').waitFor();
  expect(await field.inputValue()).toContain('# Moje firma');

  // Somebody else publishes another item meanwhile.
  const renamed = (first ?? '').replace('display_name: Tester', 'display_name: Sklad');
  const headers = { 'content-type': 'application/yaml' };
  expect((await harness.gateway.fetch('/api/v1/config', { method: 'PUT', headers, body: renamed })).ok).toBe(true);
  await showChanges(page);
  await page.waitForURL('**/plans/changes');
  const changes = page.locator('.changes');
  await changes.getByText('Name: Fronta volajících → Reklamace # není komentář').waitFor();
  await changes.getByText(/Wrap-up time: .* → 12s/).waitFor();
  await changes.getByText('Eva Nováková → Eva Malá').waitFor();
  expect(await changes.innerText()).not.toContain('Sklad');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText(/^Published\./).waitFor();
  const published = await exported();
  expect(published).toMatchObject({ handsets: [{ display_name: 'Sklad' }], operators: [{ name: 'Eva Malá' }] });
  expect(published['queues']).toMatchObject([{ name: 'Reklamace # není komentář' }]);

  // What is published is shown then, in the notation of an export.
  await page.goto('/settings/yaml');
  await expect.poll(() => field.inputValue()).not.toContain('# Moje firma');
  expect(parse(await field.inputValue())).toEqual(published);
  expect(visitor.complaints.filter((each) => !each.includes('401'))).toEqual([]);
  await visitor.close();
}, 60_000);

test('two people who change the same item as YAML: nothing is overwritten, the second one chooses', async () => {
  const one = await openYaml();
  const two = await openYaml();
  const rename = (text: string, name: string) => text.replace('Fronta volajících', name);
  await two.field.fill(rename(await two.field.inputValue(), 'Druhá'));
  const request = {
    method: 'PUT',
    headers: { 'content-type': 'application/yaml' },
    body: rename(first ?? '', 'První'),
  };
  expect((await harness.gateway.fetch('/api/v1/config', request)).ok).toBe(true);
  // The text of who has typed nothing follows; who has typed is told, and the text stays.
  await one.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect.poll(() => one.field.inputValue()).toContain('První');
  await two.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await two.page.getByText('Your text is kept.').waitFor();
  await showChanges(two.page);
  await two.page.getByRole('heading', { name: 'Changed by somebody else as well' }).waitFor();
  expect(await exported()).toMatchObject({ queues: [{ name: 'První' }] });
  await two.page.getByText('In your draft').click();
  await two.page.getByRole('button', { name: 'Continue with these' }).click();
  await two.page.getByRole('button', { name: 'Publish', exact: true }).click();
  await two.page.getByText(/^Published\./).waitFor();
  expect(await exported()).toMatchObject({ queues: [{ name: 'Druhá' }] });
  await one.visitor.close();
  await two.visitor.close();
}, 60_000);

test('who may not change the configuration reads it as YAML, without numbers of people', async () => {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ name: `reader-${Date.now()}`, scopes: ['config:read', 'calls:read'] });
  const { token } = await harness.gateway.api<{ token: string }>('/api/v1/tokens', { method: 'POST', headers, body });
  const visitor = await harness.visitor({ viewport: PHONE });
  await visitor.logIn(token);
  await visitor.page.goto('/settings/yaml');
  const field = visitor.page.getByRole('textbox', { name: 'Configuration as YAML' });
  await visitor.page.getByText('You can look at this, but not change it.').waitFor();
  expect(await field.getAttribute('readonly')).not.toBeNull();
  expect(await visitor.page.getByRole('button', { name: 'What changes' }).count()).toBe(0);
  expect(await visitor.obstacles()).toEqual([]);
  expect(await visitor.overflow()).toBe(0);
  await visitor.close();
});
