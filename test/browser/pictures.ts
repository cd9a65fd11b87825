import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { becomes } from '../support/becomes.js';
import { ARTIFACTS, DESK, PHONE, WIDE, type BrowserHarness, type Visitor } from './browser-harness.js';
import { comparedPictures } from './compared-pictures.js';
import { openFilledCompany } from './filled-company.js';

/**
 * Pictures of every page in three languages, light and dark, and three windows, with contact sheets: for people to look at after
 * a change of the style. They are in artifacts/pictures. PICTURES_OF limits them to pages whose address contains it. With PICTURES_BEFORE,
 * a folder of earlier ones, the pictures that changed are listed, and drawn beside the earlier ones.
 */

const FOLDER = path.join(ARTIFACTS, 'pictures');
const SCHEMES = ['light', 'dark'] as const;
const WINDOWS = [PHONE, DESK, WIDE];
/** More would be too small to see anything on a sheet. */
const PAGES_ON_SHEET = 12;
const SHEET_PX = 2000;
/** Parts of a long page that are not in the window are painted, too. */
const ALL_PAINTED = '* { content-visibility: visible !important }';
const BEFORE = process.env['PICTURES_BEFORE'];

let harness: BrowserHarness;
let pages: string[];

beforeAll(async () => {
  ({ harness, pages } = await openFilledCompany());
  pages = ['/login', ...pages].filter((page) => page.includes(process.env['PICTURES_OF'] ?? ''));
  if (BEFORE !== undefined && path.resolve(BEFORE) === FOLDER)
    throw new Error('PICTURES_BEFORE: copy the earlier pictures to another folder first; these are overwritten.');
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  await somethingHappens();
});

afterAll(() => harness.stop());

/** What the pages of calls, the system and plans show on a working day. */
async function somethingHappens(): Promise<void> {
  const { gateway } = harness;
  for (const number of ['+420777100002', '+420777100003', '+420777100004']) {
    const phone = await harness.caller(number);
    await phone.dial('+420222333445');
    await becomes('the call is stored', async () => (await gateway.calls(number)).length === 1);
  }
  const post = async (address: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const response = await gateway.fetch(`/api/v1/${address}`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(response.ok, `${address}: ${await response.text()}`).toBe(true);
  };
  await post('bans', { address: '192.0.2.7', minutes: 60, note: 'hádá hesla telefonů v celé síti' });
  await post('backups', {});
  const current = await (await gateway.fetch('/api/v1/config')).text();
  await post('config/drafts', { yaml: current.replace('name: Sklad', 'name: Expedice a sklad') });
}

/** The name of a picture. The ids of a call and a notification differ each time. */
function fileOf(page: string, width: number, scheme: string, language: string): string {
  const name = page.replace(/^\//, '').replace(/^(calls|notifications)\/.*/, '$1_one');
  return `${name.replaceAll(/[^a-z0-9-]+/gi, '_')}-${width}-${scheme}-${language}.png`;
}

test.each(['cs', 'ru', 'en'])('%s', async (language) => {
  const visitor = await harness.visitor();
  const { page } = visitor;
  await visitor.logIn();
  await page.goto(`/account?lang=${language}`);
  const obstacles: string[] = [];
  for (const address of pages) {
    await page.goto(address);
    await settled(visitor);
    for (const viewport of WINDOWS) {
      await page.setViewportSize(viewport);
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const file = fileOf(address, viewport.width, colorScheme, language);
        await page.screenshot({
          path: path.join(FOLDER, file),
          fullPage: true,
          animations: 'disabled',
          style: ALL_PAINTED,
        });
        if (viewport === DESK) obstacles.push(...(await visitor.obstacles()).map((each) => `${file}: ${each}`));
      }
    }
  }
  for (const viewport of WINDOWS)
    for (const scheme of SCHEMES) await contactSheets(visitor, viewport, scheme, language);
  await visitor.close();
  if (BEFORE !== undefined) await compareWith(BEFORE, language);
  expect(obstacles).toEqual([]);
});

async function compareWith(before: string, language: string): Promise<void> {
  const files = pages.flatMap((page) =>
    WINDOWS.flatMap(({ width }) => SCHEMES.map((scheme) => fileOf(page, width, scheme, language))),
  );
  const changed = await comparedPictures(files, { before: path.resolve(before), after: FOLDER });
  await writeFile(path.join(FOLDER, `changed-${language}.txt`), changed.map((each) => `${each}\n`).join(''));
  console.log(`${language}: ${changed.length} of ${files.length} pictures differ from ${before}`, changed);
}

async function settled({ page }: Visitor): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined);
  await expect.poll(() => page.locator('.skeleton:visible').count(), { message: page.url() }).toBe(0);
}

/** Sheets with the pictures of all pages in one language, scheme and window. */
async function contactSheets(
  { page }: Visitor,
  { width, height }: typeof PHONE,
  scheme: string,
  language: string,
): Promise<void> {
  const columns = width === PHONE.width ? 6 : 3;
  // A sheet shows the tops of longer pages.
  const shownHeights = width === WIDE.width ? 1 : 1.5;
  const shownPx = Math.floor(SHEET_PX / columns) - 8;
  await page.setViewportSize({ width: SHEET_PX, height: 800 });
  for (let first = 0; first < pages.length; first += PAGES_ON_SHEET) {
    const shown = pages.slice(first, first + PAGES_ON_SHEET);
    await page.goto('about:blank');
    const figures = shown.map(async (address) => {
      const picture = await readFile(path.join(FOLDER, fileOf(address, width, scheme, language)), 'base64');
      return `<figure><div><img src="data:image/png;base64,${picture}"></div>${address}</figure>`;
    });
    await page.setContent(`<style>
        body { margin: 0; display: flex; flex-wrap: wrap; gap: 8px; background: #888; font: 14px sans-serif }
        figure { margin: 0; width: ${shownPx}px }
        div { height: ${(shownPx / width) * height * shownHeights}px; overflow: hidden }
        img { width: 100% }
      </style>${(await Promise.all(figures)).join('')}`);
    await page.screenshot({
      path: path.join(FOLDER, `sheet-${width}-${scheme}-${language}-${first / PAGES_ON_SHEET + 1}.png`),
      fullPage: true,
    });
  }
}
