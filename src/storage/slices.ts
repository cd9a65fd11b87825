import { setTimeout as delay } from 'node:timers/promises';

/** Everything else stands still during a slice, so it has to be short (ms). */
const SLICE_MS = 2;
const MOST = 200;

/**
 * Works through items in slices that take about {@link SLICE_MS}: how many items that is depends on the machine and on
 * what belongs to an item. After each slice as much time is left to others as it took.
 */
export async function inSlices<T>(items: readonly T[], work: (slice: T[]) => Promise<void>): Promise<void> {
  let size = 1;
  for (let start = 0; start < items.length;) {
    const slice = items.slice(start, start + size);
    const begunAt = performance.now();
    await work(slice);
    const took = performance.now() - begunAt;
    start += slice.length;
    size = nextSize(size, took);
    if (start < items.length) await delay(took);
  }
}

function nextSize(size: number, tookMs: number): number {
  if (tookMs > SLICE_MS) return Math.max(1, Math.floor((size * SLICE_MS) / tookMs));
  return Math.min(MOST, tookMs < SLICE_MS / 2 ? size * 2 : size);
}
