import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { P } from '../asterisk/shop-harness.js';
import {
  DESKTOP,
  openBrowserHarness,
  orderStatusCall,
  PHONE,
  type BrowserHarness,
  type Visitor,
} from './browser-harness.js';

/** A call plan is tried out in the browser: by a simulated call, with the calls of the last days, and at other hours. */

let harness: BrowserHarness;

beforeAll(async () => {
  harness = await openBrowserHarness();
  const headers = { 'content-type': 'application/json', 'if-none-match': '*' };
  const weekly = { mon: [{ from: '08:00', to: '12:00' }], fri: [{ from: '22:00', to: '24:00' }] };
  const body = JSON.stringify([{ hours: { weekly, closed: [{ play: P.closed }, 'hang_up'] } }, { play: P.goodbye }]);
  await harness.gateway.api('/api/v1/config/parts/opening', { method: 'PUT', body, headers });
});

afterAll(() => harness.stop());

beforeEach(async () => {
  for (const { id } of (await drafts()).drafts)
    await harness.gateway.fetch(`/api/v1/config/drafts/${id}`, { method: 'DELETE' });
});

function drafts(): Promise<{ drafts: { id: string; revision: number }[] }> {
  return harness.gateway.api('/api/v1/config/drafts');
}

/** The only draft as it is stored. */
async function draftDocument(): Promise<{ parts: Record<string, unknown[]> }> {
  const [draft] = (await drafts()).drafts;
  return (await harness.gateway.api<{ document: never }>(`/api/v1/config/drafts/${draft?.id ?? ''}`)).document;
}

async function open(address: string, options: Parameters<BrowserHarness['visitor']>[0] = {}): Promise<Visitor> {
  const visitor = await harness.visitor(options);
  await visitor.logIn();
  await visitor.page.goto(address);
  return visitor;
}

const saved = ({ page }: Visitor) => page.getByText('Draft saved').waitFor();

