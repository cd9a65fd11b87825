import { hasPublicHolidays } from '../../directory/public-holidays.js';
import { firstPositions } from '../../lib/first-positions.js';
import { isTimeZone } from '../../lib/time-zone.js';
import { WEEKDAYS, type TimeSpan } from '../opening-hours.js';
import { isRegion, type Hours } from '../hours-schema.js';
import type { ActionReport } from './action.js';

/** A shorter break is more likely a typing error than a break. */
const SHORT_BREAK_MINUTES = 15;

/** Lint rules for opening hours. @param prefix of the reported paths: empty, or `hours/` */
export function lintTimes(report: ActionReport, prefix: string, hours: Hours): void {
  const { time_zone, weekly, holidays, holiday_hours: onHolidays = [], exceptions } = hours;
  if (time_zone !== undefined && !isTimeZone(time_zone))
    report.error(`${prefix}time_zone`, `"${time_zone}" is not an IANA time zone`, 'write one such as Europe/Prague', {
      not_a_time_zone: time_zone,
    });

  for (const [day, spans] of Object.entries(weekly)) lintDay(report, `${prefix}weekly/${day}`, day, spans);
  const firsts = firstPositions(exceptions.map(({ date }) => date));
  for (const [index, { date, open: spans }] of exceptions.entries()) {
    const place = `${prefix}exceptions/${index}`;
    lintDate(report, `${place}/date`, date);
    if ((firsts.get(date) ?? index) < index)
      report.error(`${place}/date`, `${date} has hours of its own already`, 'write both in one entry', {
        day_twice: date,
      });
    lintDay(report, `${place}/open`, date, spans);
  }
  lintDay(report, `${prefix}holiday_hours`, 'holidays', onHolidays);
  if (onHolidays.length > 0 && holidays.length === 0)
    report.warn(`${prefix}holiday_hours`, 'there are no holidays', 'add holidays, such as "holidays: CZ"', {
      no_holidays: true,
    });
  for (const [index, holiday] of holidays.entries()) {
    const place = `${prefix}holidays/${index}`;
    if (!isRegion(holiday)) lintDate(report, place, holiday);
    else if (!hasPublicHolidays(holiday))
      report.error(
        place,
        `the public holidays of ${holiday} are not known`,
        'GET /api/v1/holidays lists what is known',
        { unknown_holidays: holiday },
      );
  }

  lintWeek(report, prefix, hours);
}

function lintWeek(
  report: ActionReport,
  prefix: string,
  { weekly, holiday_hours: onHolidays = [], exceptions }: Hours,
): void {
  const isNever = [...Object.values(weekly), onHolidays, ...exceptions.map(({ open }) => open)].every(
    (spans) => spans.length === 0,
  );
  if (isNever)
    report.warn(`${prefix}weekly`, 'closed on all days', 'add hours, or go to what is closed without asking', {
      always_closed: true,
    });
  const named = WEEKDAYS.map((day) => weekly[day] !== undefined);
  for (const [index, day] of WEEKDAYS.entries()) {
    const isGap = !named[index] && named.slice(0, index).includes(true) && named.slice(index + 1).includes(true);
    if (isGap)
      report.warn(`${prefix}weekly`, `${day} is left out, so it is closed`, `write "${day}: []" if it is meant so`, {
        day_left_out: day,
      });
  }
}

function lintDay(report: ActionReport, pointer: string, day: string, spans: readonly TimeSpan[]): void {
  for (const [index, { from, to }] of spans.entries()) {
    const place = `${pointer}/${index}`;
    if (from >= to) {
      const remedy = `past midnight takes two: ${from}–24:00, and 00:00–${to} on the next day`;
      report.error(place, `${day}: ${from}–${to} ends before it begins`, remedy, {
        ends_before_it_begins: `${from}–${to}`,
      });
    }
    if (to === '23:59')
      report.warn(`${place}/to`, `${day}: closed in the last minute of the day`, "write '24:00'", {
        last_minute_closed: day,
      });
  }
  const sorted = spans.map((span, index) => ({ ...span, index })).sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const [before, span] of sorted.slice(1).map((span, i) => [sorted[i] ?? span, span] as const)) {
    const place = `${pointer}/${span.index}`;
    const gap = minutes(span.from) - minutes(before.to);
    if (gap < 0) {
      report.warn(
        place,
        `${day}: ${span.from}–${span.to} overlaps ${before.from}–${before.to}`,
        'make one span of them',
        { times_overlap: `${span.from}–${span.to}` },
      );
    } else if (gap > 0 && gap < SHORT_BREAK_MINUTES) {
      const message = `${day}: a gap of ${gap} min between ${before.to} and ${span.from}`;
      report.warn(
        place,
        message,
        'spans hold their first minute and not their last: let one begin where the other ends',
        { short_gap: `${before.to}–${span.from}` },
      );
    }
  }
}

function lintDate(report: ActionReport, pointer: string, date: string): void {
  const full = date.length === 5 ? `2024-${date}` : date;
  if (!isDate(full))
    report.error(pointer, `there is no day ${date}`, 'write 2026-12-24, or 12-24 for every year', {
      no_such_day: date,
    });
}

function isDate(date: string): boolean {
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date);
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
