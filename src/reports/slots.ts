import { IANAZone } from 'luxon';
import type { Instant } from '../lib/clock.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../lib/time.js';

/** Reports are counted in quarter hours since 1970, because the offsets of time zones are multiples of a quarter hour. */
export const QUARTER_MS = 15 * MINUTE_MS;
const QUARTERS_OF_HOUR = HOUR_MS / QUARTER_MS;
const QUARTERS_OF_DAY = DAY_MS / QUARTER_MS;
export const HOURS_OF_DAY = DAY_MS / HOUR_MS;
const DAYS_OF_WEEK = 7;

export const groupings = ['hour', 'day', 'weekday', 'weekday_hour'] as const;
export type Grouping = (typeof groupings)[number];

/** Quarter hours from `first` on and before `end`, in which local time is `offset` quarter hours ahead of UTC. */
export interface Segment {
  first: number;
  end: number;
  offset: number;
}

/**
 * The slot that counts an instant: its hour, or its quarter hour in a zone whose offset is no whole hour. Fewer slots make reports
 * faster.
 */
export function slotOf(at: Instant, zone: string): number {
  const quarter = Math.floor(at / QUARTER_MS);
  return offsetAt(at, zone) % QUARTERS_OF_HOUR === 0 ? quarter - (quarter % QUARTERS_OF_HOUR) : quarter;
}

/** Splits a time where the offset of the zone changes. */
export function segmentsOf(from: Instant, to: Instant, zone: string): Segment[] {
  const [start, end] = [Math.floor(from / QUARTER_MS), Math.ceil(to / QUARTER_MS)];
  const segments: Segment[] = [];
  for (let first = start; first < end;) {
    const offset = offsetAt(first * QUARTER_MS, zone);
    let next = first;
    while (next < end && offsetAt(next * QUARTER_MS, zone) === offset) next += QUARTERS_OF_DAY;
    // The change is within the last day.
    if (next >= end) next = end;
    while (next - 1 > first && offsetAt((next - 1) * QUARTER_MS, zone) !== offset) next -= 1;
    segments.push({ first, end: next, offset });
    first = next;
  }
  return segments;
}

/**
 * How a grouping numbers a quarter hour of local time: `(floor(quarter / length) + shift) % count`. 1970-01-01 was a Thursday, the fourth
 * day of the week.
 */
export const NUMBERING: Record<Grouping, { length: number; shift: number; count: number }> = {
  hour: { length: QUARTERS_OF_HOUR, shift: 0, count: 24 },
  day: { length: QUARTERS_OF_DAY, shift: 0, count: Number.MAX_SAFE_INTEGER },
  weekday: { length: QUARTERS_OF_DAY, shift: 3, count: DAYS_OF_WEEK },
  weekday_hour: { length: QUARTERS_OF_HOUR, shift: 3 * HOURS_OF_DAY, count: DAYS_OF_WEEK * HOURS_OF_DAY },
};

/** Number of the group of a quarter hour in local time. */
export function groupNumber(local: number, by: Grouping): number {
  const { length, shift, count } = NUMBERING[by];
  return (Math.floor(local / length) + shift) % count;
}

/** Number of the group of a local day, or of its first hour. */
export function numberOfDay(day: number, by: Grouping): number {
  return groupNumber(day * QUARTERS_OF_DAY, by);
}

/**
 * Name of a group by its number: the hour `00` to `23`, the day `2026-11-21`, the weekday `1` (Monday) to `7`, or weekday and hour
 * `1-09`.
 */
export function groupName(group: number, by: Grouping): string {
  switch (by) {
    case 'hour':
      return String(group).padStart(2, '0');
    case 'weekday_hour':
      return `${groupName(Math.floor(group / HOURS_OF_DAY), 'weekday')}-${groupName(group % HOURS_OF_DAY, 'hour')}`;
    case 'day':
      return new Date(group * DAY_MS).toISOString().slice(0, 'yyyy-mm-dd'.length);
    case 'weekday':
      return String(group + 1);
  }
}

/** The day of a quarter hour in local time, in days since 1970-01-01. */
export function localDayOf(slot: number, zone: string): number {
  return localHourOf(slot, zone).day;
}

/** The local day of a quarter hour, as above, and its hour 0 to 23. */
export function localHourOf(slot: number, zone: string): { day: number; hour: number } {
  const local = slot + offsetAt(slot * QUARTER_MS, zone);
  return { day: Math.floor(local / QUARTERS_OF_DAY), hour: groupNumber(local, 'hour') };
}

/** The quarter hour, in local time, with which the group after that of `local` begins. */
export function nextGroup(local: number, by: Grouping): number {
  const { length } = NUMBERING[by];
  return (Math.floor(local / length) + 1) * length;
}

/** The first quarter hour of a local day. Local time never returns to the day before. */
export function startOfLocalDay(day: number, zone: string): number {
  // No zone is a whole day away from UTC.
  let before = (day - 1) * QUARTERS_OF_DAY;
  let within = (day + 1) * QUARTERS_OF_DAY;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (localDayOf(middle, zone) < day) before = middle;
    else within = middle;
  }
  return within;
}

/** Ahead of UTC, in quarter hours. */
function offsetAt(at: Instant, zone: string): number {
  return (IANAZone.create(zone).offset(at) * MINUTE_MS) / QUARTER_MS;
}
