import { afterAll, beforeAll, expect, test } from 'vitest';
import { DESK, PHONE, WIDE, type BrowserHarness, type Visitor } from './browser-harness.js';
import { openFilledCompany } from './filled-company.js';

/** Every page of a company with long names, in three languages and windows: nothing is cut off, crushed or too wide. */

let harness: BrowserHarness;
let pages: string[];

beforeAll(async () => {
  ({ harness, pages } = await openFilledCompany());
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
