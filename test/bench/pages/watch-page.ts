import type { Page } from 'playwright-core';

/** What the browser itself measures: the Event Timing and Layout Instability APIs of the W3C. */

interface Watched {
  interactions: number[];
  shift: number;
}

/** Durations below this are not reported by the Event Timing API (ms). */
const SHORTEST_MS = 16;

/** Measures from now on, on this page and on pages that are opened later. */
export async function watchPage(page: Page): Promise<void> {
  await page.addInitScript((durationThreshold) => {
    const watched: Watched = { interactions: [], shift: 0 };
    Object.assign(window, { watched });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[])
        if ((entry.interactionId ?? 0) > 0) watched.interactions.push(entry.duration);
    }).observe({ type: 'event', durationThreshold, buffered: true } as PerformanceObserverInit);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput) watched.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  }, SHORTEST_MS);
}

/** The longest interaction since the last call, from the input to the next painted frame (ms); shorter ones than 16 ms count as 16. */
export async function interactionMs(page: Page): Promise<number> {
  // Entries arrive after the frame.
  await page.waitForTimeout(150);
  return page.evaluate((shortest) => {
    const { watched } = window as unknown as { watched: Watched };
    return Math.max(shortest, ...watched.interactions.splice(0));
  }, SHORTEST_MS);
}

/** Sum of the shifts of the page's layout so far that no input has caused; 0.1 is what people notice. */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { watched: Watched }).watched.shift);
}
