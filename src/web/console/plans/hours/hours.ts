import type { WrittenSpan, WrittenWeek } from './week.js';

/** Opening hours as the document writes them. */
export interface Hours {
  time_zone?: string;
  weekly: WrittenWeek;
  /** Days, and countries or regions whose public holidays count. */
  holidays?: string | string[];
  holiday_hours?: WrittenSpan[];
  exceptions?: HoursException[];
}

export interface HoursException {
  date: string;
  open: WrittenSpan[];
}

const REGION = /^[A-Z]{2}(-[A-Z0-9]{1,4})?$/;

export function isClosedOn({ exceptions = [] }: Hours, date: string): boolean {
  return exceptions.some((exception) => exception.date === date && exception.open.length === 0);
}

/** The hours with that day closed; its other exception is replaced. */
export function closedOn(hours: Hours, date: string): Hours {
  return withExceptions(hours, [...(hours.exceptions ?? []).filter((each) => each.date !== date), { date, open: [] }]);
}

/** The hours with that day as any other. */
export function openAsUsualOn(hours: Hours, date: string): Hours {
  return withExceptions(
    hours,
    (hours.exceptions ?? []).filter((each) => each.date !== date),
  );
}

export function withExceptions(hours: Hours, exceptions: readonly HoursException[]): Hours {
  const sorted = [...exceptions].sort((a, b) => (a.date < b.date ? -1 : 1));
  return withSetting(hours, 'exceptions', sorted.length === 0 ? undefined : sorted);
}

/** The country or region whose public holidays count; undefined for none. */
export function regionOf({ holidays = [] }: Hours): string | undefined {
  return [holidays].flat().find((holiday) => REGION.test(holiday));
}

/** Other closed days: `12-24` for every year, or a date. */
export function ownHolidaysOf({ holidays = [] }: Hours): string[] {
  return [holidays].flat().filter((holiday) => !REGION.test(holiday));
}

export function withHolidays(hours: Hours, region: string | undefined, own: readonly string[]): Hours {
  const list = region === undefined ? [...own] : [region, ...own];
  const [first] = list;
  if (first === undefined) return withSetting(hours, 'holidays', undefined);
  return withSetting(hours, 'holidays', region !== undefined && own.length === 0 ? first : list);
}

/** @param open undefined: closed on holidays */
export function withHolidayHours(hours: Hours, open: WrittenSpan[] | undefined): Hours {
  return withSetting(hours, 'holiday_hours', open);
}

/** Without a value the setting is left out. */
function withSetting<K extends keyof Hours>(hours: Hours, name: K, value: Hours[K] | undefined): Hours {
  const next = { ...hours };
  if (value === undefined) Reflect.deleteProperty(next, name);
  else next[name] = value;
  return next;
}
