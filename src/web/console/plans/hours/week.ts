/** Opening hours of a week as people see them: a span may go on after midnight, which the document writes as two. */

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

/** Of the document: `08:00` to `24:00`, within one day. */
export interface WrittenSpan {
  from: string;
  to: string;
}

/** Minutes since the day's midnight; `to` is up to 2880: after midnight it belongs to the next day. */
export interface Span {
  from: number;
  to: number;
}

export type WrittenWeek = Partial<Record<Day, WrittenSpan[]>>;
export type Week = Record<Day, Span[]>;

const DAY_MINUTES = 1440;
/** A span of the next day that ends later is not the rest of a night. */
const NIGHT_ENDS = 720;

export function readWeek(written: WrittenWeek): Week {
  const days = DAYS.map((day) => union((written[day] ?? []).map(readSpan).filter(({ from, to }) => from < to)));
  const rests = days.map((spans, day) => {
    const before = days[(day + 6) % 7] ?? [];
    const [first] = spans;
    const isRest = first?.from === 0 && first.to <= NIGHT_ENDS && before.at(-1)?.to === DAY_MINUTES;
    // A day that is open around the clock is no night of the one before.
    return isRest && before.at(-1)?.from !== 0 ? first.to : 0;
  });
  const week = days.map((spans, day) => {
    const own = (rests[day] ?? 0) > 0 ? spans.slice(1) : spans;
    const rest = rests[(day + 1) % 7] ?? 0;
    return own.map((span) => (span.to === DAY_MINUTES ? { ...span, to: DAY_MINUTES + rest } : span));
  });
  return Object.fromEntries(DAYS.map((day, index) => [day, week[index] ?? []])) as Week;
}

/** All days are written: one that is left out looks forgotten. */
export function writeWeek(week: Week): WrittenWeek {
  const days: Span[][] = DAYS.map(() => []);
  for (const [index, day] of DAYS.entries())
    for (const { from, to } of week[day]) {
      days[index]?.push({ from, to: Math.min(to, DAY_MINUTES) });
      if (to > DAY_MINUTES) days[(index + 1) % 7]?.push({ from: 0, to: to - DAY_MINUTES });
    }
  return Object.fromEntries(DAYS.map((day, index) => [day, union(days[index] ?? []).map(writeSpan)]));
}

/** The week with a span in addition; it is joined with those that it touches. */
export function withSpan(week: Week, day: Day, span: Span): Week {
  return { ...week, [day]: union([...week[day], span]) };
}

/** The week without these minutes of a day. */
export function withoutSpan(week: Week, day: Day, { from, to }: Span): Week {
  const left = week[day].flatMap((span) => [
    { from: span.from, to: Math.min(span.to, from) },
    { from: Math.max(span.from, to), to: span.to },
  ]);
  return { ...week, [day]: left.filter((span) => span.from < span.to) };
}

/** The span of two times of day; one that ends before it begins goes on after midnight. */
export function spanBetween(from: string, to: string): Span | undefined {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  if (start === undefined || end === undefined) return undefined;
  return { from: start, to: end <= start ? end + DAY_MINUTES : end };
}

/** A time of day, `00:00` for midnight at either end. */
export function timeOf(minutes: number): string {
  const inDay = minutes % DAY_MINUTES;
  return [Math.floor(inDay / 60), inDay % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

export function isAfterMidnight({ to }: Span): boolean {
  return to > DAY_MINUTES;
}

/** Joins spans that overlap or touch, in order. */
function union(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && span.from <= last.to)
      joined[joined.length - 1] = { ...last, to: Math.max(last.to, span.to) };
    else joined.push(span);
  }
  return joined;
}

export function readSpan({ from, to }: WrittenSpan): Span {
  return { from: minutesOf(from) ?? 0, to: minutesOf(to) ?? 0 };
}

export function writeSpan({ from, to }: Span): WrittenSpan {
  return { from: timeOf(from), to: to === DAY_MINUTES ? '24:00' : timeOf(to) };
}

function minutesOf(time: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(time) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}
