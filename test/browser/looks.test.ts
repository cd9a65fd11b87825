import { afterAll, beforeAll, expect, test } from 'vitest';
import { DESKTOP, openBrowserHarness, orderStatusCall, PHONE, type BrowserHarness } from './browser-harness.js';

/** The appearance and accessibility of the pages; the pictures are in artifacts/. */

let harness: BrowserHarness;
let pages: [name: string, path: string][];

beforeAll(async () => {
  harness = await openBrowserHarness({
    dial_policy: { countries: ['CZ'] },
    handsets: [
      { name: 'tester', display_name: 'Tester', max_contacts: 3 },
      { name: 'sklad-prazdny', display_name: 'Sklad Praha-Letňany, zadní vchod' },
      { name: 'eva', webrtc: true },
    ],
    queues: [
      { id: 1, name: 'Fronta volajících', handsets: ['tester', 'eva'] },
      { id: 2, name: 'Noční', handsets: ['tester'], starts_logged_out: true },
    ],
    pause_reasons: ['oběd'],
    operators: [
      { id: 1, login: 'eva.novakova@shop.example', name: 'Eva Nováková', handset: 'eva' },
      { id: 2, login: 'boss', name: 'Šéf', role: 'admin' },
    ],
  });
  const token = { name: 'shop', scopes: ['calls:read', 'calls:reject', 'monitor:read', 'recordings:read'] };
  const headers = { 'content-type': 'application/json' };
  await harness.gateway.api('/api/v1/tokens', { method: 'POST', headers, body: JSON.stringify(token) });
  await seedDispatch(harness);
  await peopleAtWork(harness);
  await orderStatusCall(harness);
  pages = [
    ['notifications', '/notifications'],
    ['notifications-batch', '/notifications?batch=friday'],
    ['notification', `/notifications/${await newestNotification(harness)}`],
    ['do-not-call', '/do-not-call'],
    ['bridges', '/bridges'],
    ['account', '/account'],
    ['api', '/docs'],
    ['not-found', '/nowhere'],
  ];
});

afterAll(() => harness.stop());

/** A handset with a phone, paused; the others have none. */
async function peopleAtWork(at: BrowserHarness): Promise<void> {
  await at.handset('tester');
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify({ reason: 'oběd' }) };
  expect((await at.gateway.fetch('/api/v1/handsets/tester/pause', init)).ok).toBe(true);
}

/** Notifications that wait, are in a call and are over, a bridge, and a do-not-call number. */
async function seedDispatch({ gateway }: BrowserHarness): Promise<void> {
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    expect((await gateway.fetch(`/api/v1/${path}`, init)).ok, path).toBe(true);
  };
  await post('do-not-call', { number: '+420777000999', reason: 'asked for it' });
  const notifications = ['arrived', 'driver_late', 'teleported'].map((status, index) => ({
    external_id: `e-${index}`,
    order_id: `700${index}`,
    status,
    to: `+42077700099${9 - index}`,
    prompts: [20],
  }));
  await post('notifications/batches', { batch: 'friday', notifications });
  const [client, driver] = ['client', 'driver'].map((role, index) => ({ phone: `+42060811122${index}`, role }));
  await post('bridges', { order_id: '7001', initiator: 'client', a: client, b: driver });
}

async function newestNotification({ gateway }: BrowserHarness): Promise<string> {
  type Listed = { notifications: { notification_id: string }[] };
  const { notifications } = await gateway.api<Listed>('/api/v1/notifications?order_id=7001');
  return notifications[0]?.notification_id ?? '';
}

/** Smaller text is unreadable on a phone (px). */
const SMALLEST_TEXT_PX = 14;

const desktop = { device: 'desktop', viewport: DESKTOP };
const phone = { device: 'phone', viewport: PHONE };
const light = { colorScheme: 'light' } as const;
const dark = { colorScheme: 'dark' } as const;

test.each([
  ...['cs', 'ru', 'en'].flatMap((language) => [desktop, phone].map((window) => ({ language, ...window, ...light }))),
  { language: 'en', ...phone, ...dark },
])(
  '$language, $device, $colorScheme: every page fits, is readable and has no accessibility problems',
  async ({ language, device, viewport, colorScheme }) => {
    const visitor = await harness.visitor({ viewport, colorScheme });
    const look = async (name: string) => {
      await visitor.page.locator('h1').waitFor();
      await expect.poll(() => visitor.page.locator('.skeleton:visible').count(), { message: name }).toBe(0);
      await visitor.photograph(`${name}-${device}-${colorScheme}-${language}`);
      expect.soft(await visitor.obstacles(), name).toEqual([]);
      expect.soft(await visitor.overflow(), `${name}: wider than the window`).toBe(0);
      expect.soft(await visitor.smallestTextPx(), name).toBeGreaterThanOrEqual(SMALLEST_TEXT_PX);
      expect.soft(await visitor.page.locator('html').getAttribute('lang'), name).toBe(language);
      expect.soft(await visitor.page.locator('h1').count(), name).toBe(1);
    };
    await visitor.logIn();
    for (const [name, path] of pages) {
      await visitor.page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
      await look(name);
    }
    await visitor.page.context().clearCookies();
    await visitor.page.goto(`/login?lang=${language}`);
    await look('login');
    expect(visitor.complaints.filter((each) => !each.includes('404'))).toEqual([]);
    await visitor.close();
  },
);
