import { expect } from 'vitest';

const RUNS = 5;

/**
 * CPU time of this process for `work`, in milliseconds: the minimum of several runs. Other processes do not count, and
 * garbage collection affects only some runs.
 */
export function cpuMs(work: () => unknown): number {
  const runs = Array.from({ length: RUNS }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...runs);
}

/** Four times the input costs four times as much, or sixteen times if the cost is quadratic: it must be closer to four. */
const MOST_GROWTH = 8;
/** Below this the measurement is mostly noise. */
const NOISE_MS = 4;

/** Fails when the cost of `work` grows faster than its size. `prepare` makes the input of a size and is not measured. */
export function expectLinear<T>(prepare: (size: number) => T, work: (input: T) => unknown, size: number): void {
  const [small, large] = [prepare(size), prepare(4 * size)];
  work(small);
  const growth =
    cpuMs(() => work(large)) /
    Math.max(
      NOISE_MS,
      cpuMs(() => work(small)),
    );
  expect(growth, `cost of ${4 * size} in relation to ${size}`).toBeLessThan(MOST_GROWTH);
}
