/** A part of a recording, in samples. */
export interface Range {
  from: number;
  to: number;
}

/** Below this a sample is taken for silence. */
const SILENCE = 0.02;
/** Kept before and after the first and last sound, so that no soft sound is cut. */
const MARGIN_S = 0.15;

/** The loudest sample of each of `count` equal parts. */
export function peaksOf(samples: Float32Array, count: number): number[] {
  const width = samples.length / count;
  return Array.from({ length: count }, (_, index) =>
    loudestOf(samples.subarray(Math.floor(index * width), Math.max(Math.floor((index + 1) * width), 1))),
  );
}

export function loudestOf(samples: Float32Array): number {
  return samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
}

/** The recording without silence at its ends; all of it when there is nothing but silence. */
export function soundOf(samples: Float32Array, rate: number): Range {
  const isSound = (sample: number) => Math.abs(sample) > SILENCE;
  const first = samples.findIndex(isSound);
  if (first === -1) return { from: 0, to: samples.length };
  const margin = Math.round(MARGIN_S * rate);
  const silentEnd = samples.slice().reverse().findIndex(isSound);
  return { from: Math.max(0, first - margin), to: Math.min(samples.length, samples.length - silentEnd + margin) };
}
