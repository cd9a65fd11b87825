import { addDays, daysBetween, isDay, startOfDay, startOfMonth, weekdayOf } from '../dates.js';

export const views = ['calls', 'queues', 'lines', 'agents', 'menus', 'notifications', 'shop', 'quality'] as const;
export type View = (typeof views)[number];
export const groupings = ['day', 'hour', 'weekday', 'weekday_hour'] as const;
export type Grouping = (typeof groupings)[number];
export const ranges = [
  'today',
  'yesterday',
  'last7',
  'last30',
  'last365',
  'this_week',
  'last_week',
  'this_month',
  'last_month',
] as const;
export type Range = (typeof ranges)[number];
/** With what a report is compared: the same days a week earlier, the time of the same length before, or nothing. */
export const comparisons = ['week', 'before', 'none'] as const;
type Comparison = (typeof comparisons)[number];
/** Seconds for which a service level can be shown. */
export const SERVICE_LEVELS_S = [5, 10, 15, 20, 30, 60, 120];
const DEFAULT_RANGE: Range = 'last7';
const DEFAULT_WITHIN_S = 20;
/** The API refuses longer reports. */
const MOST_DAYS = 1_100;

export interface ReportFilter {
  view: View;
  /** Undefined: the days were chosen one by one. */
  range: Range | undefined;
  /** First and last day, such as `2026-11-21`. */
  from: string;
  to: string;
  by: Grouping;
  /** One queue, line, handset …; undefined: all. */
  key: string | undefined;
  /** The measure that is drawn by weekday and hour; undefined: the first of the report. */
  measure?: string | undefined;
  /** Seconds of the service level. */
  within: number;
  compare: Comparison;
}

/** Reads the filter from an address. Values that it does not know are ignored. @param today in the company's time zone */
export function readFilter(search: string, today: string): ReportFilter {
  const chosen = new URLSearchParams(search);
  const one = <T extends string>(name: string, known: readonly T[]) => known.find((each) => each === chosen.get(name));
  const [from, to] = [chosen.get('from'), chosen.get('to')];
  const hasDays = isDay(from) && isDay(to) && from <= to && daysBetween(from, to) < MOST_DAYS;
  const range = hasDays ? undefined : (one('range', ranges) ?? DEFAULT_RANGE);
  const days = hasDays ? { from, to } : daysOf(range ?? DEFAULT_RANGE, today);
  const within = Number(chosen.get('within'));
  return {
    view: one('view', views) ?? 'calls',
    range,
    ...days,
    by: one('by', groupings) ?? (days.from === days.to ? 'hour' : 'day'),
    key: chosen.get('key') ?? undefined,
    measure: chosen.get('measure') ?? undefined,
    within: SERVICE_LEVELS_S.includes(within) ? within : DEFAULT_WITHIN_S,
    compare: one('compare', comparisons) ?? defaultComparison(days),
  };
}

/** The address of a report: only what differs from the default. @param today in the company's time zone */
export function addressOf(filter: ReportFilter, today: string): string {
  const { view, range, from, to, by, key, measure, within, compare } = filter;
  const chosen = new URLSearchParams();
  if (view !== 'calls') chosen.set('view', view);
  if (range !== DEFAULT_RANGE) for (const [name, value] of daysQuery({ range, from, to })) chosen.set(name, value);
  const implied = readFilter(chosen.toString(), today);
  if (by !== implied.by) chosen.set('by', by);
  if (key !== undefined) chosen.set('key', key);
  if (measure !== undefined) chosen.set('measure', measure);
  if (within !== DEFAULT_WITHIN_S) chosen.set('within', String(within));
  if (compare !== implied.compare) chosen.set('compare', compare);
  return chosen.size === 0 ? '/reports' : `/reports?${chosen.toString()}`;
}

/** The filter with other days. Grouping and comparison follow them, unless they were chosen. */
export function withDays(
  filter: ReportFilter,
  days: Pick<ReportFilter, 'range' | 'from' | 'to'>,
  today: string,
): ReportFilter {
  const [before, now] = [filter, days].map((each) => readFilter(daysQuery(each).toString(), today));
  return {
    ...filter,
    ...days,
    by: (filter.by === before?.by ? now?.by : undefined) ?? filter.by,
    compare: (filter.compare === before?.compare ? now?.compare : undefined) ?? filter.compare,
  };
}

function daysQuery({ range, from, to }: Pick<ReportFilter, 'range' | 'from' | 'to'>): URLSearchParams {
  return new URLSearchParams(range === undefined ? { from, to } : { range });
}

/** The first and last day of a range that ends today or before. */
export function daysOf(range: Range, today: string): { from: string; to: string } {
  const monday = addDays(today, 1 - weekdayOf(today));
  const days: Record<Range, { from: string; to: string }> = {
    today: { from: today, to: today },
    yesterday: { from: addDays(today, -1), to: addDays(today, -1) },
    last7: { from: addDays(today, -6), to: today },
    last30: { from: addDays(today, -29), to: today },
    last365: { from: addDays(today, -364), to: today },
    this_week: { from: monday, to: today },
    last_week: { from: addDays(monday, -7), to: addDays(monday, -1) },
    this_month: { from: startOfMonth(today), to: today },
    last_month: { from: startOfMonth(today, -1), to: addDays(startOfMonth(today), -1) },
  };
  return days[range];
}

/** Less than a week is compared with the same weekdays. */
function defaultComparison({ from, to }: { from: string; to: string }): Comparison {
  return daysBetween(from, to) < 6 ? 'week' : 'before';
}

/** A time of a report, with its days. */
export interface Period {
  from: string;
  to: string;
  /** Instants; `end` is exclusive. */
  start: number;
  end: number;
}

/**
 * The time of the report, and the time that it is compared with. A time that is not over yet is compared with one that is as
 * long as what has passed of it.
 *
 * @param zone the company's time zone
 */
export function periodsOf(
  { from, to, compare }: Pick<ReportFilter, 'from' | 'to' | 'compare'>,
  zone: string,
  now: number,
): { current: Period; before: Period | undefined } {
  const end = startOfDay(addDays(to, 1), zone);
  const current = { from, to, start: startOfDay(from, zone), end };
  if (compare === 'none') return { current, before: undefined };
  const days = compare === 'week' ? 7 : daysBetween(from, to) + 1;
  const [earlier, last] = [addDays(from, -days), addDays(to, -days)];
  const start = startOfDay(earlier, zone);
  const whole = startOfDay(addDays(last, 1), zone);
  const passed = Math.max(0, now - current.start);
  const isRunning = now < end && passed > 0;
  return {
    current,
    before: { from: earlier, to: last, start, end: isRunning ? Math.min(whole, start + passed) : whole },
  };
}
