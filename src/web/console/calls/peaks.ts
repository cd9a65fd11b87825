/** The loudest sample of each of `count` equal parts of a sound, from 0 to 1. */
export function peaksOf(samples: ArrayLike<number>, count: number): number[] {
  const peaks: number[] = [];
  for (let part = 0; part < count; part += 1) {
    const end = Math.floor(((part + 1) * samples.length) / count);
    let loudest = 0;
    for (let index = Math.floor((part * samples.length) / count); index < end; index += 1)
      loudest = Math.max(loudest, Math.abs(samples[index] ?? 0));
    peaks.push(Math.min(1, loudest));
  }
  return peaks;
}

/** The outline of the peaks as a path in a box that is as wide as there are peaks and 2 high. */
export function outlineOf(peaks: readonly number[]): string {
  const points = (side: 1 | -1) => peaks.map((peak, index) => `${index} ${(1 + side * peak).toFixed(2)}`);
  const [upper, lower] = [points(-1), points(1).reverse()];
  return peaks.length === 0 ? '' : `M${upper.join('L')}L${lower.join('L')}Z`;
}
