import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { prompt } from '../support/sip/caller.js';
import { pickUp, ringForEver, type PhoneCall } from '../support/sip/phone.js';
import { LINES, NowHarness, numberOf, REJECTED } from './now-harness.js';
import type { Visitor } from './browser-harness.js';

/** An hour of a busy shop in half a minute: at every step the page shows the content of Asterisk's queues. */

const JANA = '+420777888999';
/** After this, a press by mouse on a row of a list that has moved counts again. */
const LISTS_SETTLE_MS = 1_100;
const PHONE = { width: 360, height: 740 };

let harness: NowHarness;
let visitor: Visitor;

beforeAll(async () => {
  harness = await NowHarness.open();
});

beforeEach(async () => {
  await harness.reset();
  visitor = await harness.visitor();
  await visitor.logIn(undefined, { label: 'API token' });
  await visitor.page.goto('/now');
  await see('[data-standing="live"]');
  await harness.agrees(visitor, [0, 0, 0]);
});

afterAll(() => harness.close());

const see = (selector: string, hasText?: string | RegExp) =>
  visitor.page
    .locator(selector, hasText === undefined ? {} : { hasText })
    .first()
    .waitFor();
const gone = (selector: string, hasText: string) =>
  visitor.page.locator(selector, { hasText }).first().waitFor({ state: 'detached' });
const rowOf = (call: PhoneCall) => visitor.page.locator('[data-queue] li', { hasText: inGroups(numberOf(call)) });
const inGroups = (number: string) => number.replace(/(...)(...)(...)/, '$1 $2 $3');

