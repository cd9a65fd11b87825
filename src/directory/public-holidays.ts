import { createRequire } from 'node:module';
import { RecentMap } from '../lib/recent-map.js';
import { DAY_MS } from '../lib/time.js';

/** Cached years, and cached regions. */
const MAX_CACHED = 200;

export interface PublicHoliday {
  /** ISO, in the region's own time. */
  date: string;
  name: string;
}

/** A country or region by its code, such as `CZ` or `DE-BY`. */
export interface NamedRegion {
  code: string;
  name: string;
}

/** The used part of the package `date-holidays`. */
interface HolidayCalendar {
  getCountries(language?: string): Record<string, string>;
  getStates(country: string, language?: string): Record<string, string> | undefined;
  getHolidays(
    year: number,
    language?: string,
  ): { date: string; start: Date; end: Date; name: string; type: string }[] | undefined;
}
type HolidayCalendarClass = new (country?: string, state?: string) => HolidayCalendar;

let loaded: HolidayCalendarClass | undefined;

/**
 * Loads the package when it is first needed: that takes a quarter of a second and 24 MB, and most companies name no country in their hours.
 * The gateway computes holidays in a worker thread and shares them by {@link rememberHolidays}.
 */
function calendarClass(): HolidayCalendarClass {
  loaded ??= createRequire(import.meta.url)('date-holidays') as HolidayCalendarClass;
  return loaded;
}

const known = new RecentMap<string, readonly PublicHoliday[]>(MAX_CACHED);
const regions = new RecentMap<string, boolean>(MAX_CACHED);

/**
 * The days of a year that are public holidays by law, in order. The same for the same arguments and version of the package.
 * @param region `CZ`, or `DE-BY` for a region of a country; empty list for an unknown one
 * @param language of the names where they are translated
 */
export function publicHolidaysOf(region: string, year: number, language = ''): readonly PublicHoliday[] {
  const key = keyOf(region, year, language);
  const found = known.get(key) ?? computeHolidays(region, year, language);
  known.set(key, found);
  return found;
}

/** Adds holidays that another thread has computed by {@link publicHolidaysOf}. */
export function rememberHolidays(region: string, year: number, holidays: readonly PublicHoliday[]): void {
  known.set(keyOf(region, year, ''), holidays);
}

/** Whether the public holidays of a country or region are known. */
export function hasPublicHolidays(region: string): boolean {
  const [country = '', state] = region.split('-');
  const isKnown =
    regions.get(region) ??
    (Object.hasOwn(new (calendarClass())().getCountries(), country) &&
      (state === undefined || Object.hasOwn(new (calendarClass())().getStates(country) ?? {}, state)));
  regions.set(region, isKnown);
  return isKnown;
}

/** The countries whose public holidays are known; or the regions of a country with public holidays of their own. */
export function holidayRegions(country: string | undefined, language: string): NamedRegion[] {
  const calendar = new (calendarClass())();
  const names = country === undefined ? calendar.getCountries(language) : (calendar.getStates(country, language) ?? {});
  return Object.entries(names).map(([code, name]) => ({
    code: country === undefined ? code : `${country}-${code}`,
    name,
  }));
}

function keyOf(region: string, year: number, language: string): string {
  return `${region} ${year} ${language}`;
}

function computeHolidays(region: string, year: number, language: string): PublicHoliday[] {
  if (!hasPublicHolidays(region)) return [];
  const [country = '', state] = region.split('-');
  const calendar = state === undefined ? new (calendarClass())(country) : new (calendarClass())(country, state);
  const days = (calendar.getHolidays(year, language === '' ? undefined : language) ?? [])
    .filter(({ type }) => type === 'public')
    .flatMap(({ date, start, end, name }) =>
      Array.from({ length: Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS)) }, (_, index) => ({
        date: dayAfter(date.slice(0, 10), index),
        name,
      })),
    );
  const byDate = new Map(days.map((day) => [day.date, day]));
  return [...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
