import { session } from './session.js';
import { pageLanguage } from './texts.js';

const DAY_MS = 86_400_000; // eslint-disable-line no-restricted-syntax -- lib/time.ts is not for browsers

/** Formats a number in groups, such as `+420 777 888 999`; masked digits stay masked. */
export function groupDigits(number: string): string {
  const [, country = '', rest = number] = /^(\+420|\+421|\+7|\+\S{3}(?=\S{9}$))(\S+)$/.exec(number) ?? [];
  if (rest.length < 7) return number;
  const groups = rest.match(/.{3}(?=.{3})|.+/g) ?? [rest];
  return [country, ...groups].filter((part) => part !== '').join('\u00a0');
}

const tenths = new Intl.NumberFormat(pageLanguage, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Seconds with tenths, without a unit. */
export function formatSeconds(ms: number): string {
  return tenths.format(ms / 1000);
}

/** A duration, such as `1:05` or `1:02:30`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'));
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${parts.join(':')}` : parts.join(':').replace(/^0/, '');
}

/** European dates and times of 24 hours in English, too. */
const dateLocale = pageLanguage === 'en' ? 'en-GB' : pageLanguage;
const inZone = { timeZone: session.timeZone } as const;
const time = new Intl.DateTimeFormat(dateLocale, { ...inZone, hour: '2-digit', minute: '2-digit' });
const dayAndMonth = new Intl.DateTimeFormat(dateLocale, { ...inZone, day: 'numeric', month: 'numeric' });
const wholeDate = new Intl.DateTimeFormat(dateLocale, {
  ...inZone,
  day: 'numeric',
  month: 'numeric',
  year: 'numeric',
});
const exact = new Intl.DateTimeFormat(dateLocale, { ...inZone, dateStyle: 'medium', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('sv', inZone);
const relativeDay = new Intl.RelativeTimeFormat(pageLanguage, { numeric: 'auto' });

/** An instant as people say it: `today 21:02`, `yesterday 9:15`, `28. 11. 21:02`, with the year when it is another one. */
export function formatWhen(at: string, now = Date.now()): string {
  const instant = new Date(at);
  const [then, today] = [day.format(instant), day.format(now)];
  const daysAgo = Math.round((Date.parse(today) - Date.parse(then)) / DAY_MS);
  const date =
    daysAgo === 0 || daysAgo === 1
      ? relativeDay.format(-daysAgo, 'day')
      : (then.slice(0, 4) === today.slice(0, 4) ? dayAndMonth : wholeDate).format(instant);
  return `${date} ${time.format(instant)}`;
}

export function formatExactInstant(at: string | number): string {
  return exact.format(new Date(at));
}

export function formatTime(at: number): string {
  return time.format(at);
}
