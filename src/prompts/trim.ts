import { SAMPLE_RATE } from './wav.js';

/** Smallest audible sample: about -50 dB of full scale. */
const AUDIBLE_LEVEL = 100;
/** Silence kept at the edges (ms), so that no soft sound is cut. */
const MARGIN_MS = { before: 20, after: 30 };

/** Trims silence at both ends of 16-bit samples, so that fragments follow one another as in speech. */
export function trimSilence(samples: Buffer): Buffer {
  const all = Array.from({ length: samples.length / 2 }, (_, index) => samples.readInt16LE(index * 2));
  const first = all.findIndex((sample) => Math.abs(sample) > AUDIBLE_LEVEL);
  const last = all.findLastIndex((sample) => Math.abs(sample) > AUDIBLE_LEVEL);
  if (first === -1) return samples;
  const from = Math.max(0, first - (MARGIN_MS.before * SAMPLE_RATE) / 1000);
  const to = Math.min(all.length, last + 1 + (MARGIN_MS.after * SAMPLE_RATE) / 1000);
  return samples.subarray(from * 2, to * 2);
}
