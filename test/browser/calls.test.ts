import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  DESKTOP,
  openBrowserHarness,
  orderStatusCall,
  PHONE,
  type BrowserHarness,
  type Visitor,
} from './browser-harness.js';

/** The pages of a real customer's call. */

let harness: BrowserHarness;
let callPath: string;

beforeAll(async () => {
  harness = await openBrowserHarness();
  callPath = `/calls/${encodeURIComponent(await orderStatusCall(harness))}`;
});

afterAll(() => harness.stop());

/** The timeline as displayed, one text per line: the time, the event, its description. */
async function story({ page }: Visitor): Promise<string[]> {
  const lines = await page.locator('ol.timeline > li').all();
  const texts = lines.map(async (line) => {
    const what = await line.locator('.what').innerText();
    return `${what}: ${await line.locator('.said').innerText()}`.replaceAll(/\s+/g, ' ').trim();
  });
  return Promise.all(texts);
}

/** The caller's actions and prompts in the timeline; in each language, in this order. */
const heard = {
  en: {
    calls: 'Calls',
    lines: [
      'Keys pressed: 9',
      /^Prompt: #1 Úvodní nabídka · heard \d\.\d of 1\.0 s · interrupted by a key$/,
      'Step: Hand over to the shop',
      /^Response from the shop: HTTP 200 · \d+ ms$/,
      /^Prompt: #20 API - Výzva k zadání čísla obj\. · heard .* interrupted by a key$/,
      'Keys pressed: 9 9 9 #',
      'Input: 9999 · confirmed with #',
      /^Request to the shop: http:/,
      /^Prompt: #21 API - Objednávka neexistuje/,
      'Input: 1004 · confirmed with #',
      /^Prompt: #34 API - Stav odeslaná · heard 1\.0 of 1\.0 s · played in full$/,
      'Hang-up by the gateway: the call plan · normally',
      'Call ended: the call plan',
    ],
  },
  cs: {
    calls: 'Hovory',
    lines: [
      'Stisknuté klávesy: 9',
      /^Hláška: #1 Úvodní nabídka · slyšel \d,\d z 1,0 s · přerušeno klávesou$/,
      'Akce: Předat řízení e-shopu',
      'Zadáno: 9999 · potvrzeno #',
      /^Požadavek na e-shop: http:/,
      /^Odpověď e-shopu: HTTP 200/,
      /^Hláška: #34 API - Stav odeslaná · .* přehráno celé$/,
      'Zavěsila brána: plán hovoru · řádně',
      'Konec hovoru: plán hovoru',
    ],
  },
  ru: {
    calls: 'Звонки',
    lines: [
      'Нажаты клавиши: 9',
      /^Подсказка: #1 Úvodní nabídka · прослушано \d,\d из 1,0 с · прервано клавишей$/,
      'Действие: Передать управление магазину',
      'Введено: 9999 · подтверждено #',
      /^Запрос к магазину: http:/,
      /^Ответ магазина: HTTP 200/,
      /^Подсказка: #34 API - Stav odeslaná · .* воспроизведено полностью$/,
      'Завершение шлюзом: план звонка · обычное завершение',
      'Звонок окончен: план звонка',
    ],
  },
};

describe.each(Object.entries(heard))('the timeline of the order-status call, in %s', (language, { calls, lines }) => {
  test('is in that language, in order', async () => {
    const visitor = await harness.visitor();
    await visitor.logIn();
    await visitor.page.goto(`${callPath}?lang=${language}`);
    await visitor.page.locator('ol.timeline').waitFor();
    const shown = await story(visitor);
    let from = 0;
    for (const line of lines) {
      const at = shown.findIndex(
        (each, index) => index >= from && (line instanceof RegExp ? line.test(each) : each === line),
      );
      expect(at, `${line.toString()} in\n${shown.slice(from).join('\n')}`).not.toBe(-1);
      from = at + 1;
    }
    expect(await visitor.page.locator('html').getAttribute('lang')).toBe(language);
    await visitor.page.goto('/calls');
    expect(await visitor.page.locator('h1').innerText()).toBe(calls);
    expect(visitor.complaints).toEqual([]);
    await visitor.close();
  });
});

