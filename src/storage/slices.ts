import { setTimeout as delay } from 'node:timers/promises';

/** Length of a slice (ms). The event loop is blocked during a slice, so it must be short. */
const SLICE_MS = 2;
const MOST = 200;

/**
 * Processes items in slices of about {@link SLICE_MS}. The number of items in a slice depends on the machine and on
 * the size of an item. Each slice is followed by a pause of the same length.
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
