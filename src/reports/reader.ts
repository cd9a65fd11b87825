import { sql } from 'kysely';
import type { Instant } from '../lib/clock.js';
import type { History } from '../storage/database.js';
import type { ReportName } from './contributions.js';
import { hasDaysOf, readDays } from './day-sums.js';
import {
  groupName,
  groupNumber,
  localDayOf,
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
  /** `2026-11-21`, the hour `00` to `23`, or the weekday `1` (Monday) to `7`. */
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

/** Reads the sums of reports. */
export class ReportReader {
  constructor(private readonly db: History) {}

  /** Sorted by group, then by key. */
  async read(report: ReportName, filter: ReportFilter): Promise<ReportRow[]> {
    const rows = new Map<string, ReportRow & { number: number }>();
    for (const { number, key, measure, bucket, value } of await this.#sums(report, filter)) {
      const id = `${number} ${key}`;
      const row = rows.get(id) ?? { ...emptyRow(number, key, filter.by), number };
      rows.set(id, row);
      if (bucket === 0) addTo(row.sums, measure, value);
      else {
        const counts = row.counts.get(measure) ?? new Map<number, number>();
        addTo(counts, bucket, value);
        row.counts.set(measure, counts);
      }
    }
    const byPlace = (a: { number: number; key: string }, b: { number: number; key: string }) =>
      a.number - b.number || a.key.localeCompare(b.key, 'en', { numeric: true });
    return [...rows.values()].sort(byPlace);
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
      .select(['at', 'handset', 'queue', 'event'])
      .orderBy('id')
      .execute();
    const rows = new Map<string, ReportRow>();
    const segments = segmentsOf(from, to, zone);
    const add = (handset: string, start: Instant, end: Instant) => {
      for (let at = Math.max(start, from); at < Math.min(end, to);) {
        const quarter = Math.floor(at / QUARTER_MS);
        const next = Math.min((quarter + 1) * QUARTER_MS, end, to);
        const offset = segments.find(({ first, end: last }) => quarter >= first && quarter < last)?.offset ?? 0;
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

  /** Whole local days are read as such, when they are stored for the zone; the rest is read by slot. */
  async #sums(report: ReportName, filter: ReportFilter): Promise<SumRow[]> {
    const { from, to, by, zone, key } = filter;
    const start = Math.floor(from / QUARTER_MS);
    const first = localDayOf(start - 1, zone) + 1;
    const end = localDayOf(Math.ceil(to / QUARTER_MS), zone);
    if (by === 'hour' || first >= end || !(await hasDaysOf(zone, this.db))) return this.#slotSums(report, filter);
    const days = await readDays(this.db, { report, first, end, key });
    const before = await this.#slotSums(report, { ...filter, to: startOfLocalDay(first, zone) * QUARTER_MS });
    const after = await this.#slotSums(report, { ...filter, from: startOfLocalDay(end, zone) * QUARTER_MS });
    // The company's time zone has changed meanwhile.
    if (!(await hasDaysOf(zone, this.db))) return this.#slotSums(report, filter);
    const ofDays = days.flatMap(({ day, key: name, sums }) => {
      const number = numberOfDay(day, by);
      return sums.map(([measure, bucket, value]) => ({ number, key: name, measure, bucket, value }));
    });
    return [...before, ...ofDays, ...after];
  }

  async #slotSums(report: ReportName, { from, to, by, zone, key }: ReportFilter): Promise<SumRow[]> {
    const { length, shift, count } = NUMBERING[by];
    const all: SumRow[] = [];
    for (const { first, end, offset } of segmentsOf(from, to, zone)) {
      const { rows } = await sql<SumRow>`
        select ((slot + ${offset}) / ${length} + ${shift}) % ${count} as number, key, measure, bucket, sum(value) as value
        from report_counts
        where report = ${report} and slot >= ${first} and slot < ${end} and (${key ?? null} is null or key = ${key ?? null})
        group by 1, 2, 3, 4`.execute(this.db);
      all.push(...rows);
    }
    return all;
  }
}

interface Pause {
  handset: string;
  start: Instant;
  /** Undefined while it goes on. */
  end?: Instant;
}

/** The pauses in events, oldest first. A handset that is logged out of a queue is not paused there. */
function pausesIn(events: readonly { at: Instant; handset: string; queue: number; event: string }[]): Pause[] {
  const all: Pause[] = [];
  const paused = new Map<string, { start: Instant; queues: Set<number> }>();
  for (const { at, handset, queue, event } of events) {
    const open = paused.get(handset) ?? { start: at, queues: new Set<number>() };
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

function addTo<K>(sums: Map<K, number>, key: K, value: number): void {
  sums.set(key, (sums.get(key) ?? 0) + value);
}
