import { describe, expect, it } from 'vitest';
import { decodeG711, encodeG711, type PayloadType } from './sip/g711.js';
import { mix, recognise, toneLanguages, toneOf, toneSamples, toneWav, type Heard } from './tones.js';

const silence = (durationMs: number) => new Int16Array(durationMs * 8);

function join(...parts: Int16Array[]): Int16Array {
  const whole = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Reproducible noise; `Math.random` would make a failure unrepeatable. */
function noise(durationMs: number, amplitude: number, seed = 1): Int16Array {
  let state = seed;
  return Int16Array.from({ length: durationMs * 8 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32 - 0.5) * 2 * amplitude;
  });
}

const through = (samples: Int16Array, codec: PayloadType) => decodeG711(encodeG711(samples, codec), codec);
const names = (heard: Heard[]) =>
  heard.map((sound) => (sound.kind === 'prompt' ? `${sound.prompt}${sound.language}` : sound.kind));
const every = toneLanguages.flatMap((language) =>
  Array.from({ length: 60 }, (_, index) => ({ prompt: index + 1, language })),
);

describe('the tone of a prompt', () => {
  it('is unique for 200 prompts in three languages', () => {
    const all = toneLanguages.flatMap((language) =>
      Array.from({ length: 200 }, (_, index) => toneOf(index + 1, language).join('+')),
    );
    expect(new Set(all).size).toBe(600);
  });

  it('stays away from DTMF and ringback', () => {
    const forbidden = [425, 697, 770, 852, 941, 1209, 1336, 1477, 1633];
    for (const { prompt, language } of every) {
      for (const hz of toneOf(prompt, language)) {
        expect(Math.min(...forbidden.map((other) => Math.abs(other - hz)))).toBeGreaterThan(40);
      }
    }
  });

  it('is refused for an unsupported prompt or language', () => {
    expect(() => toneOf(0, 'cs')).toThrow(RangeError);
    expect(() => toneOf(201, 'cs')).toThrow(RangeError);
    expect(() => toneOf(1, 'de')).toThrow(RangeError);
  });

  it('is a WAV of 8 kHz, mono, 16 bit', () => {
    const file = toneWav(20, 'cs', 250);
    expect(file.toString('latin1', 0, 4)).toBe('RIFF');
    expect(file.readUInt32LE(24)).toBe(8000);
    expect(file.readUInt16LE(22)).toBe(1);
    expect(file.readUInt32LE(40)).toBe(250 * 16);
    expect(file.length).toBe(44 + 250 * 16);
  });
});

describe('recognise', () => {
  it.each([0, 8] as const)('distinguishes every prompt and language through payload type %i', (codec) => {
    for (const { prompt, language } of every) {
      const heard = recognise(through(toneSamples(prompt, language, 200), codec));
      expect(heard).toEqual([{ kind: 'prompt', prompt, language, fromMs: 0, toMs: 200 }]);
    }
  });

  it('reports the order and duration of sounds', () => {
    const audio = join(silence(300), toneSamples(20, 'cs', 1000), silence(500), toneSamples(31, 'ru', 400));
    const heard = recognise(through(audio, 8));
    expect(names(heard)).toEqual(['silence', '20cs', 'silence', '31ru']);
    const expected = [
      [0, 300],
      [300, 1300],
      [1300, 1800],
      [1800, 2200],
    ];
    heard.forEach((segment, index) => {
      expect(Math.abs(segment.fromMs - expected[index]![0]!)).toBeLessThanOrEqual(20);
      expect(Math.abs(segment.toMs - expected[index]![1]!)).toBeLessThanOrEqual(20);
    });
  });

  it('detects a change of prompts, also without a pause', () => {
    expect(names(recognise(join(toneSamples(20, 'cs', 300), toneSamples(21, 'cs', 300))))).toEqual(['20cs', '21cs']);
    expect(names(recognise(join(toneSamples(20, 'cs', 300), toneSamples(20, 'en', 300))))).toEqual(['20cs', '20en']);
  });

  it('recognises one prompt through lost packets and noise', () => {
    const audio = toneSamples(33, 'en', 1000);
    for (const lostAtMs of [200, 460, 700]) audio.fill(0, lostAtMs * 8, (lostAtMs + 20) * 8);
    const hiss = noise(1000, 1500);
    expect(names(recognise(audio.map((sample, index) => sample + hiss[index]!)))).toEqual(['33en']);
  });

  it('mistakes neither silence, noise, digits nor a single tone for a prompt', () => {
    expect(names(recognise(silence(500)))).toEqual(['silence']);
    expect(names(recognise(noise(500, 20)))).toEqual(['silence']);
    for (let seed = 1; seed <= 20; seed += 1) expect(names(recognise(noise(2000, 9000, seed)))).toEqual(['unknown']);
    expect(names(recognise(mix([941, 1336], 500)))).toEqual(['unknown']);
    expect(names(recognise(mix([toneOf(20, 'cs')[0]], 500)))).toEqual(['unknown']);
  });

  it('recognises neither of two prompts at once', () => {
    const both = mix([...toneOf(20, 'cs'), ...toneOf(33, 'cs')], 500).map((sample) => sample / 2);
    expect(names(recognise(both))).toEqual(['unknown']);
  });

  it.each([
    ['425 Hz', [425]],
    ['440 and 480 Hz', [440, 480]],
  ])('knows ringback of %s with its cadence', (_, frequencies) => {
    const heard = recognise(through(join(mix(frequencies, 1000), silence(4000), mix(frequencies, 1000)), 8));
    expect(names(heard)).toEqual(['ringback', 'silence', 'ringback']);
    expect(heard[0]!.toMs).toBeGreaterThan(980);
    expect(heard[0]!.toMs).toBeLessThan(1020);
  });

  it('refuses another sample rate', () => {
    expect(() => recognise(silence(100), 16_000)).toThrow(RangeError);
  });
});
