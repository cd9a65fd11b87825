import { sql } from 'kysely';
import type { Instant } from '../lib/clock.js';
import type { History } from '../storage/database.js';
import type { ReportName } from './contributions.js';
import { addAt, hasDaysOf, readDays, readHours, type HourSum } from './day-sums.js';
import {
  groupName,
  groupNumber,
  localDayOf,
  nextGroup,
  NUMBERING,
  numberOfDay,
  QUARTER_MS,
  segmentsOf,
  startOfLocalDay,
  type Grouping,
} from './slots.js';

export interface ReportFilter {
  from: Instant;
  /** Exclusive. */
  to: Instant;
  by: Grouping;
  /** IANA name. */
  zone: string;
  /** One queue, line, handset … */
  key?: string | undefined;
}

/** The sums of one key in one group. */
export interface ReportRow {
  /** As {@link groupName} says. */
  group: string;
  key: string;
  /** Sums by measure. */
  sums: Map<string, number>;
  /** Counts of durations by measure, then by the upper edge of their group. */
  counts: Map<string, Map<number, number>>;
}

interface SumRow {
  number: number;
  key: string;
  measure: string;
  bucket: number;
  value: number;
}

/** The rows of a report, which are made as sums are added. */
class Rows {
  readonly #rows = new Map<string, Map<number, ReportRow>>();

  constructor(private readonly by: Grouping) {}

  row(number: number, key: string): ReportRow {
    const ofKey = this.#rows.get(key) ?? new Map<number, ReportRow>();
    this.#rows.set(key, ofKey);
    const row = ofKey.get(number) ?? emptyRow(number, key, this.by);
    ofKey.set(number, row);
    return row;
  }

  /** Sorted by group, then by key. */
  sorted(): ReportRow[] {
    const keys = [...this.#rows].sort(([a], [b]) => compareKeys(a, b));
    const placed = keys.flatMap(([, rows]) => [...rows].map(([number, row]) => ({ number, row })));
    return placed.sort((a, b) => a.number - b.number).map(({ row }) => row);
  }
}

/** Reads the sums of reports. */
export class ReportReader {
  constructor(private readonly db: History) {}

