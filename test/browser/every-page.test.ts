import { afterAll, beforeAll, expect, test } from 'vitest';
import { DESK, PHONE, WIDE, type BrowserHarness, type Visitor } from './browser-harness.js';
import { openFilledCompany } from './filled-company.js';

/** Every page of a company with long names, in three languages and windows: nothing is cut off, crushed or too wide. */

let harness: BrowserHarness;
let pages: string[];

beforeAll(async () => {
  ({ harness, pages } = await openFilledCompany());
  const handsets = ['a1', 'a2', 'a3', 'tester'].map((name, index) => ({
    name,
    display_name: `${index + 1}. sklad Praha-Letňany, zadní vchod u nákladové rampy`,
  }));
  harness = await openBrowserHarness({
    dial_policy: { countries: ['CZ'] },
    handsets,
    queues: Array.from({ length: QUEUES }, (_, index) => ({
      id: index + 1,
      name: `${LONG} ${index + 1}`,
      handsets: handsets.map(({ name }) => name),
    })),
    operators: [
      {
        id: 1,
        login: 'marie.kovarova-hruskova.z.lichtenburku@zakaznicke-centrum.shop.example',
        name: 'Marie Kovářová-Hrušková z Lichtenburku',
        handset: 'a1',
      },
      { id: 2, login: 'boss', name: 'Александр Константинопольский', role: 'admin' },
    ],
    webhooks: [{ name: 'crm-zakaznicke-centrum-usti-nad-labem', url: 'http://127.0.0.1:9/a/long/path/of/events?a=b' }],
    trunks: [{ name: 'provider', title: LONG, way: 'address', server: '127.0.0.9:9' }],
    callbacks: [{ name: 'dispatch', url: 'https://dispatch.example/hooks' }],
    gootax: { domain: 'taxi' },
    parts: {
      ...Object.fromEntries(PARTS.map((part) => [part, [{ play: 5 }, 'hang_up']])),
      'main-menu': [
        {
          menu: {
            prompt: 1,
            keys: Object.fromEntries(
              Array.from({ length: 9 }, (_, index) => [String(index + 1), [{ enqueue: { queue: index + 1 } }]]),
            ),
          },
        },
        { go_to_part: PARTS[0] },
      ],
    },
    lines: [
      { number: '+420222333444', name: LONG, plan: ['answer', { go_to_part: 'main-menu' }] },
      { number: '+420222333445', name: 'Sklad', plan: ['answer', { enqueue: { queue: 2, label: 'telefon-sklad' } }] },
      { number: '+420222333446', plan: ['answer', { go_to_part: PARTS[1] }] },
    ],
  });
  const post = async (path: string, body: object) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    expect((await harness.gateway.fetch(`/api/v1/${path}`, init)).ok, path).toBe(true);
  };
  await post('do-not-call', { number: '+420777000999', reason: 'na vlastní žádost, nepřeje si být obtěžován' });
  const order = { external_id: 'e-1', order_id: '7000', status: 'arrived', to: '+420777000999', prompts: [20] };
  await post('notifications/batches', { batch: 'pátek – zpoždění řidičů', notifications: [order] });
  await post('tokens', { name: 'shop', scopes: ['calls:read'] });
  const { notifications } = await harness.gateway.api<{ notifications: { notification_id: string }[] }>(
    '/api/v1/notifications',
  );
  const [listed] = notifications;
  const call = await longCall();
  pages = [
    ...['now', 'wall', 'calls', `calls/${call}`, 'missed', 'messages', 'reports', 'reports?view=queues'],
    ...['plans', 'plans/changes', 'plans/history', `plans/parts/${PARTS[0]}`, 'plans/lines/%2B420222333444'],
    ...['queues', 'queues/1', 'queues?new=1', 'handsets', 'handsets/a1', 'handsets?new=1', 'handsets?view=history'],
    ...['people', 'people/1', 'people/roles', 'people?new=1', 'prompts', 'prompts/1', 'music'],
    ...['notifications', 'notifications?new=1', `notifications/${listed?.notification_id ?? ''}`],
    ...['bridges', 'bridges?new=1', 'do-not-call', 'shop', 'webhooks', 'dispatch', 'tokens', 'recorded-requests'],
    ...[
      'lines',
      'lines/%2B420222333444',
      'trunks',
      'trunks/provider',
      'trunks?new=1',
      'settings',
      'settings/callbacks',
      'settings/profiles',
      'settings/yaml',
      'system',
      'system/connect',
      'personal-data',
      'audit',
    ],
    ...['account', 'docs', 'setup', 'nowhere'],
  ].map((page) => `/${page}`);
});

afterAll(() => harness.stop());

/** Texts that are cut off without a title, and those whose box is so narrow that their words break into single letters. */
function unreadable({ page }: Visitor): Promise<string[]> {
  return page.evaluate(() => {
    const NARROWEST_PX = 24;
    const LONGEST_WORD_THERE = 4;
    const seen: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (!element.checkVisibility() || element.closest('.unseen, .skip, svg') !== null) continue;
      const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      const text = own.map(({ textContent }) => textContent?.trim() ?? '').join('');
      const isField = element.matches('input, select, textarea, option');
      if (text === '' || isField) continue;
      const { overflowX, clipPath } = getComputedStyle(element);
      const isCut = /hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + 1;
      if (isCut && clipPath === 'none' && element.closest('[title]') === null) seen.push(`cut off: ${text}`);
      const { width, height } = element.getBoundingClientRect();
      if (width > 0 && width < NARROWEST_PX && text.length > LONGEST_WORD_THERE && height > 3 * width)
        seen.push(`crushed: ${text}`);
    }
    return seen;
  });
}

const windows = [
  // The longest words, and the narrowest window.
  { language: 'ru', device: 'phone', viewport: PHONE },
  { language: 'cs', device: 'desk', viewport: DESK },
  { language: 'en', device: 'wide', viewport: WIDE },
];

test.each(windows)('$language, $device', async ({ language, viewport }) => {
  const visitor = await harness.visitor({ viewport });
  const { page } = visitor;
  await visitor.logIn();
  await page.goto(`/account?lang=${language}`);
  for (const address of pages) {
    await page.goto(address);
    await page.locator('h1').first().waitFor();
    await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined);
    await expect.poll(() => page.locator('.skeleton:visible').count(), { message: address }).toBe(0);
    expect.soft(await visitor.overflow(), `${address}: wider than the window (px)`).toBe(0);
    expect.soft(await unreadable(visitor), address).toEqual([]);
    expect
      .soft(await page.locator('button.primary:visible, a.button.primary:visible').count(), address)
      .toBeLessThan(2);
  }
  await visitor.close();
});
