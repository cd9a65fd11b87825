import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Problem } from '../../src/http/problem.js';
import { AudioConverter, defaultConversionLimits, type ConversionLimits } from '../../src/prompts/convert.js';
import { samplesOf, encodeWav } from '../../src/prompts/wav.js';
import { pitchOf, tone } from './prompt-harness.js';

let folder: string;
let temporary: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordboard-convert-'));
  temporary = join(folder, 'tmp');
  await mkdir(temporary);
});

afterEach(async () => {
  expect(await readdir(temporary)).toEqual([]);
  await rm(folder, { recursive: true });
});

function convert(bytes: Buffer, limits: Partial<ConversionLimits> = {}): Promise<Buffer> {
  return new AudioConverter(temporary, { ...defaultConversionLimits, ...limits }).convert(
    Readable.from([bytes]),
    'audio',
  );
}

async function refusal(bytes: Buffer, limits: Partial<ConversionLimits> = {}): Promise<Problem> {
  const error: unknown = await convert(bytes, limits).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Problem);
  expect((error as Problem).more.errors?.[0]?.field).toBe('audio');
  return error as Problem;
}

test.each(['wav', 'mp3', 'ogg', 'flac'])(
  '%s, stereo at 44.1 kHz, becomes the same tone at 8 kHz mono',
  async (type) => {
    const samples = await convert(
      await tone(join(folder, `in.${type}`), { hz: 440, seconds: 2, rate: 44_100, channels: 2 }),
    );
    expect(samples.length / 2 / 8000).toBeCloseTo(2, 1);
    expect(pitchOf(samples)).toBeGreaterThan(430);
    expect(pitchOf(samples)).toBeLessThan(450);
  },
);

test('a WAV file in the target format is not converted', async () => {
  const samples = samplesOf(await tone(join(folder, 'in.wav')));
  expect((await convert(encodeWav(samples))).equals(samples)).toBe(true);
});

/** Root mean square. */
function strength(samples: Buffer): number {
  let sum = 0;
  for (let at = 0; at + 1 < samples.length; at += 2) sum += samples.readInt16LE(at) ** 2;
  return Math.sqrt(sum / (samples.length / 2));
}

const tone16 = { hz: 440, seconds: 2, rate: 44_100, channels: 2 };

/** The WAV file with an extra chunk of that many bytes before its audio, and with a changed length in its header. */
function rewritten(wav: Buffer, { metadata = 0, says = (real: number) => real } = {}): Buffer {
  const data = wav.indexOf('data', 12, 'latin1');
  const size = Buffer.alloc(8);
  size.write('data', 'latin1');
  size.writeUInt32LE(says(wav.length - data - 8), 4);
  const chunk = Buffer.alloc(metadata === 0 ? 0 : 8 + metadata);
  if (metadata > 0) chunk.write('bext', 'latin1');
  if (metadata > 0) chunk.writeUInt32LE(metadata, 4);
  return Buffer.concat([wav.subarray(0, data), chunk, size, wav.subarray(data + 8)]);
}

test.each(['wav', 'mp3', 'ogg', 'flac'])(
  '%s whose channels cancel each other out keeps its first channel',
  async (type) => {
    const file = join(folder, `opposite.${type}`);
    await tone(join(folder, 'in.wav'), tone16);
    await promisify(execFile)('sox', [join(folder, 'in.wav'), file, 'remix', '1', '1v-1']);
    const plain = strength(await convert(await readFile(join(folder, 'in.wav'))));
    const samples = await convert(await readFile(file));
    expect(strength(samples) / plain).toBeGreaterThan(0.8);
    expect(pitchOf(samples)).toBeCloseTo(440, -1);
  },
);

test.each([
  ['100 KB of metadata before the sound', { metadata: 100_000 }],
  ['a length of one byte too many', { says: (real: number) => real + 1 }],
  ['a length of eight bytes too many', { says: (real: number) => real + 8 }],
  ['no length', { says: () => 0 }],
  ['the length of a pipe', { says: () => 0xffff_ffff }],
])('a WAV file with %s is read to its end', async (_, change) => {
  for (const given of [tone16, { hz: 440, seconds: 2 }]) {
    const samples = await convert(rewritten(await tone(join(folder, 'in.wav'), given), change));
    expect(samples.length / 2 / 8000).toBeCloseTo(2, 1);
    expect(pitchOf(samples)).toBeCloseTo(440, -1);
  }
});

