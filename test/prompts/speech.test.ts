import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/lib/clock.js';
import { PromptResolver } from '../../src/prompts/resolve.js';
import { audioRoutes } from '../../src/prompts/audio-routes.js';
import { promptRoutes } from '../../src/prompts/routes.js';
import { PromptService } from '../../src/prompts/service.js';
import {
  builtInCommand,
  CommandSpeech,
  defaultCommandLimits,
  type CommandLimits,
} from '../../src/prompts/speech/command.js';
import { SpeechError, type SpeechPort } from '../../src/prompts/speech/port.js';
import { FIRST_SPOKEN_ID, Speech } from '../../src/prompts/speech/speech.js';
import { readWavLayout, encodeWav } from '../../src/prompts/wav.js';
import { asAdmin, startServer } from '../http/http-harness.js';
import { openPromptHarness, type PromptHarness } from './prompt-harness.js';

/** The command of a speech engine that runs the given script. */
const program = (script: string) => [process.execPath, '-e', script];
const SAY_PARAMETERS = `let t = ''; process.stdin.on('data', (d) => (t += d)).on('end', () =>
  process.stdout.write(JSON.stringify({ t, argv: process.argv.slice(1), env: process.env })));`;

/** Writes in pieces, one after another. */
const SAYS_TOO_MUCH = `const fs = require('fs'); for (;;) fs.writeSync(1, 'x'.repeat(65536));`;

describe('a command that speaks', () => {
  it('gets the text on its input and the voice among its arguments, without a shell', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'cordboard-speech-'));
    const trap = path.join(folder, 'trap');
    const secret = 'CORDBOARD_API_TOKEN';
    process.env[secret] = 'the secret of the tests';
    try {
      const speech = new CommandSpeech([...program(SAY_PARAMETERS), '{voice}', '{language}.onnx', `$(touch ${trap})`]);
      const text = `Žluťoučký kůň; $(touch ${trap}) \`touch ${trap}\` | x`;
      const said = JSON.parse((await speech.speak(text, 'cs+f2')).toString()) as Record<string, unknown>;
      expect(said['t']).toBe(text);
      expect(said['argv']).toEqual(['cs+f2', 'cs.onnx', `$(touch ${trap})`]);
      expect(said['env']).not.toHaveProperty(secret);
      expect(existsSync(trap)).toBe(false);
    } finally {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- set above
      delete process.env[secret];
      await rm(folder, { recursive: true });
    }
  });

  it.each<[string, string[], string, Partial<CommandLimits>?]>([
    ['that is not there', ['/nowhere/speaks'], 'missing'],
    ['that fails', program('process.stderr.write("no such voice"); process.exit(3)'), 'failed'],
    ['that says nothing', program(''), 'failed'],
    [
      'that never ends',
      program('process.stdout.write("x"); setInterval(() => {}, 1000)'),
      'too_long',
      { timeoutMs: 300 },
    ],
    ['that says too much', program(SAYS_TOO_MUCH), 'too_long', { maxBytes: 1_000_000 }],
    ['that does not listen', program('process.stdin.destroy(); process.exit(1)'), 'failed'],
  ])('%s is an error', async (_name, command, reason, limits) => {
    const speech = new CommandSpeech(command, { ...defaultCommandLimits, ...limits });
    const failed: unknown = await speech.speak('a'.repeat(100_000), 'cs').catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(SpeechError);
    expect(failed).toMatchObject({ reason });
  });

  it('runs a limited number of times at once, and refuses when too many texts wait', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'cordboard-speech-'));
    const script = `const fs = require('fs'); const f = ${JSON.stringify(folder)} + '/' + process.pid;
      fs.writeFileSync(f, ''); const n = fs.readdirSync(${JSON.stringify(folder)}).length;
      setTimeout(() => { fs.rmSync(f); process.stdout.write(String(n)); }, 300);`;
    try {
      const speech = new CommandSpeech(program(script), { ...defaultCommandLimits, maxConcurrent: 2, maxWaiting: 3 });
      const asked = Array.from({ length: 6 }, (_, index) => speech.speak(String(index), 'cs'));
      const settled = await Promise.allSettled(asked);
      const side = settled.flatMap((each) => (each.status === 'fulfilled' ? [Number(each.value)] : []));
      expect(side).toHaveLength(5);
      expect(Math.max(...side)).toBeLessThanOrEqual(2);
      expect(settled.at(-1)).toMatchObject({ reason: { reason: 'busy' } });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the engine that comes with the gateway', () => {
  const engine = new CommandSpeech(builtInCommand());

  it.each([
    ['cs', 'Dobrý den, vaše objednávka je připravena.'],
    ['ru', 'Здравствуйте, ваш заказ готов.'],
    ['en', 'Hello, your order is ready.'],
    ['cs+f2', 'Dobrý den, vaše objednávka je připravena.'],
  ])(
    'speaks %s',
    async (voice, text) => {
      const wav = await engine.speak(text, voice);
      const layout = readWavLayout(wav);
      expect(layout).toMatchObject({ format: 1, channels: 1, bits: 16 });
      const seconds = (wav.length - (layout?.dataOffset ?? 0)) / 2 / (layout?.sampleRate ?? 1);
      expect(seconds).toBeGreaterThan(1);
      expect(seconds).toBeLessThan(15);
      const samples = new Int16Array(wav.buffer, wav.byteOffset + (layout?.dataOffset ?? 0), (wav.length - 44) >> 1);
      expect(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeGreaterThan(3000);
    },
    60_000,
  );

  it('names a voice that it does not have', async () => {
    await expect(engine.speak('x', 'qq')).rejects.toMatchObject({ reason: 'failed', message: 'there is no voice qq' });
  }, 60_000);
});

