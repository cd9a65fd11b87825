import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowserHarness, orderStatusCall, PHONE, type BrowserHarness, type Visitor } from './browser-harness.js';

/** The pages of a real customer's call. */

let harness: BrowserHarness;
let callPath: string;

beforeAll(async () => {
  harness = await openBrowserHarness();
  callPath = `/calls/${encodeURIComponent(await orderStatusCall(harness))}`;
}, 60_000);

afterAll(() => harness.stop(), 30_000);

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
      'Step: Hand over to the shop parts/main-menu/0/menu/keys/9/0',
      /^Response from the shop: HTTP 200 · \d+ ms \{ "action": "menu", "recording_id": "20"/,
      /^Prompt: #20 API - Výzva k zadání čísla obj\. · heard .* interrupted by a key$/,
      'Keys pressed: 9 9 9 #',
      'Input: 9999 · confirmed with #',
      /^Request to the shop: http:.*"received_digits": "9999"/,
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
      /^Hláška: #1 Úvodní nabídka · slyšel \d\.\d z 1\.0 s · přerušeno klávesou$/,
      'Akce: Předat řízení e-shopu parts/main-menu/0/menu/keys/9/0',
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
      /^Сообщение: #1 Úvodní nabídka · прослушано \d\.\d из 1\.0 с · прервано клавишей$/,
      'Действие: Передать управление магазину parts/main-menu/0/menu/keys/9/0',
      'Введено: 9999 · подтверждено #',
      /^Запрос к магазину: http:/,
      /^Ответ магазина: HTTP 200/,
      /^Сообщение: #34 API - Stav odeslaná · .* воспроизведено полностью$/,
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
  await visitor.page.evaluate(() => document.querySelectorAll('pre, code').forEach((each) => each.remove()));
  const lines = (await story(visitor)).filter((line) => !/^(Сообщение|Запрос к магазину|Ответ магазина):/.test(line));
  expect(lines.length).toBeGreaterThan(15);
  expect(lines.filter((line) => /[A-Za-z]/.test(line))).toEqual([]);
  await visitor.close();
});

test('a call is found from the list, and its raw data can be unfolded', async () => {
  const visitor = await harness.visitor({ viewport: PHONE });
  await visitor.logIn();
  await visitor.page.locator('table a').first().click();
  await visitor.page.waitForURL(`**${callPath}`);
  const details = visitor.page.locator('ol.timeline > li', { hasText: '9 9 9 #' }).locator('details');
  await details.locator('summary').click();
  expect(await details.locator('pre').count()).toBe(4);
  expect(await details.locator('pre').first().innerText()).toMatch(/"digit": "9".*"use": "input"/);
  expect(await visitor.overflow()).toBe(0);
  await visitor.close();
});
