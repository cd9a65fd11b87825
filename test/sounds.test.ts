import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { bridgeSounds, soundsFor } from '../src/masked-bridges/program.js';

const root = join(import.meta.dirname, '..');
const languages = ['cs', 'ru', 'en'];
/** Played by Asterisk's dialplan while the gateway is away: no prompt of the company's document names it. */
const SOUNDS_OF_THE_DIALPLAN = ['service-unavailable'];
/** Played by app_queue around numbers. */
const SOUNDS_OF_QUEUES = ['next', 'position', 'position-beyond', 'wait-minutes', 'thanks'].map(
  (name) => `queue-${name}`,
);
/** Played by masked bridges: no prompt of the company's document has to name them. */
const SOUNDS_OF_BRIDGES = bridgeSounds.flatMap((sound) =>
  sound === 'confirm' ? Array.from('0123456789').flatMap((digit) => soundsFor(sound, digit)) : soundsFor(sound, null),
);
/** Files that Asterisk 22 asks for when a queue says a number up to 9999 in a language. */
const NUMBERS = {
  cs: [
    ...['1n', '2n', '1w', '2w', '1m', '2m'],
    ...tensAndUnits(3),
    ...['1sto', '2ste', 'sta', 'set', '1_E3', '2-4_E3', '5_E3'],
  ],
  ru: [...['1n', '2n', '1f', '2f'], ...tensAndUnits(1), ...hundreds(), ...['thousand', 'thousands-i', 'thousands']],
  en: [...tensAndUnits(1), 'hundred', 'thousand'],
};

/** The pace of less tells nothing. */
const WORD_CHARACTERS = 14;
/** Pieces of sentences about an order's status: names of letters are short, and no silence is kept around them. */
const PIECES = 'status/';

const company = z.object({ prompts: z.array(z.object({ sound: z.string() })) });
const prompts = ['examples/company.yaml', 'examples/dispatch/company.yaml'].flatMap(
  (name) => company.parse(yaml(name)).prompts,
);
const texts = z.record(z.string(), z.record(z.string(), z.string())).parse(yaml('sounds/texts.yaml'));
const manifest = z
  .record(z.string(), z.object({ text_sha256: z.string(), audio_sha256: z.string(), voice: z.string() }))
  .parse(JSON.parse(readFileSync(join(root, 'sounds/manifest.json'), 'utf8')));