describe('spoken texts', () => {
  const SILENT = expect.stringMatching(/nothing .* spoken/) as string;
  let harness: PromptHarness;
  let spoken: string[];
  let now: number;
  beforeEach(async () => {
    harness = await openPromptHarness();
    [spoken, now] = [[], Date.parse('2026-11-21T10:00:00Z')];
  });
  afterEach(() => harness.close());

  /** Speaks each text as a tone whose length depends on the text. */
  const engine: SpeechPort = {
    speak(text, voice) {
      spoken.push(`${voice}: ${text}`);
      if (voice === 'qq') return Promise.reject(new SpeechError('failed', 'there is no voice qq'));
      const samples = Buffer.alloc(22_050 * 2);
      for (let at = 0; at < samples.length; at += 2)
        samples.writeInt16LE(Math.round(8000 * Math.sin(at / (4 + text.length))), at);
      return Promise.resolve(encodeWav(samples, 22_050));
    },
  };
  const make = (
    speaks: SpeechPort = engine,
    fixed: { text: string; voice: string }[] = [],
    isUsed: (sha256: string) => Promise<boolean> = () => Promise.resolve(false),
  ) =>
    new Speech({
      isUsed,
      fixed: () => fixed,
      db: harness.db,
      engine: speaks,
      converter: harness.converter,
      audio: harness.audio,
      languages: () => ['cs', 'en'],
      clock: { ...systemClock, now: () => now },
    });

  it('are spoken once for any number of requests, also after a restart', async () => {
    const speech = make();
    await speech.start();
    const [one, same, other] = await Promise.all([
      speech.speak('Zboží je  tu'),
      speech.speak('Zboží je  tu', 'cs'),
      speech.speak('Zboží je  tu', 'en'),
    ]);
    expect(one).toEqual(same);
    expect(other.id).not.toBe(one.id);
    expect(spoken).toHaveLength(2);
    await speech.stop();
    const again = make();
    await again.start();
    expect(await again.speak('Zboží je  tu')).toEqual(one);
    expect(spoken).toHaveLength(2);
    await again.stop();
  });

  it('are played like prompts, and are not listed', async () => {
    const speech = make();
    await speech.start();
    const { id, sha256 } = await speech.speak('Ahoj');
    expect(id).toBeGreaterThanOrEqual(FIRST_SPOKEN_ID);
    const resolver = new PromptResolver({
      catalogue: { get: async (wanted) => (await speech.prompt(wanted)) ?? harness.catalogue.get(wanted) },
      audio: harness.audio,
      publicUrl: 'http://gateway',
    });
    expect(await resolver.resolve([{ prompt: id }], ['en'], 'alaw')).toMatchObject({
      media: [`sound:http://gateway/media/${sha256}.alaw`],
      durationMs: 1000,
    });
    expect(harness.catalogue.list()).toEqual([]);
    expect(await resolver.resolve([{ prompt: id + 5 }], ['en'], 'alaw')).toHaveProperty('refused');
    await speech.stop();
  });

  it('are removed a week after their last use, and their audio is then unused', async () => {
    const speech = make();
    await speech.start();
    const [old, recent] = [await speech.speak('old'), await speech.speak('recent one')];
    now += 6 * 24 * 3_600_000;
    await speech.speak('recent one');
    now += 2 * 24 * 3_600_000;
    expect((await speech.audioInUse()).sort()).toEqual([old.sha256, recent.sha256].sort());
    expect(await speech.cleanupJob.run(now)).toBe(1);
    expect(await speech.prompt(old.id)).toBeUndefined();
    expect(await speech.prompt(recent.id)).toBeDefined();
    expect(await speech.audioInUse()).toEqual([recent.sha256]);
    const fresh = await speech.speak('old');
    expect(fresh.id).toBeGreaterThan(recent.id);
    await speech.stop();
  });

  it('are removed with their audio, unless a prompt of the company uses it', async () => {
    const used = new Set<string>();
    const speech = make(engine, [], (sha256) => Promise.resolve(used.has(sha256)));
    await speech.start();
    const [prompt, other] = [await speech.speak('Dobrý den'), await speech.speak('Váš kód je 1234')];
    used.add(prompt.sha256);
    expect(await speech.removeTexts([prompt.id, other.id])).toBe(2);
    expect([await speech.prompt(prompt.id), await speech.prompt(other.id)]).toEqual([undefined, undefined]);
    expect(await harness.audio.readMedia(prompt.sha256, 'wav')).toBeDefined();
    expect(await harness.audio.readMedia(other.sha256, 'wav')).toBeUndefined();
    await speech.stop();
  });

  it('of another gateway are played, kept from the janitor and removed like its own', async () => {
    const [here, there] = [make(), make()];
    await here.start();
    await there.start();
    const [kept, erased] = [await there.speak('Dobrý den'), await there.speak('Váš kód je 1234')];
    const statements = vi.spyOn(harness.db, 'selectFrom');
    for (let times = 0; times < 2; times += 1)
      expect((await here.prompt(kept.id))?.audio).toEqual({ cs: `sha256:${kept.sha256}` });
    expect(await here.prompt(FIRST_SPOKEN_ID - 1)).toBeUndefined();
    expect(statements).toHaveBeenCalledTimes(1);
    expect((await here.audioInUse()).sort()).toEqual([kept.sha256, erased.sha256].sort());
    expect(await here.removeTexts([erased.id])).toBe(1);
    expect(await harness.audio.readMedia(erased.sha256, 'wav')).toBeUndefined();
    expect(await here.audioInUse()).toEqual([kept.sha256]);
    expect(await here.speak('Dobrý den')).toEqual(kept);
    expect(spoken).toHaveLength(2);
  });

  it('that are the same in every call are spoken ahead, are prompts then, and are not forgotten', async () => {
    const fixed = ['Vůz čeká', 'nothing', 'Nashledanou'].map((text) => ({
      text,
      voice: text === 'nothing' ? 'qq' : 'cs',
    }));
    const speech = make(engine, fixed);
    await speech.start();
    expect(speech.fixedPrompts()).toEqual([]);
    const failed: unknown[] = [];
    await speech.speakFixed(
      () => true,
      (error) => failed.push(error),
    );
    expect(failed).toMatchObject([{ status: 422 }]);
    expect(spoken).toHaveLength(3);
    const { id } = await speech.speak('Vůz čeká', 'cs');
    expect(spoken).toHaveLength(3);
    expect(speech.fixedPrompts().map((prompt) => prompt.id)).toEqual([id, id + 1]);
    await speech.speak('once');
    now += 8 * 24 * 3_600_000;
    expect(await speech.cleanupJob.run(now)).toBe(1);
    expect(speech.fixedPrompts()).toHaveLength(2);
    await speech.stop();
  });

  it('become prompts over the API', async () => {
    const speech = make();
    const service = new PromptService({
      catalogue: harness.catalogue,
      audio: harness.audio,
      converter: harness.converter,
      usages: () => [],
      speak: (text, voice) => speech.speak(text, voice),
    });
    const http = await startServer([...promptRoutes(service), ...audioRoutes(service, harness.audio)]);
    const post = (body: unknown, path = 'prompts/from-text') =>
      fetch(`${http.url}/api/v1/${path}`, {
        method: 'POST',
        headers: { ...asAdmin, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    try {
      const made = await post({ name: 'Pozdrav', text: 'Dobrý den', voice: 'ru+f3' });
      expect([made.status, await made.json()]).toEqual([
        201,
        expect.objectContaining({
          name: 'Pozdrav',
          audio: [expect.objectContaining({ language: 'ru', source: 'own' })],
        }),
      ]);
      expect((await post({ name: 'x', text: '' })).status).toBe(422);
      expect((await post({ name: 'x', text: 'a'.repeat(1001) })).status).toBe(422);
      expect((await post({ name: 'x', text: 'a', voice: '../etc' })).status).toBe(422);
      const noVoice = await post({ name: 'x', text: 'a', voice: 'qq' });
      expect([noVoice.status, await noVoice.text()]).toEqual([422, expect.stringContaining('there is no voice qq')]);
      expect(harness.catalogue.list()).toHaveLength(1);
      const heard = await post({ text: 'Dobrý den', voice: 'ru+f3' }, 'audio/from-text');
      const audio = (await heard.json()) as { sha256: string; url: string; language: string; duration_ms: number };
      expect(heard.status).toBe(201);
      expect(audio).toMatchObject({ language: 'ru', url: `/media/${audio.sha256}.wav` });
      expect(audio.duration_ms).toBeGreaterThan(0);
      expect((await fetch(http.url + audio.url)).headers.get('content-type')).toBe('audio/wav');
      expect((await post({ text: '...', voice: 'cs' }, 'audio/from-text')).status).toBe(422);
      expect(harness.catalogue.list()).toHaveLength(1);
    } finally {
      await http.stop();
      await speech.stop();
    }
  });

  it.each(['...', '…', ' ?! – ', '"."'])('are refused when they have nothing that can be spoken: %j', async (text) => {
    const speech = make();
    const problem = await speech.speak(text).catch((error: unknown) => error);
    expect(problem).toMatchObject({ status: 422, more: { errors: [{ field: 'text', detail: SILENT }] } });
    expect(spoken).toEqual([]);
  });

  it('are refused with the field of the text when the engine makes no sound', async () => {
    const silent: SpeechPort = { speak: () => Promise.resolve(encodeWav(Buffer.alloc(0), 22_050)) };
    const problem = await make(silent)
      .speak('ъ')
      .catch((error: unknown) => error);
    expect(problem).toMatchObject({ status: 422, more: { errors: [{ field: 'text', detail: SILENT }] } });
  });

  it('fail with a remedy when there is no engine', async () => {
    const none = new CommandSpeech(['/nowhere']);
    const speech = new Speech({
      db: harness.db,
      engine: none,
      converter: harness.converter,
      audio: harness.audio,
      languages: () => ['cs'],
      clock: systemClock,
    });
    await expect(speech.speak('x')).rejects.toMatchObject({
      status: 503,
      detail: expect.stringContaining('SPEECH_COMMAND') as string,
    });
  });
});
