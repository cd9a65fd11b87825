import { afterEach, expect, test } from 'vitest';
import { samplesOf } from '../../src/prompts/wav.js';
import { openPromptHarness, pitchOf, tone, type PromptHarness } from './prompt-harness.js';
import { join } from 'node:path';

let harness: PromptHarness;

afterEach(() => harness.close());

const shipped = ['cs/hello.wav', 'en/hello.wav', 'en/bye.wav'];

test('audio is chosen in the first requested language that has some, then in any', async () => {
  harness = await openPromptHarness({ shipped });
  const { prompt } = await harness.service.create({ name: 'Hello', sound: 'hello' });
  const bye = await harness.service.create({ name: 'Bye', sound: 'bye' });
  const found = await harness.resolver.resolve(
    [{ prompt: prompt.id }, { prompt: bye.prompt.id }],
    ['ru', 'cs'],
    'slin',
  );
  expect(found).toMatchObject({
    durationMs: 1000,
    played: [
      { id: 1, language: 'cs' },
      { id: 2, language: 'en' },
    ],
  });
});

test("the company's own recording wins in its language only", async () => {
  harness = await openPromptHarness({ shipped });
  const { prompt } = await harness.service.create({ name: 'Hello', sound: 'hello' });
  const own = await harness.audio.add(samplesOf(await tone(join(harness.folder, 'own.wav'), { hz: 1000 })));
  await harness.service.change(prompt.id, { name: 'Hello', sound: 'hello', audio: { en: `sha256:${own.sha256}` } });
  const played = async (language: string) => {
    const found = await harness.resolver.resolve([{ prompt: 1 }], [language], 'alaw');
    return 'played' in found ? found.played[0]?.sha256 : found.refused;
  };
  expect(await played('en')).toBe(own.sha256);
  expect(await played('cs')).toBe(harness.audio.findShipped('hello').get('cs'));
});

test('the media has the format of the channel, and the server serves it', async () => {
  harness = await openPromptHarness({ shipped });
  await harness.service.create({ name: 'Hello', sound: 'hello' });
  const uri = async (codec: string) => {
    const found = await harness.resolver.resolve([{ prompt: 1 }], ['cs'], codec);
    return 'media' in found ? found.media[0]! : found.refused;
  };
  expect(await uri('alaw')).toMatch(/^sound:http:\/\/127.0.0.1:8080\/media\/[0-9a-f]{64}\.alaw$/);
  expect(await uri('ulaw')).toMatch(/\.ulaw$/);
  expect(await uri('g722')).toMatch(/\.wav$/);
  const path = (await uri('wav')).replace('sound:http://127.0.0.1:8080', harness.http.url);
  const answer = await fetch(path);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(pitchOf(samplesOf(Buffer.from(await answer.arrayBuffer())))).toBeCloseTo(300, -1);
  const alaw = await fetch(path.replace('.wav', '.alaw'));
  expect(alaw.headers.get('content-length')).toBe('4000');
});

test('an unknown prompt and a prompt without audio are refused with their id', async () => {
  harness = await openPromptHarness();
  await harness.service.create({ name: 'Silent' });
  expect(await harness.resolver.resolve([{ prompt: 1 }], ['cs'], 'alaw')).toEqual({ refused: 'prompt 1 has no audio' });
  expect(await harness.resolver.resolve([{ prompt: 7 }], ['cs'], 'alaw')).toEqual({
    refused: 'prompt 7 does not exist',
  });
});

test('shipped sounds are loaded again after a restart, and incomplete files of a crash are removed', async () => {
  const first = await openPromptHarness({ shipped });
  const hash = first.audio.findShipped('bye').get('en')!;
  await first.close({ keepFolder: true });
  harness = await openPromptHarness({ folder: first.folder });
  expect(harness.audio.findShipped('bye').get('en')).toBe(hash);
  expect(harness.audio.shippedSounds).toEqual(['bye', 'hello']);
});