test('RF64 is read as WAV', async () => {
  const wav = await tone(join(folder, 'in.wav'), tone16);
  const data = wav.indexOf('data', 12, 'latin1');
  const ds64 = Buffer.alloc(36);
  ds64.write('ds64', 'latin1');
  ds64.writeUInt32LE(28, 4);
  ds64.writeBigUInt64LE(BigInt(wav.length + 36 - 8), 8);
  ds64.writeBigUInt64LE(BigInt(wav.length - data - 8), 16);
  const rf64 = Buffer.concat([
    wav.subarray(0, 12),
    ds64,
    wav.subarray(12),
    Buffer.from('LIST\u0004\0\0\0abcd', 'latin1'),
  ]);
  rf64.write('RF64', 0, 'latin1');
  rf64.fill(0xff, 4, 8);
  rf64.fill(0xff, data + 36 + 4, data + 36 + 8);
  const samples = await convert(rf64);
  expect(samples.length / 2 / 8000).toBeCloseTo(2, 2);
  expect(pitchOf(samples)).toBeCloseTo(440, -1);
});

test('MP3 with zeros before its first frame is read', async () => {
  const mp3 = await tone(join(folder, 'in.mp3'), tone16);
  const samples = await convert(Buffer.concat([Buffer.alloc(700), mp3]));
  expect(pitchOf(samples)).toBeCloseTo(440, -1);
});

test('a WAV file of which a part is missing is still refused', async () => {
  const wav = await tone(join(folder, 'in.wav'), tone16);
  expect((await refusal(wav.subarray(0, wav.length - 4_000))).detail).toContain('the end of the file is missing');
});

test('a text file called .wav is refused', async () => {
  expect((await refusal(Buffer.from('Dear customer, this is no sound.'))).detail).toContain(
    'WAV, MP3, Ogg Vorbis or FLAC',
  );
});

test('an empty file is refused', async () => {
  expect((await refusal(Buffer.alloc(0))).detail).toContain('empty');
  expect((await refusal(encodeWav(Buffer.alloc(0)))).detail).toContain('no sound');
});

test.each(['wav', 'mp3', 'ogg', 'flac'])('half of a %s file is refused', async (type) => {
  const whole = await tone(join(folder, `in.${type}`), { seconds: 5, rate: 44_100 });
  const problem = await refusal(whole.subarray(0, whole.length / 2));
  expect(problem.status).toBe(422);
  expect(problem.detail).toContain('the end of the file is missing');
});

test('a truncated WAV file in the target format is refused', async () => {
  const whole = await tone(join(folder, 'in.wav'));
  expect((await refusal(whole.subarray(0, 5000))).detail).toContain('the end of the file is missing');
});

test('a WAV file without a length in its header is accepted', async () => {
  const piped = Buffer.from(await tone(join(folder, 'in.wav'), { seconds: 1 }));
  piped.writeUInt32LE(0xffff_ffff, 40);
  expect(await convert(piped)).toHaveLength(16_000);
});

test('a WAV header with an unknown format is refused', async () => {
  const broken = Buffer.from(await tone(join(folder, 'in.wav')));
  broken.writeUInt16LE(0x7777, 20);
  expect((await refusal(broken)).detail).toContain('16-bit WAV');
});

test('an upload that is too large is refused as soon as the limit is reached', async () => {
  let sent = 0;
  const endless = Readable.from(
    (function* () {
      for (;;) {
        sent += 100_000;
        yield Buffer.alloc(100_000, 1);
      }
    })(),
  );
  const error: unknown = await new AudioConverter(temporary, { ...defaultConversionLimits, maxBytes: 1_000_000 })
    .convert(endless, 'audio')
    .catch((reason: unknown) => reason);
  expect((error as Problem).status).toBe(413);
  expect(sent).toBeLessThan(3_000_000);
});

test('audio that is too long is refused, however small the file', async () => {
  const long = await tone(join(folder, 'long.mp3'), { seconds: 30 });
  expect((await refusal(long, { maxSeconds: 20 })).detail).toContain('20 seconds');
  const playable = await tone(join(folder, 'long.wav'), { seconds: 30 });
  expect((await refusal(playable, { maxSeconds: 20 })).detail).toContain('20 seconds');
});

test('a conversion that takes too long is ended', async () => {
  const slow = await tone(join(folder, 'slow.flac'), { seconds: 60, rate: 48_000 });
  expect((await refusal(slow, { timeoutMs: 1 })).detail).toContain('too long');
});

test('an aborted upload fails and leaves no file', async () => {
  const broken = Readable.from(
    (function* () {
      yield Buffer.from('RIFF');
      throw new Error('gone');
    })(),
  );
  await expect(new AudioConverter(temporary).convert(broken, 'audio')).rejects.toThrow('gone');
});

test('concurrent conversions all succeed, a few at a time', async () => {
  const converter = new AudioConverter(temporary);
  const mp3 = await tone(join(folder, 'in.mp3'));
  const all = await Promise.all(Array.from({ length: 8 }, () => converter.convert(Readable.from([mp3]), 'audio')));
  expect(all).toHaveLength(8);
});
