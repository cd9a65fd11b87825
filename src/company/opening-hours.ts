import { DateTime, IANAZone } from 'luxon';
import type { Instant } from '../lib/clock.js';
import type { Hours } from './hours-schema.js';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type TimeSpan = Hours['exceptions'][number]['open'][number];

/**
 * True when the line is open at that instant, by local wall-clock time.
 *
 * - A span includes its first minute and excludes its last: `08:00`–`17:00` is closed at 17:00. It stays within one day, with
 *   `24:00` as its latest end; a span that ends before it begins is never open (the linter reports the remedy).
 * - A day's hours are those of its exception; otherwise `holiday_hours` on a holiday; otherwise those of its weekday.
 * - When clocks go forward, skipped wall times do not occur: `02:00`–`03:00` is not open on that day, and
 *   `02:30`–`05:00` opens at 03:00. When clocks go back, repeated wall times count both times.
 *
 * @param timeZone IANA name of the line's zone, used when the hours name none; in an unknown zone the line is closed
 * @param publicHolidays dates of the countries that `holidays` names
 */
export function isOpen(
  hours: Hours,
  at: Instant,
  timeZone: string,
  publicHolidays: Readonly<Record<string, readonly string[]>> = {},
): boolean {
  const zone = IANAZone.create(hours.time_zone ?? timeZone);
  if (!zone.isValid) return false;
  const local = DateTime.fromMillis(at, { zone });
  const time = local.toFormat('HH:mm');
  return spansOf(hours, local, publicHolidays).some(({ from, to }) => from <= time && time < to);
}

function spansOf(
  { weekly, holidays, holiday_hours: onHolidays = [], exceptions }: Hours,
  day: DateTime,
  publicHolidays: Readonly<Record<string, readonly string[]>>,
): TimeSpan[] {
  const date = day.toFormat('yyyy-MM-dd');
  const exception = exceptions.find((other) => other.date === date);
  if (exception) return exception.open;
  const isHoliday = holidays.some(
    (holiday) => holiday === date || holiday === date.slice(5) || publicHolidays[holiday]?.includes(date),
  );
  if (isHoliday) return onHolidays;
  const weekday = WEEKDAYS[day.weekday - 1];
  return (weekday && weekly[weekday]) ?? [];
}
