import { SAMPLE_RATE } from './wav.js';

/** Of full scale: about -50 dB. */
const AUDIBLE = 100;
/** Kept of the silence, so that no soft sound at the edge is cut. */
const KEPT_MS = { before: 20, after: 30 };

/** Samples (16 bit) without the silence before and after what is heard, so that words follow one another as in speech. */
export function withoutEdges(samples: Buffer): Buffer {
  const all = Array.from({ length: samples.length / 2 }, (_, index) => samples.readInt16LE(index * 2));
  const first = all.findIndex((sample) => Math.abs(sample) > AUDIBLE);
  const last = all.findLastIndex((sample) => Math.abs(sample) > AUDIBLE);
  if (first === -1) return samples;
  const from = Math.max(0, first - (KEPT_MS.before * SAMPLE_RATE) / 1000);
  const to = Math.min(all.length, last + 1 + (KEPT_MS.after * SAMPLE_RATE) / 1000);
  return samples.subarray(from * 2, to * 2);
}
