import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { LINE, P } from '../asterisk/shop-harness.js';
import { callerOf, prompt } from '../support/sip/caller.js';
import { toneWav } from '../support/tones.js';
import {
  CHROMIUM,
  openBrowserHarness,
  PHONE,
  publishedVersion,
  restoreCompany,
  type BrowserHarness,
  type Visitor,
} from './browser-harness.js';

/** The pages of prompts and music, used as a person does. */

/** Its tone comes from the microphone. */
const SPOKEN = 63;

let harness: BrowserHarness;
/** A browser whose microphone plays a file. */
let recorder: Browser;
/** The company before each test. */
let version: number;

beforeAll(async () => {
  harness = await openBrowserHarness();
  await makeQueueMusic();
  version = await publishedVersion(harness.gateway);
  const microphone = path.join(harness.gateway.dir, 'microphone.wav');
  await writeFile(microphone, toneWav(SPOKEN, 'cs', 30_000));
  const devices = ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${microphone}`];
  recorder = await chromium.launch({ ...CHROMIUM, args: [...CHROMIUM.args, ...devices] });
});

beforeEach(() => restoreCompany(harness.gateway, version));

afterAll(async () => {
  await recorder.close();
  await harness.stop();
});

/** Music that the queue plays. */
async function makeQueueMusic(): Promise<void> {
  const { gateway } = harness;
  const headers = { 'content-type': 'application/json', 'if-match': '*' };
  const music = JSON.stringify({ name: 'waiting', title: 'Čekání' });
  await gateway.api('/api/v1/music', { method: 'POST', headers, body: music });
  await gateway.api('/api/v1/music/waiting/audio', {
    method: 'POST',
    headers: { 'content-type': 'audio/wav' },
    body: new Uint8Array(toneWav(60, 'cs', 2000)),
  });
  const queue = JSON.stringify({ id: 1, name: 'Fronta volajících', handsets: ['tester'], music: 'waiting' });
  await gateway.api('/api/v1/config/queues/1', { method: 'PUT', headers, body: queue });
}

/** Ships a recording with its text, and music, with the gateway. */
async function shipSounds(): Promise<void> {
  const { gateway } = harness;
  const sounds = path.join(gateway.dir, 'sounds');
  await mkdir(path.join(sounds, 'music'), { recursive: true });
  await writeFile(path.join(sounds, 'music', 'calm.wav'), toneWav(61, 'cs', 2000));
  for (const language of ['cs', 'en'])
    await writeFile(path.join(sounds, language, 'goodbye.wav'), toneWav(62, 'cs', 2000));
  await writeFile(
    path.join(sounds, 'texts.yaml'),
    'goodbye:\n  cs: Na shledanou.\n  en: Thank you for calling. Goodbye.\n',
  );
  await gateway.kill();
  await gateway.run();
  await gateway.ready();
}

async function loggedIn(options: BrowserContextOptions = {}, from?: Browser): Promise<Visitor> {
  const visitor = await harness.visitor(options, from);
  await visitor.logIn();
  return visitor;
}

/** A recording whose tone no prompt of the example has. */
async function recording(tone: number, durationMs: number): Promise<string> {
  const file = path.join(harness.gateway.dir, `Hlaska_${tone}.wav`);
  await writeFile(file, toneWav(tone, 'cs', durationMs));
  return file;
}

/** What a customer hears after pressing 9. @returns how long the prompt was that Asterisk played (ms) */
async function expectQuestion(tone: number): Promise<number> {
  const phone = await harness.caller();
  const call = await phone.dial(LINE);
  await call.hears(prompt(P.menu));
  await call.press('9');
  await call.hears(prompt(tone), { toItsEnd: true });
  // A key ends a prompt that still plays: its end is what the timeline tells.
  await call.press('1');
  await call.hangUp();
  const from = callerOf(call);
  await harness.gateway.finished(from);
  const [newest] = await harness.gateway.calls(from);
  type Answer = { timeline: { kind: string; data: { prompts?: number[]; of_ms?: number } }[] };
  const { timeline } = await harness.gateway.api<Answer>(`/api/v1/calls/${newest!.id}`);
  return timeline.find(({ kind, data }) => kind === 'prompt' && data.prompts?.includes(P.ask))?.data.of_ms ?? 0;
}

async function audioOf(id: number, language = 'cs'): Promise<{ source: string; duration_ms: number } | undefined> {
  type Answer = { audio: { language: string; source: string; duration_ms: number }[] };
  const { audio } = await harness.gateway.api<Answer>(`/api/v1/prompts/${id}`);
  return audio.find((each) => each.language === language);
}

test('the list shows what callers hear: found by name, played one at a time, with the places', async () => {
  const visitor = await loggedIn();
  const { page } = visitor;
  await page.goto('/prompts');
  await page.getByRole('row').nth(1).waitFor();
  expect(await page.getByRole('row').count()).toBe(22);
  expect(await page.getByRole('row', { name: 'Moment prosím' }).innerText()).toMatch(/3[\s\S]*Part main-menu, key 9/);
  await page.keyboard.press('/');
  await page.keyboard.type('vyzva k');
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
  await page.getByLabel('Search by name or ID').fill('21');
  await page.getByRole('link', { name: 'API - Objednávka neexistuje' }).waitFor();
  expect(new URL(page.url()).search).toBe('?q=21');
  await page.getByLabel('Search by name or ID').fill('');
  const one = page.getByRole('button', { name: 'Play: Úvodní nabídka, Czech' });
  await one.click();
  await page.getByRole('button', { name: 'Stop: Úvodní nabídka, Czech' }).waitFor();
  await page.getByRole('button', { name: 'Play: Úvodní nabídka, Russian' }).click();
  await page.getByRole('button', { name: 'Stop: Úvodní nabídka, Russian' }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: /^Stop: / }).count()).toBe(1);
  // A prompt lasts a second.
  await expect.poll(() => page.getByRole('button', { name: /^Stop: / }).count()).toBe(0);
  await page.locator('h1').click();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Stop: Úvodní nabídka, Russian' }).waitFor();
  await page.getByRole('link', { name: 'Úvodní nabídka' }).click();
  await page.getByRole('heading', { name: 'Úvodní nabídka', level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/prompts/1');
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('a double click on Record opens the microphone once, and leaving the page closes it', async () => {
  const visitor = await loggedIn({ permissions: ['microphone'] }, recorder);
  const { page } = visitor;
  await page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = [];
    Object.assign(globalThis, { openedTracks: tracks });
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await open(wanted);
      tracks.push(...stream.getTracks());
      return stream;
    };
  });
  const states = () =>
    page.evaluate(() =>
      (globalThis as unknown as { openedTracks: MediaStreamTrack[] }).openedTracks.map(({ readyState }) => readyState),
    );
  await page.goto('/prompts/20');
  await page.getByRole('button', { name: 'Replace: Czech' }).click();
  await page.getByRole('button', { name: 'Record', exact: true }).dblclick();
  await page.getByText('Recording', { exact: true }).waitFor();
  expect(await states()).toEqual(['live']);
  await page.keyboard.press('Escape');
  await expect.poll(states).toEqual(['ended']);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('a prompt is recorded, trimmed, listened to and saved; the next caller hears it; undo brings the former back', async () => {
  const visitor = await loggedIn({ permissions: ['microphone'] }, recorder);
  const { page } = visitor;
  await page.goto('/prompts/20');
  await page.getByRole('button', { name: 'Replace: Czech' }).click();
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByText('Recording starts in 3').waitFor();
  await page.getByText('Recording', { exact: true }).waitFor();
  await expect
    .poll(() => page.getByLabel('Level of the microphone').evaluate((meter: HTMLMeterElement) => meter.value))
    .toBeGreaterThan(0.2);
  await page.waitForTimeout(3_500);
  await page.getByRole('button', { name: 'Stop recording' }).click();
  const start = page.getByLabel('Start');
  await start.waitFor();
  const seconds = async () => (await page.getByText('Drag the edges').innerText()).match(/\d+\.\d/g)!.map(Number);
  const [wholeS = 0] = await seconds();
  expect(wholeS).toBeGreaterThan(2.9);
  await start.focus();
  for (let press = 0; press < 30; press += 1) await page.keyboard.press('ArrowRight');
  const [trimmedS = 0, recordedS = 0] = await seconds();
  expect(trimmedS).toBeCloseTo(wholeS - 1.5, 0);
  expect(recordedS).toBeGreaterThan(trimmedS);
  await visitor.photograph('prompt-recorder');
  expect(await visitor.obstacles()).toEqual([]);
  await page.getByRole('button', { name: 'Listen' }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('button', { name: 'Use this recording' }).click();
  await page.getByText('As callers hear it').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved: Czech').waitFor();
  // A microphone on a busy machine has gaps: the length is that of the file, the tone is heard in the call.
  const heardMs = await expectQuestion(SPOKEN);
  expect(Math.abs(heardMs - trimmedS * 1000)).toBeLessThan(100);
  expect(await audioOf(20)).toEqual(expect.objectContaining({ source: 'own', duration_ms: heardMs }));
  await page.getByRole('button', { name: 'Remove own recording: Czech' }).click();
  await page.getByText('Own recording removed: Czech').waitFor();
  await expectQuestion(P.ask);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('a refused microphone says how to permit it', async () => {
  const visitor = await loggedIn({}, recorder);
  const { page } = visitor;
  await page.goto('/prompts');
  await page.getByRole('button', { name: 'Add a prompt' }).click();
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'may not use the microphone' });
  await alert.waitFor();
  expect(await alert.innerText()).toContain('allow the microphone');
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await visitor.close();
});

test('recordings are uploaded by the keyboard alone, several at once; what is no recording is said', async () => {
  const visitor = await loggedIn();
  const { page } = visitor;
  await page.goto('/prompts');
  await page.getByRole('button', { name: 'Add a prompt' }).focus();
  await page.keyboard.press('Enter');
  await tabTo(visitor, 'source');
  await page.keyboard.press('ArrowRight');
  const [chooser] = await Promise.all([
    // The browser learns that the test takes the dialog. A key that is sent at the same moment may overtake this.
    page.waitForEvent('filechooser'),
    tabTo(visitor, 'Choose files').then(() => page.keyboard.press('Enter')),
  ]);
  const bad = path.join(harness.gateway.dir, 'Poznamka.wav');
  await writeFile(bad, 'not audio');
  await chooser.setFiles([await recording(61, 1200), bad, await recording(62, 1000)]);
  await expect.poll(() => page.getByLabel('Name', { exact: true }).count()).toBe(2);
  await expect.poll(() => page.getByRole('alert').filter({ hasText: 'not a recording' }).count()).toBe(1);
  expect(await page.getByLabel('Name', { exact: true }).first().inputValue()).toBe('Hlaska 61');
  await tabTo(visitor, 'Remove: Poznamka');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByRole('button', { name: 'Save all' }).isEnabled()).toBe(true);
  await tabTo(visitor, 'Save all');
  await page.keyboard.press('Enter');
  await page.getByText('2 prompts saved').waitFor();
  await page.getByRole('link', { name: 'Hlaska 62' }).waitFor();
  expect(visitor.complaints.filter((each) => !each.includes('422'))).toEqual([]);
  await visitor.close();
});

test('a recording replaces another; undo brings the former one back', async () => {
  const visitor = await loggedIn();
  const { page } = visitor;
  await page.goto('/prompts/21');
  const replace = async (tone: number, ms: number) => {
    await page.getByRole('button', { name: 'Replace: Czech' }).click();
    await page.getByText('Upload', { exact: true }).click();
    await page.locator('input[type=file]').setInputFiles(await recording(tone, ms));
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await audioOf(21))?.duration_ms).toBe(ms);
  };
  await replace(64, 1100);
  await replace(65, 1300);
  await page.keyboard.press('z');
  await expect.poll(async () => (await audioOf(21))?.duration_ms).toBe(1100);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('a built-in recording is found by what it says, heard and chosen; undo takes it away', async () => {
  await shipSounds();
  const visitor = await loggedIn();
  const { page } = visitor;
  const body = JSON.stringify({ name: 'Farewell' });
  const headers = { 'content-type': 'application/json' };
  const { id } = await harness.gateway.api<{ id: number }>('/api/v1/prompts', { method: 'POST', headers, body });
  await page.goto(`/prompts/${id}`);
  await page.getByRole('combobox', { name: 'Built-in recording' }).fill('thank you for calling');
  await page.getByRole('option', { name: /^Thank you for calling\. Goodbye\./ }).click();
  await page.getByText('Built-in recording changed').waitFor();
  await expect.poll(async () => (await audioOf(id))?.source).toBe('shipped');
  await expect.poll(() => page.getByRole('listitem').filter({ hasText: 'built in' }).count()).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Play: Thank you for calling. Goodbye.' }).click();
  await page.getByRole('button', { name: 'Stop: Thank you for calling. Goodbye.' }).waitFor();
  expect(await visitor.obstacles()).toEqual([]);
  await visitor.photograph('prompts-built-in');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => audioOf(id)).toBeUndefined();
  await page.goto('/music/waiting');
  await page.getByRole('combobox', { name: 'Built-in recording' }).click();
  await page.getByRole('option', { name: 'calm' }).click();
  await expect.poll(() => page.locator('.tracks li').count()).toBe(2);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect.poll(() => page.locator('.tracks li').count()).toBe(1);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('a text is spoken, heard and saved as a prompt', async () => {
  const visitor = await loggedIn();
  const { page } = visitor;
  await page.goto('/prompts');
  await page.getByRole('button', { name: 'Add a prompt' }).click();
  await page.getByText('From text').click();
  await page.getByLabel('Text', { exact: true }).fill('...');
  await page.getByRole('button', { name: 'Speak' }).click();
  await page.getByText('The text cannot be spoken').waitFor();
  await page.getByLabel('Text', { exact: true }).fill('Dnes máme zavřeno.');
  await page.getByRole('button', { name: 'Speak' }).click();
  await page.getByText('As callers hear it').waitFor();
  // It is named by its first words.
  await page.getByRole('button', { name: 'Play: Dnes máme zavřeno' }).click();
  await page.getByLabel('Name', { exact: true }).fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Enter a name').waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Zavřeno');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Zavřeno', level: 1 }).waitFor();
  const id = Number(new URL(page.url()).pathname.split('/')[2]);
  expect((await audioOf(id))?.duration_ms).toBeGreaterThan(500);
  await expect.poll(() => page.getByText('missing').count()).toBe(2);
  expect(visitor.complaints.filter((each) => !each.includes('422'))).toEqual([]);
  await visitor.close();
});

test('a prompt that is used cannot be removed; an unused one is, and undo keeps it', async () => {
  const visitor = await loggedIn();
  const { page } = visitor;
  await page.goto(`/prompts/${P.wrongKey}`);
  await page.getByText('It cannot be removed while it is used here:').waitFor();
  expect(await page.getByRole('button', { name: 'Remove the prompt' }).count()).toBe(0);
  await page.goto(`/prompts/${P.tooMany}`);
  await page.getByRole('button', { name: 'Remove the prompt' }).click();
  await page.getByText('Removed: API - Příliš mnoho pokusů').waitFor();
  const row = page.getByRole('link', { name: 'API - Příliš mnoho pokusů' });
  await expect.poll(() => row.count()).toBe(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await row.click();
  await page.getByRole('button', { name: 'Remove the prompt' }).click();
  await page.getByText('Removed: API - Příliš mnoho pokusů').waitFor();
  // Leaving the page does what could still be undone.
  await page.goto('/now');
  await expect.poll(async () => (await harness.gateway.fetch(`/api/v1/prompts/${P.tooMany}`)).status).toBe(404);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('music is added, filled, ordered, heard and removed', async () => {
  const visitor = await loggedIn();
  const { page } = visitor;
  await page.goto('/music');
  await page.getByRole('link', { name: 'Čekání' }).waitFor();
  expect(await page.getByRole('row', { name: 'Čekání' }).innerText()).toContain('Queue Fronta volajících');
  await page.getByRole('button', { name: 'Add music' }).click();
  await page.getByLabel('Title').fill('Ranní klid');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Ranní klid', level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/music/ranni-klid');
  await page.getByRole('button', { name: 'Add recordings' }).click();
  await page.locator('input[type=file]').setInputFiles([await recording(66, 1000), await recording(67, 2000)]);
  await page.getByText('Hlaska_67.wav').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('2 recordings added').waitFor();
  const lengths = async () => {
    const { audio } = await harness.gateway.api<{ audio: { duration_ms: number }[] }>('/api/v1/music/ranni-klid');
    return audio.map(({ duration_ms }) => duration_ms);
  };
  expect(await lengths()).toEqual([1000, 2000]);
  await page.getByRole('button', { name: 'Move recording 2 up' }).click();
  // The page shows the new order.
  await page.getByText('Order changed').waitFor();
  await expect.poll(lengths).toEqual([2000, 1000]);
  await page.getByRole('button', { name: 'Remove recording 1' }).click();
  await page.getByText('Recording 1 removed').waitFor();
  await expect.poll(lengths).toEqual([1000]);
  await page.keyboard.press('z');
  await expect.poll(lengths).toEqual([2000, 1000]);
  await page.getByRole('button', { name: 'Play: Ranní klid' }).click();
  await page.getByRole('button', { name: 'Stop: Recording 1' }).waitFor();
  await page.getByRole('button', { name: 'Stop: Recording 2' }).waitFor();
  await page.getByRole('button', { name: 'Remove the music' }).click();
  await page.getByText('Removed: Ranní klid').waitFor();
  await page.keyboard.press('z');
  await expect.poll(lengths).toEqual([2000, 1000]);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test.each([
  { language: 'cs', colorScheme: 'light' as const },
  { language: 'ru', colorScheme: 'dark' as const, viewport: PHONE },
  { language: 'en', colorScheme: 'dark' as const },
])('$language, $colorScheme: the pages fit and have no accessibility problems', async ({ language, ...options }) => {
  const visitor = await loggedIn(options);
  for (const address of ['/prompts', '/prompts/20', '/music', '/music/waiting']) {
    await visitor.page.goto(`${address}?lang=${language}`);
    await visitor.page.locator('#app button.play').first().waitFor();
    await visitor.photograph(`${address.slice(1).replace('/', '-')}-${options.colorScheme}-${language}`);
    expect.soft(await visitor.obstacles(), address).toEqual([]);
    expect.soft(await visitor.overflow(), address).toBe(0);
  }
  await visitor.page.goto('/prompts');
  await visitor.page.locator('.page-head button.primary').click();
  await visitor.page.locator('dialog button.primary').waitFor();
  expect(await visitor.obstacles()).toEqual([]);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

/** Presses Tab until the element of this label, text or name has the focus. */
async function tabTo({ page }: Visitor, label: string): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.getAttribute('name') ?? element?.textContent.trim() ?? '';
    });
    if (focused === label) return;
    seen.push(focused);
  }
  throw new Error(`Tab never reaches ${label}: ${seen.join(', ')}`);
}