test('a call through the plan: keys by mouse and keyboard, prompts that are heard, the shop, the path', async () => {
  const visitor = await open('/plans/parts/main-menu');
  const { page } = visitor;
  const heard: string[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (/\/audio\//.test(pathname)) heard.push(pathname);
  });
  const panel = page.getByRole('region', { name: 'Try it out' });
  await panel.getByRole('button', { name: 'Call the line' }).click();
  await panel.getByRole('status').getByText('The call waits for a key.').waitFor();
  await expect.poll(() => page.locator('.step.passed').count()).toBe(1);
  const map = page.getByRole('region', { name: 'Map of the plans' }).first();
  await map.getByRole('link', { name: 'Part main-menu, passed by the call' }).waitFor();
  await expect.poll(() => map.locator('.node.passed').count()).toBe(2);
  await expect.poll(() => panel.locator('.dial-pad .useful').allInnerTexts()).toEqual(['1', '2', '9']);
  await expect.poll(() => heard).toContain(`/api/v1/prompts/${P.menu}/audio/cs`);

  // The shop returns the call to the plan, unless it is told to do something else.
  await page.keyboard.press('9');
  const course = panel.getByRole('list', { name: 'Course of the call' });
  await course.getByText('Request to the shop').waitFor();
  await course.getByText('The call has ended.').waitFor();
  await expect.poll(() => page.locator('.step.passed').count()).toBe(3);
  await map.locator('.map-way.passed', { hasText: '9' }).first().waitFor();
  await panel.getByLabel('Answer to request 1').selectOption({ label: 'ask for digits' });
  await panel.getByRole('combobox', { name: 'Prompt', exact: true }).selectOption(String(P.ask));
  await panel.getByRole('status').getByText('The call waits for a key.').waitFor();
  await panel.getByRole('button', { name: 'Key 1', exact: true }).click();
  // Faster than the requests.
  await page.keyboard.type('004');
  await panel.getByText('Typed: 1004').waitFor();
  await panel.getByRole('button', { name: 'Key #' }).click();
  await panel.getByLabel('Answer to request 2').selectOption({ label: 'no answer' });
  await course.getByText('No response from the shop').waitFor();
  const story = (await course.innerText()).replaceAll(/\s+/g, ' ');
  expect(story).toMatch(/Input 1004 · confirmed with #.*No response from the shop/);
  await course.getByText('Content').first().click();
  expect(await course.locator('pre').first().innerText()).toContain('"called_number":"222333444"');

  await panel.getByRole('button', { name: 'Hang up' }).click();
  await course.waitFor({ state: 'detached' });
  await expect.poll(() => page.locator('.step.passed').count()).toBe(0);
  expect(harness.shop.requests).toEqual([]);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('nobody answers at the chosen time, and a change of the plan repeats the call', async () => {
  const visitor = await open('/plans/parts/main-menu');
  const { page } = visitor;
  const panel = page.getByRole('region', { name: 'Try it out' });
  await panel.getByLabel('Who answers').selectOption('nobody');
  await panel.getByLabel('Time of the call').selectOption('friday');
  await panel.getByRole('button', { name: 'Call the line' }).click();
  await panel.getByRole('button', { name: 'Press nothing' }).click();
  const course = panel.getByRole('list', { name: 'Course of the call' });
  await course.getByText('nothing').waitFor();
  await panel.getByRole('button', { name: 'Key 1' }).click();
  await course.getByText('The call has ended.').waitFor();
  expect(await course.innerText()).toContain('Nikdo není k dispozici');
  await panel.getByRole('button', { name: 'Call again' }).click();
  await panel.getByRole('status').getByText('The call waits for a key.').waitFor();
  await page.locator('.step-name').first().click();
  await page.locator('.step-form').getByLabel('Question', { exact: true }).selectOption(String(P.closed));
  await course.getByText('Mimo pracovní dobu').waitFor();
  await visitor.close();
});

test('the calls of the last days would be the same, until a change that callers notice', async () => {
  await orderStatusCall(harness);
  const document = (await harness.gateway.api<{ body: unknown }>('/api/v1/config/parts/goodbye')).body;
  const headers = { 'content-type': 'application/json' };
  const { id } = await harness.gateway.api<{ id: string }>('/api/v1/config/drafts', {
    method: 'POST',
    body: '{}',
    headers,
  });
  const change = async (revision: number, section: string, key: string, body: unknown) =>
    harness.gateway.api(`/api/v1/config/drafts/${id}`, {
      method: 'PATCH',
      body: JSON.stringify({ changes: [{ section, key, body }] }),
      headers: { ...headers, 'if-match': `"${revision}"` },
    });
  await change(1, 'handsets', 'tester', { name: 'tester', display_name: 'Front desk' });
  const visitor = await open('/plans/changes');
  const { page } = visitor;
  const comparison = page.getByRole('region', { name: 'What would past calls have done?' });
  await comparison.getByRole('button', { name: 'Compare' }).click();
  await comparison.getByText('No call would have been different.').waitFor();
  await comparison.getByText(/^\d+ calls? would have been the same/).waitFor();

  await change(2, 'parts', 'goodbye', [{ play: P.closed }, ...(document as unknown[])]);
  await page.reload();
  await comparison.getByText('The draft has changed since the comparison.').waitFor();
  await comparison.getByRole('button', { name: 'Compare again' }).click();
  await comparison.getByText(/^\d+ calls? would have been different/).waitFor();
  const group = comparison.getByRole('article');
  expect((await group.innerText()).replaceAll(/\s+/g, ' ')).toMatch(
    /^\d+ callers? With the draft prompt “Mimo pracovní dobu” Until now prompt “Na shledanou”/,
  );
  await group.getByText('Calls').click();
  expect(await visitor.obstacles()).toEqual([]);
  await visitor.photograph('past-calls');
  await group.getByRole('link').first().click();
  await page.getByRole('heading', { name: 'The story' }).or(page.locator('ol.timeline')).first().waitFor();
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('opening hours by dragging, by the keyboard, with holidays and closed for today', async () => {
  const visitor = await open('/plans/parts/opening');
  const { page } = visitor;
  await page.locator('.step-name').first().click();
  const hours = page.getByRole('group', { name: 'Opening hours' });
  const friday = hours.getByRole('group', { name: 'Friday' });
  expect(await friday.getByLabel('Friday: open from').inputValue()).toBe('22:00');

  // From noon to the end of the bar's third quarter.
  const bar = hours.getByRole('group', { name: 'Tuesday' }).locator('svg.hours-bar');
  await bar.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await bar.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(x + width / 2 + 1, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.74, y + height / 2, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => hours.getByLabel('Tuesday: open from').inputValue()).toBe('12:00');
  await expect.poll(() => hours.getByLabel('Tuesday: open until').inputValue()).toBe('18:00');

  await friday.getByLabel('Friday: open until').fill('02:00');
  await friday.getByLabel('Friday: open until').blur();
  await friday.getByText('next day').waitFor();
  await hours.getByLabel('Public holidays').check();
  await hours.getByLabel('Country').selectOption('SK');
  await hours.getByText('The next holidays').click();
  await hours.getByText(/1 May: /).waitFor();
  await hours.getByLabel('Open on holidays').check();
  await hours.getByRole('button', { name: 'Closed today' }).click();
  await page.getByText('Closed today.').waitFor();
  await saved(visitor);
  const stepOf = async () =>
    ((await draftDocument()).parts['opening']?.[0] as { hours: Record<string, unknown> }).hours;
  await expect.poll(stepOf).toMatchObject({
    weekly: {
      tue: [{ from: '12:00', to: '18:00' }],
      fri: [{ from: '22:00', to: '24:00' }],
      sat: [{ from: '00:00', to: '02:00' }],
    },
    holidays: 'SK',
    holiday_hours: [{ from: '08:00', to: '12:00' }],
    exceptions: [{ open: [] }],
    closed: [{ play: P.closed }, 'hang_up'],
  });
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await hours.getByRole('button', { name: 'Closed today', pressed: false }).waitFor();
  await expect.poll(async () => (await stepOf())['exceptions'] ?? []).toEqual([]);
  expect(await visitor.obstacles()).toEqual([]);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test.each([
  ['en', DESKTOP, 'light'],
  ['cs', PHONE, 'dark'],
  ['ru', { width: 2560, height: 1300 }, 'light'],
] as const)('the pages fit in %s', async (language, viewport, colorScheme) => {
  const visitor = await open(`/plans/parts/main-menu?lang=${language}`, { viewport, colorScheme });
  const { page } = visitor;
  await page.locator('.simulate .trial-actions button').click();
  await page.locator('.simulate .dial-pad .useful').first().waitFor();
  await page.locator('.simulate .dial-pad button', { hasText: '9' }).click();
  await page.locator('.shop-answers').waitFor();
  expect(await visitor.obstacles()).toEqual([]);
  expect(await visitor.overflow()).toBe(0);
  await visitor.photograph(`simulate-${language}`);
  await page.goto('/plans/parts/opening');
  await page.locator('.step-name').first().click();
  await page.locator('.hours-field .hours-holidays input').first().check();
  await page.locator('.hours-field .hours-holidays summary').click();
  expect(await visitor.obstacles()).toEqual([]);
  expect(await visitor.overflow()).toBe(0);
  await visitor.photograph(`hours-${language}`);
  await visitor.close();
});
