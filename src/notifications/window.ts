import { DateTime } from 'luxon';
import type { Instant } from '../lib/clock.js';

/**
 * When people may be called, by what the clock on their wall shows. `from` is in it, `to` is not; one that ends before it
 * begins goes over midnight, and one that ends where it begins is always open.
 */
export interface CallingWindow {
  /** `HH:MM`; `to` also `24:00`. */
  from: string;
  to: string;
  /** IANA name. */
  timeZone: string;
  /** Outside of it: wait until it opens, or give up. */
  policy: 'defer' | 'drop';
}

/** So many days ahead a window that opens at all has opened: a whole day is never skipped by a change of clocks. */
const DAYS_AHEAD = 3;

export function isWithin({ from, to, timeZone }: CallingWindow, at: Instant): boolean {
  const time = DateTime.fromMillis(at, { zone: timeZone }).toFormat('HH:mm');
  if (from === to) return true;
  return from < to ? from <= time && time < to : time >= from || time < to;
}

/**
 * The first instant from `at` on at which it is open. Clocks may change meanwhile: a time that they skip never comes, so that
 * `02:30` is then 03:00; one that comes twice counts both times.
 *
 * @returns undefined when it never opens
 */
export function nextOpening(window: CallingWindow, at: Instant): Instant | undefined {
  if (isWithin(window, at)) return at;
  const candidates = Array.from({ length: DAYS_AHEAD }, (_, day) => openingsOn(window, at, day)).flat();
  const open = candidates.filter((one) => one >= at && isWithin(window, one));
  return open.length === 0 ? undefined : Math.min(...open);
}

/** When the clock shows `from` on a day, and when clocks are changed on it. */
function openingsOn({ from, timeZone }: CallingWindow, at: Instant, daysLater: number): Instant[] {
  const day = DateTime.fromMillis(at, { zone: timeZone }).startOf('day').plus({ days: daysLater });
  const [hour = 0, minute = 0] = from.split(':').map(Number);
  const opening = day.set({ hour, minute });
  const changed = changeBetween(day, day.plus({ days: 1 }));
  return [...opening.getPossibleOffsets().map((one) => one.toMillis()), ...(changed === undefined ? [] : [changed])];
}

/** The instant at which the zone's offset changes; it does so once a day at most. */
function changeBetween(start: DateTime, end: DateTime): Instant | undefined {
  if (start.offset === end.offset) return undefined;
  let [before, after] = [start.toMillis(), end.toMillis()];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (start.plus({ milliseconds: middle - start.toMillis() }).offset === start.offset) before = middle;
    else after = middle;
  }
  return after;
}
