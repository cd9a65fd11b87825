import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { LINE, P } from '../asterisk/shop-harness.js';
import { prompt } from '../support/sip/caller.js';
import { toneWav } from '../support/tones.js';
import { openBrowserHarness, type BrowserHarness, type Visitor } from './browser-harness.js';

let harness: BrowserHarness;

beforeAll(async () => {
  harness = await openBrowserHarness();
}, 60_000);

afterAll(() => harness.stop(), 30_000);

async function loggedIn(): Promise<Visitor> {
  const visitor = await harness.visitor();
  await visitor.logIn();
  return visitor;
}

/** A recording whose tone no prompt of the example has. */
async function recording(tone: number, durationMs: number): Promise<string> {
  const file = path.join(harness.gateway.dir, `tone-${tone}.wav`);
  await writeFile(file, toneWav(tone, 'cs', durationMs));
  return file;
}

/** The tone that a customer hears after pressing 9. */
async function expectQuestion(tone: number): Promise<void> {
  const phone = await harness.caller();
  const call = await phone.dial(LINE);
  await call.hears(prompt(P.menu));
  await call.press('9');
  await call.hears(prompt(tone), { toItsEnd: true });
  await call.hangUp();
}

test('the list links to each prompt by its id', async () => {
  const visitor = await loggedIn();
  const { page } = visitor;
  await page.goto('/prompts');
  expect(await page.locator('tbody tr').count()).toBe(21);
  await page.getByRole('link', { name: 'API - Výzva k zadání čísla obj.' }).click();
  expect(new URL(page.url()).pathname).toBe('/prompts/20');
  expect(await page.locator('h1').innerText()).toBe('20 · API - Výzva k zadání čísla obj.');
  expect(await page.getByText('The shop refers to this prompt by its ID').innerText()).toMatch(/: 20$/);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('a prompt plays in the browser', async () => {
  const visitor = await loggedIn();
  await visitor.page.goto('/prompts/20');
  const heard = await visitor.page.getByLabel('Listen: Czech').evaluate(async (element) => {
    const audio = element as HTMLAudioElement;
    await audio.play();
    await new Promise((resolve) => audio.addEventListener('ended', resolve, { once: true }));
    const bytes = await (await fetch(audio.src)).arrayBuffer();
    const decoded = await new OfflineAudioContext(1, 1, 8000).decodeAudioData(bytes);
    const loudest = decoded.getChannelData(0).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    return { duration: audio.duration, played: audio.currentTime, decoded: decoded.duration, loudest };
  });
  expect(heard.duration).toBeCloseTo(1, 1);
  expect(heard.played).toBeCloseTo(1, 1);
  expect(heard.decoded).toBeCloseTo(1, 1);
  expect(heard.loudest).toBeGreaterThan(0.3);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('the next caller hears an uploaded recording and, after its removal, the supplied one', async () => {
  await expectQuestion(P.ask);
  const visitor = await loggedIn();
  const { page } = visitor;
  await page.goto('/prompts/20');
  await page.getByLabel('Recording (WAV, MP3, Ogg, FLAC): Czech').setInputFiles(await recording(60, 1500));
  await page.getByRole('button', { name: 'Replace: Czech' }).click();
  const row = page.locator('tr', { hasText: 'Czech' });
  expect(await row.innerText()).toMatch(/1\.5 s\s+own recording/);
  await expectQuestion(60);
  await row.locator('summary').click();
  await row.getByRole('button', { name: 'Delete own recording' }).click();
  expect(await row.innerText()).toMatch(/1\.0 s\s+built in/);
  await expectQuestion(P.ask);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('a recording is uploaded by the keyboard alone', async () => {
  const visitor = await loggedIn();
  const { page } = visitor;
  await page.goto('/prompts/21');
  await tabTo(visitor, 'Recording (WAV, MP3, Ogg, FLAC): Czech');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')]);
  await chooser.setFiles(await recording(61, 1200));
  await tabTo(visitor, 'Replace: Czech');
  await page.keyboard.press('Enter');
  await page.getByText('1.2 s').waitFor();
  expect(await page.locator('tr', { hasText: 'Czech' }).innerText()).toMatch(/1\.2 s\s+own recording/);
  await visitor.close();
});

/** Presses Tab until the element of this label has the focus. */
async function tabTo({ page }: Visitor, label: string): Promise<void> {
  const seen: (string | null)[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
    if (focused === label) return;
    seen.push(focused);
  }
  throw new Error(`Tab never reaches ${label}: ${seen.join(', ')}`);
}

test('a text file named as audio is refused on the page, and nothing changes', async () => {
  const visitor = await loggedIn();
  const { page } = visitor;
  await page.goto('/prompts/22');
  const before = await page.locator('tbody').innerText();
  await page
    .getByLabel('Recording (WAV, MP3, Ogg, FLAC): Czech')
    .setInputFiles({ name: 'x.wav', mimeType: 'audio/wav', buffer: Buffer.from('not audio') });
  await page.getByRole('button', { name: 'Replace: Czech' }).click();
  expect(await page.getByRole('alert').innerText()).toMatch(/not valid[\s\S]*WAV, MP3, Ogg Vorbis or FLAC/);
  await page.getByRole('link', { name: 'Back' }).click();
  expect(new URL(page.url()).pathname).toBe('/prompts/22');
  expect(await page.locator('tbody').innerText()).toBe(before);
  await visitor.close();
});

test('a prompt that a plan uses cannot be deleted, and the page shows its uses', async () => {
  const visitor = await loggedIn();
  await visitor.page.goto(`/prompts/${P.wrongKey}`);
  expect(await visitor.page.locator('main li').allInnerTexts()).toEqual(['parts/main-menu/0']);
  expect(await visitor.page.locator('main').innerText()).toContain('You can delete it when no plan uses it.');
  expect(await visitor.page.getByRole('button', { name: 'Delete' }).count()).toBe(0);
  await visitor.close();
});

test('deleting a prompt that a plan has started to use meanwhile shows its uses; an unused one is deleted', async () => {
  const visitor = await loggedIn();
  const { page, complaints } = visitor;
  await page.goto('/prompts');
  await page.getByLabel('Name').first().fill('Večírek');
  await page.getByRole('button', { name: 'Create' }).click();
  const { pathname } = new URL(page.url());
  const id = Number(pathname.split('/')[2]);
  await page.getByLabel('Recording (WAV, MP3, Ogg, FLAC): Czech').setInputFiles(await recording(62, 1000));
  await page.getByRole('button', { name: 'Upload: Czech' }).click();
  const before = await useInGoodbye(id);
  await askToDelete(visitor);
  expect(await page.getByRole('alert').innerText()).toContain('A plan still uses this prompt.');
  expect(await page.locator('main li').allInnerTexts()).toEqual(['parts/goodbye/0']);
  expect(complaints).toEqual(expect.arrayContaining([expect.stringMatching(/^409 \/result\//)]));
  await page.goto(pathname);
  expect(await page.locator('main li').allInnerTexts()).toEqual(['parts/goodbye/0']);
  await putConfig(before);
  await page.reload();
  await askToDelete(visitor);
  expect(new URL(page.url()).pathname).toBe('/prompts');
  expect(await page.getByText('Večírek').count()).toBe(0);
  await visitor.close();
});

async function askToDelete({ page }: Visitor): Promise<void> {
  await page.getByText('Delete…').click();
  await page.getByRole('button', { name: 'Delete' }).click();
}

/** Makes the plan say goodbye with this prompt. Returns the configuration before. */
async function useInGoodbye(id: number): Promise<string> {
  const before = await (await harness.gateway.fetch('/api/v1/config')).text();
  const document = parse(before) as { parts: Record<string, unknown[]> };
  await putConfig(stringify({ ...document, parts: { ...document.parts, goodbye: [{ play: id }, 'hang_up'] } }));
  return before;
}

async function putConfig(body: string): Promise<void> {
  const headers = { 'content-type': 'application/yaml' };
  const response = await harness.gateway.fetch('/api/v1/config', { method: 'PUT', headers, body });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
}
