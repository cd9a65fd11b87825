import { addDays, daysBetween } from '../dates.js';
import type { Grouping, Period } from './filter.js';

/** A row of any report. A measure that the report does not have is undefined. */
export interface ReportRow {
  group: string;
  key: string;
  name?: string | null;
  keys?: Record<string, number>;
  results?: Record<string, number>;
  [measure: string]: unknown;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'];
/** How a measure is written. */
export type Format = 'count' | 'duration' | 'share' | 'latency' | 'score';

/** An axis is at least this high, so that its mark says something. */
export const LEAST_TOP: Record<Format, number> = { count: 1, duration: 10_000, share: 1, latency: 10, score: 1 };
/** Colours of a heat map, without that of nothing. */
export const HEAT_LEVELS = 5;

/** The groups of a report in order, also those without a row: the API returns only what is not empty. */
export function groupsOf(by: Grouping, { from, to }: Pick<Period, 'from' | 'to'>): string[] {
  if (by === 'hour') return HOURS;
  if (by === 'weekday') return WEEKDAYS;
  if (by === 'weekday_hour') return WEEKDAYS.flatMap((weekday) => HOURS.map((hour) => `${weekday}-${hour}`));
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));
}

/** A group of the time of the report beside the group that it is compared with. */
export interface Pair {
  group: string;
  row: ReportRow | undefined;
  before: ReportRow | undefined;
}

/** Days are compared by their place in the period, hours and weekdays by themselves. @param key of the rows */
export function pairsOf(
  by: Grouping,
  key: string,
  current: { period: Period; rows: readonly ReportRow[] },
  before: { period: Period; rows: readonly ReportRow[] } | undefined,
): Pair[] {
  const earlier = before === undefined ? [] : groupsOf(by, before.period);
  return groupsOf(by, current.period).map((group, index) => ({
    group,
    row: rowOf(current.rows, group, key),
    before: before === undefined ? undefined : rowOf(before.rows, earlier[index], key),
  }));
}

/** Without the hours before the first and after the last call of any day: the night is no news. Days and weekdays are all kept. */
export function withoutNight(by: Grouping, pairs: readonly Pair[]): Pair[] {
  if (by !== 'hour' && by !== 'weekday_hour') return [...pairs];
  const busy = pairs.filter(({ row, before }) => row !== undefined || before !== undefined).map(hourOf);
  const [first, last] = [Math.min(...busy), Math.max(...busy)];
  return pairs.filter((pair) => hourOf(pair) >= first && hourOf(pair) <= last);
}

/** The rows of a matrix of hours and weekdays. */
export function hoursByWeekday(pairs: readonly Pair[]): { hour: number; weekdays: Pair[] }[] {
  const hours = [...new Set(pairs.map(hourOf))].sort((a, b) => a - b);
  return hours.map((hour) => ({ hour, weekdays: pairs.filter((pair) => hourOf(pair) === hour) }));
}

/** The hour of a group by hour, or by weekday and hour. */
function hourOf({ group }: Pair): number {
  return Number(group.slice(-2));
}

/** The colour of a value: 0 for none, up to {@link HEAT_LEVELS}. @param top the value of the last colour */
export function heatLevel(value: number | null, top: number): number {
  return Math.min(HEAT_LEVELS, Math.ceil(((value ?? 0) / top) * HEAT_LEVELS));
}

function rowOf(rows: readonly ReportRow[], group: string | undefined, key: string): ReportRow | undefined {
  return rows.find((row) => row.group === group && row.key === key);
}

/** The totals beside those of the other time, by key: first the keys of now, then those that only the other time has. */
export function totalPairsOf(totals: readonly ReportRow[], before: readonly ReportRow[] | undefined): Pair[] {
  const gone = (before ?? []).filter(({ key }) => !totals.some((row) => row.key === key));
  return [
    ...totals.map((row) => ({ group: row.key, row, before: before?.find(({ key }) => key === row.key) })),
    ...gone.map((row) => ({ group: row.key, row: undefined, before: row })),
  ];
}

/** The value of a measure; null when there is none. */
export function numberIn(row: ReportRow | undefined, measure: string): number | null {
  const value = row?.[measure];
  return typeof value === 'number' ? value : null;
}

/** How much more it is than before, as a share; undefined when there is nothing to compare. */
export function changeOf(now: number | null, before: number | null): number | undefined {
  return now === null || before === null || before === 0 ? undefined : (now - before) / before;
}

/** The highest mark of an axis: a round number that is not below the highest value. */
export function axisTop(highest: number): number {
  if (highest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  const step = [1, 2, 5, 10].find((each) => each * power >= highest) ?? 10;
  return step * power;
}

/** Which labels of an axis have room: every one, or every second, third … */
export function labelStep(count: number, most: number): number {
  return Math.max(1, Math.ceil(count / most));
}
