import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShownCall, State } from '../../src/monitor/protocol.js';
import { DESKTOP, openBrowserHarness, PHONE, type BrowserHarness, type Visitor } from './browser-harness.js';

/** The page Now with 300 waiting callers, fed by a socket of the test in place of the gateway's. */

const QUEUES = 6;
const CALLERS = 300;
const HANDSETS = 60;

let harness: BrowserHarness;

beforeAll(async () => {
  harness = await openBrowserHarness();
});

afterAll(() => harness.stop());

function crowd(): State {
  const now = Date.now();
  const calls = Array.from({ length: CALLERS }, (_, index): ShownCall => {
    const since = new Date(now - (CALLERS - index) * 1000).toISOString();
    return {
      id: `c_${index}`,
      direction: 'incoming',
      number: `+420777${String(100_000 + index)}`,
      state: 'waiting',
      started_at: since,
      since,
      queue: (index % QUEUES) + 1,
      position: Math.floor(index / QUEUES) + 1,
      rings: index < 3 ? [{ handset: `h${index}`, since }] : [],
    };
  });
  const bridges = Array.from({ length: 5 }, (_, index): ShownCall => {
    const since = new Date(now).toISOString();
    const number = `+42077700011${index}`;
    const rings = [{ number, since }];
    return { id: `b_${index}`, direction: 'outgoing', number, state: 'ringing', started_at: since, since, rings };
  });
  const queues = Array.from({ length: QUEUES }, (_, index) => index + 1);
  const handsets = Array.from({ length: HANDSETS }, (_, index) => `h${index}`);
  return {
    current: true,
    durable: true,
    queues: Object.fromEntries(queues.map((id) => [id, { id, name: `Queue ${id}`, waiting: CALLERS / QUEUES }])),
    calls: Object.fromEntries([...calls, ...bridges].map((call) => [call.id, call])),
    handsets: Object.fromEntries(
      handsets.map((name, index) => {
        const memberships = [{ queue: (index % QUEUES) + 1, paused: false }];
        const state = index < 3 ? ('ringing' as const) : ('free' as const);
        return [name, { name, display_name: `Handset ${index}`, state, queues: memberships }];
      }),
    ),
  };
}

/** A large company: callers in thirty queues, and a hundred handsets of which many talk. */
function largeCrowd(): State {
  const { calls, handsets } = crowd();
  const [first] = Object.values(handsets);
  const names = Array.from({ length: 100 }, (_, index) => `h${index}`);
  const queueIds = Array.from({ length: 30 }, (_, index) => index + 1);
  const waiting = Object.values(calls)
    .filter(({ direction }) => direction === 'incoming')
    .map((call, index) => ({
      ...call,
      queue: queueIds[index % 30]!,
      position: Math.floor(index / 30) + 1,
      rings: index < 40 ? [{ handset: `h${index}`, since: call.since }] : [],
    }));
  const talks = names.slice(40, 80).map((name, index): ShownCall => {
    const { since } = waiting[0]!;
    const talk = { handset: name, since };
    const number = `+420601${String(100_000 + index)}`;
    return {
      id: `t_${index}`,
      direction: 'incoming',
      number,
      state: 'talking',
      started_at: since,
      since,
      talk,
      rings: [],
    };
  });
  return {
    current: true,
    durable: true,
    queues: Object.fromEntries(queueIds.map((id) => [id, { id, name: `Queue of customers ${id}`, waiting: 10 }])),
    calls: Object.fromEntries([...waiting, ...talks].map((call) => [call.id, call])),
    handsets: Object.fromEntries(
      names.map((name, index) => {
        const queues = [{ queue: (index % 30) + 1, paused: index >= 90 }];
        const state = index < 40 ? ('ringing' as const) : ('free' as const);
        return [name, { ...first, name, display_name: `Handset ${index}`, state, queues }];
      }),
    ),
  };
}

/** @returns the sum of all layout shifts since the page began to load */
async function watchShifts(visitor: Visitor): Promise<() => Promise<number>> {
  await visitor.page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { layoutShifts: shifts });
    new PerformanceObserver((list) =>
      shifts.push(...list.getEntries().map((entry) => (entry as PerformanceEntry & { value: number }).value)),
    ).observe({ type: 'layout-shift', buffered: true });
  });
  return () =>
    visitor.page.evaluate(() =>
      (window as unknown as { layoutShifts: number[] }).layoutShifts.reduce((sum, each) => sum + each, 0),
    );
}

