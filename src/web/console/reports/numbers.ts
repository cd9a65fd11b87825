import { formatDuration } from '../format.js';
import { pageLanguage } from '../texts.js';
import type { Grouping } from './filter.js';
import type { Format } from './series.js';
import { texts } from './texts.js';

const whole = new Intl.NumberFormat(pageLanguage);
const share = new Intl.NumberFormat(pageLanguage, { style: 'percent', maximumFractionDigits: 0 });
const score = new Intl.NumberFormat(pageLanguage, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const change = new Intl.NumberFormat(pageLanguage, {
  style: 'percent',
  maximumFractionDigits: 0,
  signDisplay: 'exceptZero',
});
/** European dates in English, too. */
const locale = pageLanguage === 'en' ? 'en-GB' : pageLanguage;
const dayName = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'numeric' });
const longDayName = new Intl.DateTimeFormat(locale, {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'numeric',
});
const weekdayName = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short' });
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000; // eslint-disable-line no-restricted-syntax -- lib/time.ts is not for browsers

const FORMATS: Record<Format, (value: number) => string> = {
  count: (value) => whole.format(value),
  duration: formatDuration,
  share: (value) => share.format(value),
  score: (value) => score.format(value),
  latency: (value) => `${whole.format(value)}\u00a0${texts.milliseconds}`,
};

/** A measured value in words; a dash when there is none. */
export function formatValue(value: number | null, format: Format): string {
  return value === null ? '–' : FORMATS[format](value);
}

/** Such as `+12 %`. */
export function formatChange(value: number): string {
  return change.format(value);
}

/** A day, hour or weekday; `short` for an axis. */
export function groupName(group: string, by: Grouping, length: 'short' | 'long' = 'long'): string {
  if (by === 'hour') return length === 'short' ? String(Number(group)) : `${Number(group)}:00`;
  if (by === 'weekday_hour') {
    const [weekday = '', hour = ''] = group.split('-');
    return `${groupName(weekday, 'weekday')} ${groupName(hour, 'hour', length)}`;
  }
  if (by === 'weekday') return weekdayName.format(MONDAY + (Number(group) - 1) * DAY_MS);
  return (length === 'short' ? dayName : longDayName).format(Date.parse(group));
}