const files = languages.flatMap((language) =>
  readdirSync(join(root, 'sounds', language), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.wav'))
    .map((file) => ({ language, name: file.replace(/\.wav$/, '') })),
);

describe('the set of sounds', () => {
  const wanted = [
    ...new Set([
      ...prompts.map((prompt) => prompt.sound),
      ...SOUNDS_OF_THE_DIALPLAN,
      ...SOUNDS_OF_QUEUES,
      ...SOUNDS_OF_BRIDGES,
    ]),
  ];

  test.each(wanted)('%s speaks every language', (name) => {
    for (const language of languages) {
      expect(texts[name]?.[language], `text of ${name} in ${language}`).toBeTruthy();
      expect(existsSync(join(root, `sounds/${language}/${name}.wav`)), `audio of ${name} in ${language}`).toBe(true);
    }
  });

  test.each(Object.entries(NUMBERS))('counts in %s', (language, names) => {
    for (const name of names) expect(files).toContainEqual({ language, name: `digits/${name}` });
  });

  test('holds nothing that has no text', () => {
    expect(files.filter(({ language, name }) => texts[name]?.[language] === undefined)).toEqual([]);
    expect(files).toHaveLength(Object.keys(manifest).length);
  });

  test('no two files say the same, but where their texts do', () => {
    const spoken = files.map(({ language, name }) => `${language} ${texts[name]?.[language]}`);
    const hashes = Object.values(manifest).map((entry) => entry.audio_sha256);
    expect(new Set(hashes).size).toBe(new Set(spoken).size);
  });

  test('is small enough to be carried in the repository', () => {
    const bytes = files.reduce((sum, file) => sum + read(file.language, file.name).length, 0);
    expect(bytes).toBeLessThan(17_000_000);
  });
});

describe.each(files)('$language/$name', ({ language, name }) => {
  const bytes = read(language, name);
  const samples = samplesOf(bytes);
  const seconds = samples.length / 8000;
  const text = texts[name]?.[language] ?? '';
  const isWord = text.length <= WORD_CHARACTERS;
  const isPiece = name.startsWith(PIECES);

  test('says the text of today: run scripts/make-sounds after a change', () => {
    const entry = manifest[`${language}/${name}.wav`];
    expect(entry?.text_sha256).toBe(sha256(text));
    expect(entry?.audio_sha256).toBe(sha256(bytes));
  });

  test('is at a human pace, so that no word is dropped and none is spelt', () => {
    expect(isWord ? seconds : text.length / seconds).toBeGreaterThan(isWord ? (isPiece ? 0.12 : 0.3) : 9);
    expect(isWord ? seconds : text.length / seconds).toBeLessThan(isWord ? 1.7 : 22);
  });

  test('is as loud as the others, without clipping', () => {
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(peak).toBeGreaterThan(isPiece ? 0.15 : 0.2);
    expect(peak).toBeLessThan(0.9);
    expect(decibels(power(spoken(samples).flat()))).toBeGreaterThan(isWord ? -23 : -22);
    expect(decibels(power(spoken(samples).flat()))).toBeLessThan(-18.5);
    expect(Math.abs(samples.reduce((sum, sample) => sum + sample, 0) / samples.length)).toBeLessThan(0.005);
  });

  if (isPiece)
    test('is followed by the next piece without a gap, and after a full stop with a breath', () => {
      const edges = [samples, samples.toReversed()].map(
        (from) => from.findIndex((sample) => Math.abs(sample) > 0.003) / 8,
      );
      expect(edges[0]).toBeLessThan(60);
      expect(edges[1]).toBeGreaterThan(text.endsWith('.') ? 200 : 20);
      expect(edges[1]).toBeLessThan(text.endsWith('.') ? 350 : 180);
    });

  if (isWord) return;
  test('sounds like speech: low frequencies, and pauses that do not last', () => {
    const crossings = samples.filter((sample, index) => index > 0 && sample < 0 !== samples[index - 1]! < 0).length;
    expect(crossings / 2 / seconds).toBeGreaterThan(250);
    expect(crossings / 2 / seconds).toBeLessThan(1200);
    const share = spoken(samples).length / windows(samples).length;
    expect(share).toBeGreaterThan(0.55);
    expect(share).toBeLessThan(0.97);
    expect(longestPauseMs(samples)).toBeLessThan(1000);
  });
});

test('the silence that recordings are kept going with is silent, and long enough to be begun seldom', () => {
  const samples = samplesOf(readFileSync(join(root, 'sounds/silence.wav')));
  expect(samples.every((sample) => sample === 0)).toBe(true);
  expect(samples.length).toBeGreaterThanOrEqual(10 * 8000);
});

function tensAndUnits(from: number): string[] {
  const units = Array.from({ length: 21 - from }, (_, index) => index + from);
  return [...units, 30, 40, 50, 60, 70, 80, 90].map(String);
}

function hundreds(): string[] {
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `${digit}00`);
}

function yaml(path: string): unknown {
  return parse(readFileSync(join(root, path), 'utf8'));
}

function read(language: string, name: string): Buffer {
  return readFileSync(join(root, 'sounds', language, `${name}.wav`));
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Samples from -1 to 1. Accepts what Asterisk plays without resampling and nothing else. */
function samplesOf(bytes: Buffer): number[] {
  expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
  const format = { kind: bytes.readUInt16LE(20), channels: bytes.readUInt16LE(22), rate: bytes.readUInt32LE(24) };
  expect({ ...format, bits: bytes.readUInt16LE(34) }).toEqual({ kind: 1, channels: 1, rate: 8000, bits: 16 });
  expect(bytes.toString('latin1', 36, 40)).toBe('data');
  expect(bytes.readUInt32LE(40)).toBe(bytes.length - 44);
  return Array.from({ length: (bytes.length - 44) / 2 }, (_, index) => bytes.readInt16LE(44 + index * 2) / 32768);
}

/** Pieces of 20 ms. */
function windows(samples: number[]): number[][] {
  return Array.from({ length: Math.floor(samples.length / 160) }, (_, index) =>
    samples.slice(index * 160, (index + 1) * 160),
  );
}

function spoken(samples: number[]): number[][] {
  return windows(samples).filter(isSpoken);
}

function isSpoken(piece: number[]): boolean {
  return decibels(power(piece)) > -45;
}

function longestPauseMs(samples: number[]): number {
  let pause = 0;
  return 20 * windows(samples).reduce((most, piece) => Math.max(most, (pause = isSpoken(piece) ? 0 : pause + 1)), 0);
}

function power(samples: number[]): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
}

function decibels(value: number): number {
  return 10 * Math.log10(value);
}