/** @returns sends a delta to the page */
async function openCrowded(
  visitor: Visitor,
  lang: string,
  state = crowd(),
  path = '/now',
): Promise<(patch: object) => void> {
  let send: (message: object) => void = () => undefined;
  await visitor.page.routeWebSocket('**/ws/monitor', (socket) => {
    send = (message) => socket.send(JSON.stringify(message));
    send({ type: 'snapshot', seq: 1, at: new Date().toISOString(), sees_numbers: true, state });
  });
  await visitor.logIn();
  await visitor.page.goto(`${path}?lang=${lang}`);
  await visitor.page.locator('[data-queue="6"] li').first().waitFor();
  let seq = 1;
  return (patch) => {
    seq += 1;
    send({ type: 'delta', seq, at: new Date().toISOString(), patch });
  };
}

test('each queue says how many wait and shows the first ten; the rest is one press away', async () => {
  const visitor = await harness.visitor();
  await openCrowded(visitor, 'en');
  const queue = visitor.page.locator('[data-queue="2"]');
  expect(await queue.locator('.head').innerText()).toMatch(
    /Queue 2\s+50 waiting · longest \d+:\d\d\s+\d+ free, 1 busy/,
  );
  expect(await queue.locator('li').count()).toBe(10);
  await queue.getByRole('button', { name: 'and 40 callers more' }).click();
  expect(await queue.locator('li').count()).toBe(50);
  await queue.getByRole('button', { name: 'show fewer' }).click();
  expect(await visitor.page.locator('[data-queue] li').count()).toBe(60);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('calls that go out are in a section of their own, and are not announced as ringing', async () => {
  const visitor = await harness.visitor();
  await openCrowded(visitor, 'cs');
  expect(await visitor.page.locator('.ringing li').count()).toBe(3);
  const outgoing = visitor.page.locator('section[aria-labelledby="outgoing"]');
  expect(await outgoing.locator('h2').innerText()).toBe('Voláme 5');
  expect(await outgoing.locator('li').count()).toBe(5);
  expect(await outgoing.locator('button[data-call]').count()).toBe(0);
  expect(await visitor.page.locator('.unseen[aria-live]').innerText()).not.toContain('777 000 11');
  expect(await visitor.page.title()).toMatch(/^\(3\) \+420.777.100.000 · Právě teď · Cordboard$/);
  await visitor.close();
});

test('a second changes only the texts of running times, and a change of one call only its row', async () => {
  const visitor = await harness.visitor();
  const send = await openCrowded(visitor, 'en');
  const changes = (act: () => Promise<void> | void) =>
    visitor.page
      .evaluate(() => {
        const seen: string[] = [];
        const observer = new MutationObserver((records) => {
          for (const { type, target } of records) {
            const element = target instanceof Element ? target : target.parentElement;
            seen.push(
              `${type} ${element?.closest('.since') ? 'time' : (element?.closest('[data-id]')?.getAttribute('data-id') ?? 'page')}`,
            );
          }
        });
        observer.observe(document.getElementById('app')!, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        });
        Object.assign(window, { stopObserving: () => (observer.disconnect(), seen) });
      })
      .then(act)
      .then(() => visitor.page.waitForTimeout(1_500))
      .then(() =>
        visitor.page.evaluate(() => (window as unknown as { stopObserving: () => string[] }).stopObserving()),
      );
  await visitor.page.locator('.unseen[aria-live]', { hasText: 'Ringing' }).waitFor({ state: 'attached' });
  const ofSecond = await changes(() => undefined);
  expect(ofSecond.length).toBeGreaterThan(0);
  expect(ofSecond.filter((each) => !each.endsWith('time'))).toEqual([]);
  const ofCall = await changes(() => send({ calls: { c_5: { name: 'Zuzana' } } }));
  expect(new Set(ofCall.filter((each) => !each.endsWith('time')).map((each) => each.split(' ')[1]))).toEqual(
    new Set(['c_5']),
  );
  await visitor.close();
});

test.each([
  { lang: 'cs', device: 'desktop', viewport: DESKTOP, colorScheme: 'light', screens: 4 },
  { lang: 'ru', device: 'phone', viewport: PHONE, colorScheme: 'dark', screens: 14 },
  { lang: 'en', device: 'wall', viewport: { width: 2560, height: 1440 }, colorScheme: 'dark', screens: 2 },
  { lang: 'en', device: 'desk', viewport: { width: 1440, height: 900 }, colorScheme: 'light', screens: 4 },
] as const)(
  'fits a $device in $lang, $colorScheme, on at most $screens screens',
  async ({ lang, device, viewport, colorScheme, screens }) => {
    const visitor = await harness.visitor({ viewport, colorScheme });
    await openCrowded(visitor, lang);
    await visitor.photograph(`now-crowded-${device}-${colorScheme}-${lang}`);
    expect(await visitor.obstacles()).toEqual([]);
    expect(await visitor.overflow()).toBe(0);
    expect(await visitor.smallestTextPx()).toBeGreaterThanOrEqual(14);
    const height = await visitor.page.evaluate(() => document.documentElement.scrollHeight);
    expect(height).toBeLessThanOrEqual(screens * viewport.height);
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  },
);

const LARGE = [
  { lang: 'ru', device: 'phone', viewport: PHONE, nowScreens: 14 },
  { lang: 'cs', device: 'desk', viewport: { width: 1440, height: 900 }, nowScreens: 6 },
  { lang: 'en', device: 'wall', viewport: { width: 2560, height: 1440 }, nowScreens: 2 },
] as const;

test.each(LARGE)(
  'thirty queues and a hundred handsets: Now shows the first of each, on a $device',
  async ({ lang, device, viewport, nowScreens }) => {
    const visitor = await harness.visitor({ viewport });
    const shifts = await watchShifts(visitor);
    const send = await openCrowded(visitor, lang, largeCrowd());
    const { page } = visitor;
    expect(await page.locator('[data-queue] li').count()).toBe(60);
    expect(await page.locator('.ringing > li').count()).toBe(12);
    expect(await page.locator('[data-handset]').count()).toBe(30);
    expect(await page.locator('section[aria-labelledby="in-progress"] li').count()).toBe(12);
    await visitor.photograph(`now-large-${device}-${lang}`);
    expect(await visitor.overflow()).toBe(0);
    const screens = await page.evaluate(() => document.documentElement.scrollHeight / innerHeight);
    expect(screens).toBeLessThanOrEqual(nowScreens);
    const before = await shifts();
    send({ calls: { c_299: { name: 'Zuzana' } } });
    await page.waitForTimeout(1_200);
    expect(await shifts()).toBe(before);
    expect(await visitor.obstacles()).toEqual([]);
    await page.locator('section[aria-labelledby="handsets"] button.link').click();
    expect(await page.locator('[data-handset]').count()).toBe(100);
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  },
);

test.each(LARGE)('thirty queues fit on the wallboard, on a $device', async ({ lang, device, viewport }) => {
  const visitor = await harness.visitor({ viewport });
  const shifts = await watchShifts(visitor);
  const send = await openCrowded(visitor, lang, largeCrowd(), '/wall');
  const { page } = visitor;
  expect(await page.locator('.wall-queue').count()).toBe(30);
  await visitor.photograph(`wall-large-${device}-${lang}`);
  expect(await visitor.overflow()).toBe(0);
  expect(await visitor.obstacles()).toEqual([]);
  const [isPhone, height] = [device === 'phone', await page.evaluate(() => document.documentElement.scrollHeight)];
  expect(height).toBeLessThanOrEqual(isPhone ? 8 * viewport.height : viewport.height);
  const before = await shifts();
  expect(before).toBe(0);
  send({ queues: { 3: { waiting: 9 } }, calls: { c_2: null } });
  await page.waitForTimeout(1_200);
  expect(await shifts()).toBe(before);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('the palette finds a page by a part of its name, and the list of shortcuts opens by its key', async () => {
  const visitor = await harness.visitor();
  await openCrowded(visitor, 'cs');
  const { page } = visitor;
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Najít stránku' }).fill('hlask');
  expect(await page.getByRole('option').allInnerTexts()).toEqual([
    'Přejít na: Hlášky',
    'Hláška pro odmítnuté volající · Firma',
  ]);
  expect(await visitor.obstacles()).toEqual([]);
  await visitor.photograph('palette-desktop-light-cs');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/prompts');
  await page.goBack();
  await page.locator('.board').waitFor();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Klávesové zkratky' });
  await dialog.waitFor();
  expect(await visitor.obstacles()).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('the palette opens again right after Escape', async () => {
  const visitor = await harness.visitor();
  await openCrowded(visitor, 'en');
  const { page } = visitor;
  await page.keyboard.press('Control+k');
  for (let time = 0; time < 20; time += 1) {
    await page.getByRole('combobox', { name: 'Find a page' }).waitFor();
    await Promise.all([page.keyboard.press('Escape'), page.keyboard.press('Control+k')]);
  }
  await page.getByRole('combobox', { name: 'Find a page' }).waitFor();
  await visitor.close();
});