describe('a busy hour', () => {
  test('begins empty', async () => {
    await see('[data-handset="a1"][data-state="unavailable"]');
    await harness.handset('a1', ringForEver);
    await see('[data-handset="a1"][data-state="free"]', 'Sklad 1');
  });

  test('shows a ringing call: the caller, the orders, the handset', async () => {
    await harness.handset('a1', ringForEver);
    await harness.calling(LINES.sklad, JANA);
    await see('.ringing li', /Jana Nováková\s*\+420\s777\s888\s999/);
    await see('.ringing .orders a[href="https://shop.example/orders/1004"]', '1004');
    await see('.ringing li', 'Sklad 1');
    await see('[data-handset="a1"][data-state="ringing"]');
    await see('[aria-live="polite"]', 'Zvoní: Jana Nováková');
    await harness.agrees(visitor, [1, 0, 0]);
  });

  test('shows queued callers in order, and moves them up when one hangs up', async () => {
    await harness.handset('a1', ringForEver);
    const calls: PhoneCall[] = [];
    for (const [line, user, counts] of [
      [LINES.sklad, JANA, [1, 0, 0]],
      [LINES.sklad, undefined, [2, 0, 0]],
      [LINES.kancelar, undefined, [2, 1, 0]],
      [LINES.sklad, undefined, [3, 1, 0]],
      [LINES.kancelar, undefined, [3, 2, 0]],
      [LINES.prodejna, undefined, [3, 2, 1]],
    ] as const) {
      calls.push(await harness.calling(line, user));
      await harness.agrees(visitor, [...counts]);
    }
    await visitor.photograph('now-desktop-light-cs');
    expect(await visitor.obstacles()).toEqual([]);
    await calls[1]!.hangUp();
    await harness.agrees(visitor, [2, 2, 1]);
  });

  test('shows an answered call', async () => {
    await harness.queued(LINES.sklad, LINES.prodejna);
    await harness.agrees(visitor, [1, 0, 1]);
    await harness.handset('c1', pickUp);
    await harness.agrees(visitor, [1, 0, 0]);
    await see('[data-handset="c1"][data-state="busy"]', 'hovor: ');
    await see('section[aria-labelledby="in-progress"] li', 'hovor: Prodejna');
  });

  test('rejects a caller by the ✕, who hears the prompt; moves the focus to the heading', async () => {
    const [jana] = await harness.queued({ line: LINES.sklad, user: JANA }, LINES.sklad, LINES.kancelar);
    await harness.agrees(visitor, [2, 1, 0]);
    const cross = rowOf(jana!).getByRole('button', { name: 'Odmítnout: Jana Nováková' });
    // Right after the rows have moved: the keyboard reaches the focused button in any place.
    await cross.focus();
    const heard = jana!.hears(prompt(REJECTED), { skipping: true, withinMs: 20_000 });
    await visitor.page.keyboard.press('Enter');
    await heard;
    expect(await jana!.ended()).toMatchObject({ by: 'peer', how: 'hung_up' });
    await harness.agrees(visitor, [1, 1, 0]);
    await gone('#app li', 'Jana Nováková');
    // Not the next caller's ✕, which another press would hit.
    await expect.poll(() => visitor.page.evaluate(() => document.activeElement?.id)).toBe('queues');
  });

  test('a reject is undone within three seconds, by button or key, and the caller stays', async () => {
    const [first] = await harness.queued(LINES.kancelar, LINES.kancelar);
    await harness.agrees(visitor, [0, 2, 0]);
    const row = rowOf(first!);
    const cross = row.getByRole('button', { name: /^Odmítnout/ });
    const interrupts: string[] = [];
    visitor.page.on('request', (request) => {
      if (request.url().endsWith('/interrupt')) interrupts.push(request.url());
    });
    // Presses by mouse are ignored while rows have just moved.
    await visitor.page.waitForTimeout(LISTS_SETTLE_MS);
    await cross.click();
    await row.getByRole('button', { name: 'Vrátit' }).click();
    await cross.press('Enter');
    await row.getByRole('button', { name: 'Vrátit' }).waitFor();
    await visitor.page.keyboard.press('z');
    await visitor.page.waitForTimeout(3_500);
    expect(interrupts).toEqual([]);
    await harness.agrees(visitor, [0, 2, 0]);
  });

  test('filters by one label, with positions in the whole queue', async () => {
    await harness.queued(LINES.sklad, LINES.kancelar, LINES.kancelar);
    await harness.agrees(visitor, [1, 2, 0]);
    const filtered = () => harness.shown(visitor);
    const anyone: unknown = expect.anything();
    await visitor.page.getByLabel('Zobrazit').selectOption('telefon-kancelář');
    await expect.poll(filtered).toMatchObject({ 1: [], 2: [anyone, anyone], 3: [] });
    await see('[data-queue="1"]', 'a na jiné telefony 1 další volající');
    await visitor.page.reload();
    await see('[data-standing="live"]');
    await expect.poll(filtered).toMatchObject({ 1: [], 2: [anyone, anyone], 3: [] });
    await visitor.page.getByLabel('Zobrazit').selectOption('všechny telefony');
    await harness.agrees(visitor, [1, 2, 0]);
  });

  test('shows a lost gateway, greys out, reconnects automatically and is correct again', async () => {
    await harness.handset('c1', pickUp);
    await harness.calling(LINES.prodejna);
    const [, leaving] = await harness.queued(LINES.sklad, LINES.kancelar, LINES.kancelar);
    await harness.agrees(visitor, [1, 2, 0]);
    await see('[data-handset="c1"][data-state="busy"]', 'hovor: ');
    await harness.gateway.kill();
    await see('[data-standing="stale"]', 'Odpojeno od');
    await see('.board.stale');
    await visitor.photograph('now-desktop-stale-cs');
    await leaving!.hangUp();
    await harness.gateway.run();
    await harness.gateway.ready();
    await see('[data-standing="live"]');
    await harness.agrees(visitor, [1, 1, 0]);
    await see('[data-handset="c1"][data-state="busy"]', 'hovor: ');
  });

  test('fits on a phone completely', async () => {
    await harness.handset('a1', ringForEver);
    await harness.handset('c1', pickUp);
    await harness.calling(LINES.prodejna);
    await harness.queued({ line: LINES.sklad, user: JANA }, LINES.kancelar);
    for (const [colorScheme, lang] of [
      ['light', 'ru'],
      ['dark', 'en'],
    ] as const) {
      const mobile = await harness.visitor({ viewport: PHONE, colorScheme });
      await mobile.logIn(undefined, { label: 'API token' });
      await mobile.page.goto(`/now?lang=${lang}`);
      await harness.agrees(mobile, [1, 1, 0]);
      await mobile.photograph(`now-phone-${colorScheme}-${lang}`);
      expect(await mobile.overflow()).toBe(0);
      expect(await mobile.obstacles()).toEqual([]);
      expect(await mobile.smallestTextPx()).toBeGreaterThanOrEqual(14);
      expect(mobile.complaints).toEqual([]);
      await mobile.close();
    }
  });

  test('a double click on the first ✕ rejects one caller; further presses there, and a key held down, reject no other', async () => {
    const lines = [LINES.sklad, LINES.kancelar, LINES.kancelar, LINES.kancelar, LINES.kancelar];
    const [, first, second] = await harness.queued(...lines);
    await harness.agrees(visitor, [1, 4, 0]);
    const { page } = visitor;
    // Presses by mouse are ignored while rows have just moved.
    await page.waitForTimeout(LISTS_SETTLE_MS);
    const at = (await rowOf(first!)
      .getByRole('button', { name: /^Odmítnout/ })
      .boundingBox())!;
    const [x, y] = [at.x + at.width / 2, at.y + at.height / 2];
    await page.mouse.dblclick(x, y);
    for (let press = 0; press < 10; press += 1) {
      await page.waitForTimeout(200);
      await page.mouse.click(x, y);
    }
    expect(await first!.ended()).toMatchObject({ by: 'peer' });
    await harness.agrees(visitor, [1, 3, 0]);
    await page.waitForTimeout(LISTS_SETTLE_MS);
    await rowOf(second!)
      .getByRole('button', { name: /^Odmítnout/ })
      .focus();
    for (let repeat = 0; repeat < 20; repeat += 1) {
      await page.keyboard.down('Enter');
      await page.waitForTimeout(100);
    }
    await page.keyboard.up('Enter');
    expect(await second!.ended()).toMatchObject({ by: 'peer' });
    await harness.agrees(visitor, [1, 2, 0]);
  });

  test('ends empty', async () => {
    await harness.handset('a1', ringForEver);
    await harness.handset('c1', pickUp);
    const answered = await harness.calling(LINES.prodejna);
    const waiting = await harness.queued(LINES.sklad, LINES.kancelar);
    await harness.agrees(visitor, [1, 1, 0]);
    await see('[data-handset="c1"][data-state="busy"]');
    for (const call of [answered, ...waiting]) await call.hangUp();
    await harness.agrees(visitor, [0, 0, 0]);
    await see('[data-handset="c1"][data-state="free"]');
    await see('section', 'Nic nezvoní.');
    await expect.poll(() => visitor.page.locator('#app li[data-id]').allInnerTexts()).toEqual([]);
  });

  test('operators pause and log out, each only on their own handset', async () => {
    const send = (method: string, path: string, body: object = {}) =>
      harness.gateway.api(path, {
        method,
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
    await send('PUT', '/api/v1/accounts/jana/password', { password: 'a password of some length' });
    for (const command of ['log-in', 'unpause']) await send('POST', `/api/v1/handsets/c1/${command}`);
    await harness.handset('c1', pickUp);
    await see('[data-handset="c1"][data-state="free"]');
    const { page, complaints, obstacles } = await operator();
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await page.getByLabel('Důvod pauzy').selectOption('oběd');
    expect(await obstacles()).toEqual([]);
    await button('Pauza').click();
    await see('[data-handset="c1"][data-state="paused"]', 'pauza: oběd');
    expect(await page.locator('.own').count()).toBe(1);
    await page.waitForTimeout(1000);
    await button('Ukončit pauzu').click();
    await page.waitForTimeout(1000);
    await see('[data-handset="c1"][data-state="free"]');
    await button('Odhlásit z front').dblclick();
    await button('Přihlásit do front').waitFor();
    expect(await button('Odhlásit z front').count()).toBe(0);
    await page.waitForTimeout(1000);
    await button('Přihlásit do front').click();
    await button('Odhlásit z front').waitFor();
    expect(await obstacles()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  async function operator() {
    const person = await harness.visitor();
    await person.page.goto('/login?next=/now');
    await person.page.getByLabel('Jméno nebo e-mail').fill('jana');
    await person.page.getByLabel('Heslo').fill('a password of some length');
    await person.page.keyboard.press('Enter');
    await person.page.locator('[data-standing="live"]').waitFor();
    return {
      page: person.page,
      complaints: person.complaints,
      obstacles: () => person.obstacles(),
    };
  }
});