  /** Sorted by group, then by key. Whole local days are read as such, when they are stored for the zone; the rest is read by slot. */
  async read(report: ReportName, filter: ReportFilter): Promise<ReportRow[]> {
    const { from, to, by, zone, key } = filter;
    const start = Math.floor(from / QUARTER_MS);
    const first = localDayOf(start - 1, zone) + 1;
    const end = localDayOf(Math.ceil(to / QUARTER_MS), zone);
    if (first >= end || !(await hasDaysOf(zone, this.db))) return this.#readSlots(report, filter);
    const rows = new Rows(by);
    const days = { report, first, end, key };
    const isByHour = by === 'hour' || by === 'weekday_hour';
    await (isByHour ? this.#addHours(rows, days, by) : this.#addDays(rows, days, by));
    await this.#addSlots(rows, report, { ...filter, to: startOfLocalDay(first, zone) * QUARTER_MS });
    await this.#addSlots(rows, report, { ...filter, from: startOfLocalDay(end, zone) * QUARTER_MS });
    // The company's time zone has changed meanwhile.
    if (!(await hasDaysOf(zone, this.db))) return this.#readSlots(report, filter);
    return rows.sorted();
  }

  /** Number of ended calls that the reports do not contain yet; many after an upgrade. */
  async pending(): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from calls where over = 1 and counted = 0`.execute(this.db);
    return rows[0]?.count ?? 0;
  }

  /**
   * Pauses of handsets: one row for each group, with the sum `pause`. A handset is paused while it is paused in any of its queues.
   * Events are kept as long as calls.
   */
  async pauses({ from, to, by, zone, key }: ReportFilter): Promise<ReportRow[]> {
    const events = await this.db
      .selectFrom('duty_events')
      .where('at', '<', to)
      .$if(key !== undefined, (query) => query.where('handset', '=', key ?? ''))
      .select(['at', 'node', 'handset', 'queue', 'event'])
      .orderBy('id')
      .execute();
    const rows = new Map<string, ReportRow>();
    const segments = segmentsOf(from, to, zone);
    const add = (handset: string, start: Instant, end: Instant) => {
      for (let at = Math.max(start, from); at < Math.min(end, to);) {
        const quarter = Math.floor(at / QUARTER_MS);
        const segment = segments.find(({ first, end: last }) => quarter >= first && quarter < last);
        const offset = segment?.offset ?? 0;
        const groupEnd = Math.min(nextGroup(quarter + offset, by) - offset, segment?.end ?? Infinity);
        const next = Math.min(groupEnd * QUARTER_MS, end, to);
        const number = groupNumber(quarter + offset, by);
        const row = rows.get(`${number} ${handset}`) ?? emptyRow(number, handset, by);
        rows.set(`${number} ${handset}`, row);
        addTo(row.sums, 'pause', next - at);
        at = next;
      }
    };
    for (const { handset, start, end } of pausesIn(events)) add(handset, start, end ?? to);
    return [...rows.values()];
  }

  async #readSlots(report: ReportName, filter: ReportFilter): Promise<ReportRow[]> {
    const rows = new Rows(filter.by);
    await this.#addSlots(rows, report, filter);
    return rows.sorted();
  }

  async #addDays(rows: Rows, days: Days, by: Grouping): Promise<void> {
    for (const { day, key, sums } of await readDays(this.db, days)) {
      const row = rows.row(numberOfDay(day, by), key);
      for (const [measure, bucket, value] of sums) addSum(row, measure, bucket, value);
    }
  }

  async #addHours(rows: Rows, days: Days, by: 'hour' | 'weekday_hour'): Promise<void> {
    for await (const { key, days: found } of readHours(this.db, days))
      for (const { measure, bucket, values } of hoursTogether(found, by))
        for (const [number, value] of values.entries())
          if (value !== 0) addSum(rows.row(number, key), measure, bucket, value);
  }

  async #addSlots(rows: Rows, report: ReportName, { from, to, by, zone, key }: ReportFilter): Promise<void> {
    const { length, shift, count } = NUMBERING[by];
    const ofKey = key === undefined ? sql`true` : sql`key = ${key}`;
    for (const { first, end, offset } of segmentsOf(from, to, zone)) {
      const { rows: found } = await sql<SumRow>`
        select ((slot + ${offset}) / ${length} + ${shift}) % ${count} as number, key, measure, bucket, sum(value) as value
        from report_counts
        where report = ${report} and slot >= ${first} and slot < ${end} and ${ofKey}
        group by 1, 2, 3, 4`.execute(this.db);
      for (const { number, key: name, measure, bucket, value } of found)
        addSum(rows.row(number, name), measure, bucket, value);
    }
  }
}

/** Adds the hours of days: the values of each measure by the number of their group. */
function hoursTogether(
  days: readonly { day: number; hours: HourSum[] }[],
  by: 'hour' | 'weekday_hour',
): Iterable<{ measure: string; bucket: number; values: number[] }> {
  const sums = new Map<string, { measure: string; bucket: number; values: number[] }>();
  for (const { day, hours } of days) {
    const first = by === 'hour' ? 0 : numberOfDay(day, by);
    for (const [measure, bucket, ofDay] of hours) {
      const id = `${bucket} ${measure}`;
      const sum = sums.get(id) ?? { measure, bucket, values: Array<number>(NUMBERING[by].count).fill(0) };
      sums.set(id, sum);
      // An iterator would take most of the time of a report.
      for (let hour = 0; hour < ofDay.length; hour += 1) addAt(sum.values, first + hour, ofDay[hour] ?? 0);
    }
  }
  return sums.values();
}

/** Whole local days from `first` on and before `end`. */
interface Days {
  report: ReportName;
  first: number;
  end: number;
  key: string | undefined;
}

interface Pause {
  handset: string;
  start: Instant;
  /** Undefined while it goes on. */
  end?: Instant;
}

interface DutyEvent {
  at: Instant;
  node: string;
  handset: string;
  queue: number;
  event: string;
}

/** The pauses in events, oldest first. A handset that is logged out of a queue is not paused there. */
function pausesIn(events: readonly DutyEvent[]): Pause[] {
  const all: Pause[] = [];
  const paused = new Map<string, { start: Instant; queues: Set<string> }>();
  for (const { at, node, handset, queue: number, event } of events) {
    const queue = `${node}/${number}`;
    const open = paused.get(handset) ?? { start: at, queues: new Set<string>() };
    if (event === 'paused') {
      if (open.queues.size === 0) open.start = at;
      paused.set(handset, { start: open.start, queues: open.queues.add(queue) });
    } else if (
      (event === 'unpaused' || event === 'logged_out') &&
      open.queues.delete(queue) &&
      open.queues.size === 0
    ) {
      all.push({ handset, start: open.start, end: at });
      paused.delete(handset);
    }
  }
  return [...all, ...[...paused].map(([handset, { start }]) => ({ handset, start }))];
}

function emptyRow(number: number, key: string, by: Grouping): ReportRow {
  return { group: groupName(number, by), key, sums: new Map(), counts: new Map() };
}

/** Keys such as numbers of queues in the order of numbers. */
const { compare: compareKeys } = new Intl.Collator('en', { numeric: true });

function addSum(row: ReportRow, measure: string, bucket: number, value: number): void {
  if (bucket === 0) {
    addTo(row.sums, measure, value);
    return;
  }
  const counts = row.counts.get(measure) ?? new Map<number, number>();
  row.counts.set(measure, counts);
  addTo(counts, bucket, value);
}

function addTo<K>(sums: Map<K, number>, key: K, value: number): void {
  sums.set(key, (sums.get(key) ?? 0) + value);
}
