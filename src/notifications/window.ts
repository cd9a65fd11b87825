import { DateTime } from 'luxon';
import type { Instant } from '../lib/clock.js';

/**
 * The local time of day in which calls may be made. `from` is included, `to` is not. A window whose `to` is before its `from`
 * spans midnight; one whose `to` equals its `from` is always open.
 */
export interface CallingWindow {
  /** `HH:MM`; `to` also `24:00`. */
  from: string;
  to: string;
  /** IANA name. */
  timeZone: string;
  /** Outside of the window: wait until it opens, or give up. */
  policy: 'defer' | 'drop';
}

/** Days to search for the next opening: a change of clocks never skips a whole day. */
const DAYS_AHEAD = 3;

export function isWithin({ from, to, timeZone }: CallingWindow, at: Instant): boolean {
  const time = DateTime.fromMillis(at, { zone: timeZone }).toFormat('HH:mm');
  if (from === to) return true;
  return from < to ? from <= time && time < to : time >= from || time < to;
}

/**
 * The first instant from `at` on at which the window is open. On a change of clocks, a skipped `02:30` means 03:00, and a time
 * that occurs twice opens the window twice.
 *
 * @returns undefined when the window never opens
 */
export function nextOpening(window: CallingWindow, at: Instant): Instant | undefined {
  if (isWithin(window, at)) return at;
  const candidates = Array.from({ length: DAYS_AHEAD }, (_, day) => openingsOn(window, at, day)).flat();
  const open = candidates.filter((one) => one >= at && isWithin(window, one));
  return open.length === 0 ? undefined : Math.min(...open);
}

/** The instants of a day at which the local time is `from`, and the instant at which the clocks change. */
function openingsOn({ from, timeZone }: CallingWindow, at: Instant, daysLater: number): Instant[] {
  const day = DateTime.fromMillis(at, { zone: timeZone }).startOf('day').plus({ days: daysLater });
  const [hour = 0, minute = 0] = from.split(':').map(Number);
  const opening = day.set({ hour, minute });
  const changed = changeBetween(day, day.plus({ days: 1 }));
  return [...opening.getPossibleOffsets().map((one) => one.toMillis()), ...(changed === undefined ? [] : [changed])];
}

/** The instant at which the zone's offset changes: at most once a day. */
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
