import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createLogger } from '../../src/lib/logger.js';
import { Fragments, fragmentId } from '../../src/prompts/fragments.js';
import { PromptResolver } from '../../src/prompts/resolve.js';
import { trimSilence } from '../../src/prompts/trim.js';
import { samplesOf, encodeWav } from '../../src/prompts/wav.js';
import { openPromptHarness, type PromptHarness } from './prompt-harness.js';

let harness: PromptHarness;
let folder: string;

afterEach(async () => {
  await harness.close();
  await rm(folder, { recursive: true });
});

/** A tone of this length (ms) and level between silences. */
function word(ms: number, { before = 0, after = 0, level = 5000 } = {}): Buffer {
  const samples = Buffer.alloc((before + ms + after) * 16);
  for (let at = before * 8; at < (before + ms) * 8; at += 1)
    samples.writeInt16LE(at % 2 === 0 ? level : -level, at * 2);
  return samples;
}

async function fragmentsOf(files: Record<string, Buffer | string>): Promise<Fragments> {
  harness = await openPromptHarness();
  folder = await mkdtemp(join(tmpdir(), 'cordboard-fragments-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  const logger = createLogger({ level: 'silent' });
  const fragments = new Fragments({ audio: harness.audio, soundsFolder: folder, logger });
  await fragments.start();
  return fragments;
}

test('each language has a prompt of its own, which is played for any requested languages', async () => {
  const fragments = await fragmentsOf({
    'cs/status/new.wav': encodeWav(word(100)),
    'ru/status/new.wav': encodeWav(word(200)),
    'cs/other/none.wav': encodeWav(word(100)),
    'texts.yaml': 'status/new:\n  cs: Nová\n',
  });
  expect(fragments.find('cs', 'status/new')).toBe(fragmentId('cs', 'status/new'));
  expect(fragments.find('ru', 'status/new')).not.toBe(fragments.find('cs', 'status/new'));
  expect(fragments.find('en', 'status/new')).toBeUndefined();
  expect(fragments.find('cs', 'other/none')).toBeUndefined();
  expect(fragments.ofLanguage('ru').map(({ id }) => id)).toEqual([fragmentId('ru', 'status/new')]);
  expect([fragments.textOf('cs', 'status/new'), fragments.textOf('ru', 'status/new')]).toEqual(['Nová', undefined]);
  const resolver = new PromptResolver({
    catalogue: { get: (id) => fragments.prompt(id) },
    audio: harness.audio,
    publicUrl: 'http://127.0.0.1:8080',
  });
  const found = await resolver.resolve([{ prompt: fragmentId('ru', 'status/new') }], ['cs', 'en'], 'alaw');
  expect(found).toMatchObject({ durationMs: 200, played: [{ language: 'ru' }] });
});

test('fragments are served to Asterisk like prompts, and are not stored', async () => {
  const fragments = await fragmentsOf({ 'cs/status/new.wav': encodeWav(word(100)) });
  const reference = fragments.prompt(fragmentId('cs', 'status/new'))?.audio?.['cs'] ?? '';
  const served = await fetch(`${harness.http.url}/media/${reference.replace('sha256:', '')}.wav`);
  expect(Buffer.from(await served.arrayBuffer())).toEqual(encodeWav(word(100)));
  expect(await harness.audio.listUploaded()).toEqual([]);
});

test('numbers made for queues lose the silence around them', async () => {
  const fragments = await fragmentsOf({ 'cs/digits/5.wav': encodeWav(word(300, { before: 200, after: 400 })) });
  const sha256 = fragments.prompt(fragmentId('cs', 'digits/5'))?.audio?.['cs']?.slice('sha256:'.length) ?? '';
  expect((await harness.audio.find(sha256))?.durationMs).toBe(350);
  const kept = samplesOf((await harness.audio.readMedia(sha256, 'wav'))!);
  expect(kept).toEqual(word(300, { before: 20, after: 30 }));
});

test('silent audio, and audio without silence around it, stays unchanged', async () => {
  await fragmentsOf({});
  expect(trimSilence(word(100))).toEqual(word(100));
  expect(trimSilence(word(100, { level: 0 }))).toEqual(word(100, { level: 0 }));
});

test('a file in another format is skipped', async () => {
  const fragments = await fragmentsOf({
    'cs/status/new.wav': 'no sound',
    'cs/status/old.wav': encodeWav(word(50), 16_000),
  });
  expect([fragments.find('cs', 'status/new'), fragments.find('cs', 'status/old')]).toEqual([undefined, undefined]);
});

test('the texts of the shipped sounds are read one by one as they are written, and a broken one is only missing itself', async () => {
  const file = join(import.meta.dirname, '../../sounds/texts.yaml');
  const text = await readFile(file, 'utf8');
  const fragments = await fragmentsOf({ 'texts.yaml': `${text}\nbroken:\n  cs: 'no end\n` });
  const whole = parse(text) as Record<string, Record<string, string>>;
  for (const [name, texts] of Object.entries(whole))
    for (const [language, said] of Object.entries(texts))
      expect(fragments.textOf(language, name)).toBe(said.replaceAll('+', ''));
  expect(fragments.textOf('cs', 'broken')).toBeUndefined();
});
