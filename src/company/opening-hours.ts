import { DateTime, IANAZone } from 'luxon';
import type { Instant } from '../lib/clock.js';
import type { Hours } from './hours-schema.js';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type TimeSpan = Hours['exceptions'][number]['open'][number];

/**
 * Whether it is open at that instant, by what the clock on the wall shows.
 *
 * - A span holds its first minute and not its last: `08:00`–`17:00` is closed at 17:00. It stays within one day, with
 *   `24:00` as its latest end; one that ends before it begins is never open (the linter says how to write it).
 * - A day's hours are those of its exception; else none, if it is a holiday; else those of its weekday.
 * - When clocks go forward, wall times that are skipped never come: `02:00`–`03:00` is not open on that day, and
 *   `02:30`–`05:00` opens at 03:00. When clocks go back, wall times that come twice count both times.
 *
 * @param timeZone IANA name of the line's zone, used where the hours name none; in an unknown zone it is closed
 */
export function isOpen(hours: Hours, at: Instant, timeZone: string): boolean {
  const zone = IANAZone.create(hours.time_zone ?? timeZone);
  if (!zone.isValid) return false;
  const local = DateTime.fromMillis(at, { zone });
  const time = local.toFormat('HH:mm');
  return spansOf(hours, local).some(({ from, to }) => from <= time && time < to);
}

function spansOf(hours: Hours, day: DateTime): TimeSpan[] {
  const date = day.toFormat('yyyy-MM-dd');
  const exception = hours.exceptions.find((other) => other.date === date);
  if (exception) return exception.open;
  if (hours.holidays.some((holiday) => holiday === date || holiday === date.slice(5))) return [];
  const weekday = WEEKDAYS[day.weekday - 1];
  return (weekday && hours.weekly[weekday]) ?? [];
}
