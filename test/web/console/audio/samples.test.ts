import { expect, it } from 'vitest';
import { loudestOf, peaksOf, soundOf } from '../../../../src/web/console/audio/samples.js';
import { encodeWav } from '../../../../src/web/console/audio/wav.js';

const RATE = 1_000;

/** A sound between silences, lengths in samples. */
function recording(before: number, sound: number, after: number): Float32Array {
  return Float32Array.from([
    ...Array<number>(before).fill(0.001),
    ...Array.from({ length: sound }, (_, index) => (index % 2 === 0 ? 0.5 : -0.5)),
    ...Array<number>(after).fill(0),
  ]);
}

it('cuts silence at both ends, with a margin', () => {
  expect(soundOf(recording(1_000, 500, 2_000), RATE)).toEqual({ from: 850, to: 1_650 });
  expect(soundOf(recording(100, 500, 50), RATE)).toEqual({ from: 0, to: 650 });
});

it('keeps all of a recording in which nothing is heard', () => {
  expect(soundOf(new Float32Array(300), RATE)).toEqual({ from: 0, to: 300 });
});

it('draws the loudest sample of each part', () => {
  expect(peaksOf(Float32Array.from([0, -1, 0.5, 0.25]), 2)).toEqual([1, 0.5]);
  expect(loudestOf(new Float32Array())).toBe(0);
});

it('writes a WAV file of 16 bits, with samples limited to full scale', async () => {
  const bytes = Buffer.from(await encodeWav(Float32Array.from([0, 1, -1, 2]), 16_000).arrayBuffer());
  expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
  expect([bytes.readUInt32LE(4), bytes.readUInt32LE(24), bytes.readUInt32LE(40)]).toEqual([44, 16_000, 8]);
  expect([44, 46, 48, 50].map((offset) => bytes.readInt16LE(offset))).toEqual([0, 32_767, -32_767, 32_767]);
});
