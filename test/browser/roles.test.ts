import { afterAll, beforeAll, expect, test } from 'vitest';
import { LINE } from '../asterisk/shop-harness.js';
import { DESKTOP, openBrowserHarness, orderStatusCall, Visitor, type BrowserHarness } from './browser-harness.js';

/** Each role has the pages and buttons of what it may do, and no others. */

const PASSWORD = 'a password of some length';
const roles = ['operator', 'supervisor', 'admin'] as const;
type Role = (typeof roles)[number];

let harness: BrowserHarness;

beforeAll(async () => {
  harness = await openBrowserHarness({
    status_speech: {},
    operators: roles.map((role, index) => ({ id: index + 1, login: role, name: `The ${role}`, role })),
  });
  for (const role of roles)
    await harness.gateway.api(`/api/v1/accounts/${role}/password`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ password: PASSWORD }),
    });
  await orderStatusCall(harness);
});

afterAll(() => harness.stop());

async function logIn(role: Role): Promise<Visitor> {
  const context = await harness.browser.newContext({
    baseURL: harness.gateway.url,
    locale: 'en-GB',
    viewport: DESKTOP,
  });
  const visitor = new Visitor(await context.newPage(), harness.gateway.token);
  await visitor.page.goto('/login');
  await visitor.page.getByLabel('User name').fill(role);
  await visitor.page.getByLabel('Password').fill(PASSWORD);
  await Promise.all([visitor.page.waitForEvent('load'), visitor.page.keyboard.press('Enter')]);
  return visitor;
}

function menu({ page }: Visitor): Promise<string[]> {
  return page
    .locator('#menu nav a, nav[aria-label="Menu"] a')
    .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href') ?? ''))]);
}

/** Who may control calls starts and ends them there; that is no change of the configuration. */
const ORDERS = ['/notifications', '/bridges', '/do-not-call'];
const OPERATOR = ['/now', '/wall', '/calls', '/missed', '/messages', '/handsets', '/prompts', '/music', ...ORDERS];
const SUPERVISOR = [
  ...OPERATOR,
  '/reports',
  '/plans',
  '/queues',
  '/shop',
  '/webhooks',
  '/dispatch',
  '/embedded-phone',
  '/recorded-requests',
  '/docs',
  '/lines',
  '/trunks',
  '/settings',
  '/system',
  '/alarms',
];
const ADMIN = [...SUPERVISOR, '/people', '/tokens', '/personal-data', '/audit'];
const menus: Record<Role, string[]> = { operator: OPERATOR, supervisor: SUPERVISOR, admin: ADMIN };

/** Pages that other pages link to, with a page of the menu that needs the same right. */
const details: [path: string, like: string][] = [
  ['/handsets/tester', '/handsets'],
  ['/handsets?view=history', '/handsets'],
  ['/prompts/20', '/prompts'],
  ['/queues/1', '/queues'],
  [`/plans/lines/${encodeURIComponent(LINE)}`, '/plans'],
  ['/plans/parts/main-menu', '/plans'],
  ['/plans/history', '/plans'],
  [`/lines/${encodeURIComponent(LINE)}`, '/lines'],
  ['/settings/callbacks', '/settings'],
  ['/alarms/settings', '/settings'],
  ['/people/1', '/people'],
  ['/people/roles', '/people'],
  ['/account', '/now'],
];

/** What changes the configuration; no role but the admin may. */
const CHANGES = /^(?:Save|Add|New|Remove|Delete|Upload|Record|Publish|From text|Create|Set up)\b/;

async function shownChanges({ page }: Visitor): Promise<string[]> {
  const controls = page.locator('main').locator('button:visible, a.button:visible');
  return (await controls.allInnerTexts()).map((name) => name.trim()).filter((name) => CHANGES.test(name));
}

test.each(roles)('%s: the menu has the pages of the role, and each opens without a refused request', async (role) => {
  const visitor = await logIn(role);
  expect((await menu(visitor)).sort()).toEqual([...menus[role]].sort());
  const opened = [...menus[role], ...details.filter(([, like]) => menus[role].includes(like)).map(([path]) => path)];
  for (const path of opened) {
    const response = await visitor.page.goto(path);
    expect.soft(response?.status(), path).toBe(200);
    await visitor.page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
    expect.soft(visitor.complaints.splice(0), path).toEqual([]);
    if (role === 'operator' || (role === 'supervisor' && !ORDERS.includes(path)))
      expect.soft(await shownChanges(visitor), path).toEqual([]);
  }
  await visitor.close();
});

const refused = {
  operator: ['/plans', '/shop', '/settings', '/people', '/tokens', '/audit', '/system', '/reports'],
  supervisor: ['/people', '/people/1', '/tokens', '/personal-data', '/audit'],
};

test.each(['operator', 'supervisor'] as const)('%s: the pages of others are refused in words', async (role) => {
  const visitor = await logIn(role);
  for (const path of refused[role]) {
    const response = await visitor.page.goto(path);
    expect.soft(response?.status(), path).toBe(403);
    expect.soft(await visitor.page.locator('h1').innerText(), path).toBe('You do not have permission to do this');
    await visitor.page.getByRole('link', { name: 'Back' }).click();
    await visitor.page.waitForURL('**/now');
  }
  await visitor.close();
});

test('a supervisor starts notifications and bridges, and blocks numbers', async () => {
  const visitor = await logIn('supervisor');
  for (const path of ORDERS) {
    await visitor.page.goto(path);
    await expect.poll(() => shownChanges(visitor), { message: path }).not.toEqual([]);
  }
  await visitor.close();
});

test('an admin can change what the pages show', async () => {
  const visitor = await logIn('admin');
  for (const path of [
    '/plans',
    '/queues',
    '/handsets',
    '/people',
    '/tokens',
    '/prompts',
    '/music',
    '/webhooks',
    '/lines',
    '/trunks',
    '/settings',
  ]) {
    await visitor.page.goto(path);
    await visitor.page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
    expect.soft(await shownChanges(visitor), path).not.toEqual([]);
  }
  await visitor.close();
});