test('the Russian timeline has no English words except those of the shop and the configuration', async () => {
  const visitor = await harness.visitor({ locale: 'ru-RU' });
  await visitor.logIn(harness.gateway.token, { label: 'Токен API' });
  await visitor.page.goto(callPath);
  await visitor.page.locator('ol.timeline').waitFor();
  await visitor.page.evaluate(() => document.querySelectorAll('pre, code').forEach((each) => each.remove()));
  const lines = (await story(visitor)).filter((line) => !/^(Подсказка|Запрос к магазину|Ответ магазина):/.test(line));
  expect(lines.length).toBeGreaterThan(15);
  expect(lines.filter((line) => /[A-Za-z]/.test(line))).toEqual([]);
  await visitor.close();
});

test('a call is found from the list by its number, and the list is there again on the way back', async () => {
  const visitor = await harness.visitor({ viewport: PHONE });
  const { page } = visitor;
  await visitor.logIn();
  await page.goto('/calls');
  const row = page.locator('.calls-list tbody tr').first();
  await row.waitFor();
  expect((await row.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/incoming .*handled automatically.* today \d\d:\d\d/);
  const number = await row.getByRole('link').innerText();
  await page.keyboard.press('/');
  await page.keyboard.type('999 999 999');
  await page.keyboard.press('Enter');
  await page.getByText('No call matches the filter.').waitFor();
  await page.getByLabel('Number, order or note').fill(number.replaceAll(/\D/g, '').slice(-6));
  await page.keyboard.press('Enter');
  await row.waitFor();
  expect(new URL(page.url()).searchParams.get('q')).toMatch(/^\d{6}$/);
  expect(await visitor.overflow()).toBe(0);
  await row.getByRole('link').click();
  await page.waitForURL(`**${callPath}`);
  await page.locator('ol.timeline').waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
  await page.goBack();
  await row.waitFor();
  expect(await page.getByLabel('Number, order or note').inputValue()).toMatch(/^\d{6}$/);
  await page.getByLabel('Result').selectOption('lost');
  await page.getByText('No call matches the filter.').waitFor();
  await page.getByRole('link', { name: 'Clear the filter' }).click();
  await row.waitFor();
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('the course of the call is drawn, and its raw data can be unfolded', async () => {
  const visitor = await harness.visitor({ viewport: PHONE });
  const { page } = visitor;
  await visitor.logIn();
  await page.goto(callPath);
  const prompts = page.locator('.course svg.prompt');
  await prompts.waitFor();
  expect(await prompts.locator('rect').count()).toBeGreaterThanOrEqual(5);
  expect(await prompts.getAttribute('aria-label')).toMatch(/^Prompts: \d\.\d s–\d\.\d s, /);
  expect(await page.locator('.course svg.keys rect').count()).toBe(11);
  expect(await page.locator('.course svg.shop rect').count()).toBeGreaterThanOrEqual(2);
  await page.getByText('Technical details').click();
  expect(await page.locator('.technical pre').first().isVisible()).toBe(true);
  expect(await page.locator('.technical pre', { hasText: 'received_digits' }).count()).toBe(2);
  expect(await page.locator('.technical pre', { hasText: '"use": "input"' }).count()).toBe(11);
  expect(await visitor.overflow()).toBe(0);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('an unknown call is said to be unknown', async () => {
  const visitor = await harness.visitor({ locale: 'cs-CZ' });
  await visitor.logIn();
  await visitor.page.goto('/calls/c_nowhere');
  await visitor.page.getByText('Tento hovor neexistuje').waitFor();
  expect(await visitor.obstacles()).toEqual([]);
  await visitor.close();
});

const WIDE = { width: 2560, height: 1440 };

test.each([
  { language: 'cs', viewport: PHONE, colorScheme: 'dark' },
  { language: 'ru', viewport: DESKTOP, colorScheme: 'light' },
  { language: 'en', viewport: WIDE, colorScheme: 'dark' },
] as const)('list and call fit, and have no obstacles: $language, $colorScheme', async ({ language, ...look }) => {
  const visitor = await harness.visitor(look);
  await visitor.logIn();
  for (const [name, path, ready] of [
    ['calls', '/calls', '.calls-list'],
    ['call', callPath, 'ol.timeline'],
  ] as const) {
    await visitor.page.goto(`${path}?lang=${language}`);
    await visitor.page.locator(ready).waitFor();
    await visitor.photograph(`${name}-${look.viewport.width}-${look.colorScheme}-${language}`);
    expect(await visitor.obstacles()).toEqual([]);
    expect(await visitor.overflow()).toBe(0);
    expect(await visitor.smallestTextPx()).toBeGreaterThanOrEqual(14);
  }
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});
