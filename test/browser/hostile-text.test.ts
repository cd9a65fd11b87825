import { afterAll, beforeAll, expect, test } from 'vitest';
import { callerOf, prompt } from '../support/sip/caller.js';
import { prompts } from '../support/gateway.js';
import { json } from '../support/shop.js';
import { LINE, P } from '../asterisk/shop-harness.js';
import { openBrowserHarness, type BrowserHarness, type Visitor } from './browser-harness.js';

/** Text from outside and from the company is shown as text: on every page that links lead to, it never becomes markup or script. */

/** Breaks out of text, of a quoted attribute and of a script element, whichever it gets into. */
const hostile = (place: string) => `${place}'"></title></script><img src=x onerror=ran=1>`;
const MAX_PAGES = 150;

let harness: BrowserHarness;

beforeAll(async () => {
  harness = await openBrowserHarness({
    dial_policy: { countries: ['CZ'] },
    handsets: [{ name: 'tester', display_name: hostile('handset') }],
    queues: [{ id: 1, name: hostile('queue'), handsets: ['tester'] }],
    pause_reasons: [hostile('reason')],
    operators: [{ id: 1, login: 'eva', name: hostile('operator'), handset: 'tester' }],
    prompts: prompts(...Object.values(P)).map((prompt, index) => ({
      ...prompt,
      name: `${hostile('prompt')} ${index}`,
    })),
  });
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const response = await harness.gateway.fetch(`/api/v1/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    expect(response.ok, `${path}: ${await response.text()}`).toBe(true);
  };
  await post('do-not-call', { number: '+420777000999', reason: hostile('refusal') });
  await post('notifications/batches', {
    batch: hostile('batch'),
    notifications: [
      {
        external_id: hostile('id'),
        order_id: hostile('order'),
        status: hostile('status'),
        to: '+420777000999',
        prompts: [20],
      },
    ],
  });
  await callWithHostileAnswers();
});

afterAll(() => harness.stop());

/** A caller with a name, an order status call that ends by answers of the shop which are no commands. */
async function callWithHostileAnswers(): Promise<void> {
  harness.shop.behave(() => json({ error: hostile('shop'), prompt_id: hostile('prompt id') }));
  const phone = await harness.caller();
  const call = await phone.dial(LINE, { name: '<img src=x onerror=ran=1>' });
  await call.hears(prompt(P.menu));
  await call.press('9');
  await harness.gateway.finished(callerOf(call));
}

/** What became of the text in the page: markup, or a script that ran. */
function effects({ page }: Visitor): Promise<string[]> {
  return page.evaluate(() => {
    const made = [...document.querySelectorAll('[onerror]')].map(({ outerHTML }) => outerHTML);
    return 'ran' in window ? ['a script ran', ...made] : made;
  });
}

/** Addresses that links of the page lead to: pages of the gateway, without downloads and the log-out. */
function linksOf({ page }: Visitor): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('a[href]:not([download])')]
      .filter(({ origin, protocol }) => origin === location.origin && protocol === location.protocol)
      .map(({ pathname, search }) => pathname + search)
      .filter((path) => !/^\/(?:api|assets|media|log-?out)|\.(?:csv|json|wav|mp3)$/.test(path)),
  );
}

test('stored: on every page that can be reached by links', async () => {
  const visitor = await harness.visitor();
  await visitor.logIn();
  const waiting = ['/now', '/calls', '/account'];
  const seen = new Set(waiting);
  const visited: string[] = [];
  const shown = new Set<string>();
  for (let path = waiting.shift(); path !== undefined && visited.length < MAX_PAGES; path = waiting.shift()) {
    await visitor.page.goto(path);
    await visitor.page.waitForLoadState('load');
    await visitor.page.locator('h1').first().waitFor();
    // Content that is fetched by the page.
    await visitor.page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => undefined);
    expect.soft(await effects(visitor), path).toEqual([]);
    const text = await visitor.page.locator('body').innerText();
    for (const [, place = ''] of text.matchAll(/([a-z ]+)'"><\/title>/g)) shown.add(place.trim());
    visited.push(path);
    for (const link of await linksOf(visitor)) {
      // Of each list, some pages are enough.
      const alike = [...seen].filter((other) => kindOf(other) === kindOf(link)).length;
      if (!seen.has(link) && alike < 3) waiting.push(link);
      seen.add(link);
    }
  }
  expect(visited.length).toBeGreaterThan(20);
  // The test has looked at the texts, not past them.
  for (const place of ['queue', 'operator', 'prompt']) expect(shown).toContain(place);
  expect(visitor.complaints.filter((complaint) => /Content Security|Refused to/i.test(complaint))).toEqual([]);
  await visitor.close();
}, 240_000);

/** Addresses of items of one list have the same kind. */
function kindOf(path: string): string {
  const [pathname = '', query = ''] = path.split('?');
  const names = [...new URLSearchParams(query).keys()].sort().join('&');
  return `${pathname.split('/').slice(0, 2).join('/')}/${pathname.split('/').length}?${names}`;
}

const REFLECTING = [
  '/calls?q=',
  '/calls?order=',
  '/calls?queue=',
  '/now?handset=',
  '/webhooks?state=',
  '/notifications?batch=',
  '/reports?from=',
  '/audit?actor=',
  '/calls/',
  '/prompts/',
  '/plans/',
  '/nowhere/',
];

test.each([
  { who: 'a visitor', logsIn: false, addresses: ['/login?next=', '/nowhere/'] },
  { who: 'an admin', logsIn: true, addresses: REFLECTING },
])('reflected, to $who', async ({ logsIn, addresses }) => {
  const visitor = await harness.visitor();
  if (logsIn) await visitor.logIn();
  for (const address of addresses)
    for (const text of [hostile('address'), 'javascript:ran=1', '//127.0.0.1:1/elsewhere']) {
      await visitor.page.goto(address + encodeURIComponent(text));
      await visitor.page.waitForLoadState('networkidle', { timeout: 1_000 }).catch(() => undefined);
      expect.soft(await effects(visitor), address + text).toEqual([]);
      expect.soft(await linksWithScript(visitor), address + text).toEqual([]);
    }
  await visitor.close();
});

function linksWithScript({ page }: Visitor): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('[href], [action], [src]')]
      .flatMap((element) => ['href', 'action', 'src'].map((name) => element.getAttribute(name) ?? ''))
      .filter((address) => /^\s*(?:javascript:|\/\/)/i.test(address)),
  );
}
