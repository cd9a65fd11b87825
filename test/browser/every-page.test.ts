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

/**
 * Texts that are cut off without a title, those whose box is so narrow that their words break into single letters, and words
 * that break in the menu, in headings and on buttons.
 */
function unreadable({ page }: Visitor): Promise<string[]> {
  return page.evaluate(() => {
    const NARROWEST_PX = 24;
    const LONGEST_WORD_THERE = 4;
    /** Addresses, names with hyphens and words longer than a phone is wide may break. */
    const WORD = /(?<![\p{L}@._/-])\p{L}{3,14}(?![\p{L}@._/-])/gu;
    const WHERE = '.side a, .tabs a, .bottom a, th, button, a.button, label, legend, summary';
    const isBroken = (node: Node, { index, 0: word }: RegExpExecArray) => {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
    };
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
      for (const node of element.closest(WHERE) === null ? [] : own)
        for (const word of (node.textContent ?? '').matchAll(WORD))
          if (isBroken(node, word)) seen.push(`broken: ${word[0]}`);
      const { width, height } = element.getBoundingClientRect();
      if (width > 0 && width < NARROWEST_PX && text.length > LONGEST_WORD_THERE && height > 3 * width)
        seen.push(`crushed: ${text}`);
    }
    return seen;
  });
}

test.each(['cs', 'ru', 'en'])('%s', async (language) => {
  const visitor = await harness.visitor();
  const { page } = visitor;
  await visitor.logIn();
  await page.goto(`/account?lang=${language}`);
  for (const address of pages) {
    await page.goto(address);
    await page.locator('h1').first().waitFor();
    await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined);
    await expect.poll(() => page.locator('.skeleton:visible').count(), { message: address }).toBe(0);
    for (const viewport of [PHONE, DESK, WIDE]) {
      const where = `${address}, ${viewport.width} px`;
      await page.setViewportSize(viewport);
      expect.soft(await visitor.overflow(), `${where}: wider than the window (px)`).toBe(0);
      expect.soft(await unreadable(visitor), where).toEqual([]);
    }
    expect
      .soft(await page.locator('button.primary:visible, a.button.primary:visible').count(), address)
      .toBeLessThan(2);
  }
  await visitor.close();
});
