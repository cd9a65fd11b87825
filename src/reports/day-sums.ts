import { sql, type Kysely } from 'kysely';
import type { Database, History } from '../storage/database.js';
import { readMeta, writeMeta } from '../storage/meta.js';
import type { Tables } from '../storage/schema.js';
import { inSlices } from '../storage/slices.js';
import type { Contribution } from './contributions.js';
import { HOURS_OF_DAY, localDayOf, localHourOf, startOfLocalDay } from './slots.js';

/** The entry of `meta` that describes the tables `report_days` and `report_hours`. */
const META_KEY = 'report_days';

/** Measure, bucket and value. */
export type Sum = [measure: string, bucket: number, value: number];

/** Measure, bucket, and the values of the hours 0 to 23. */
export type HourSum = [measure: string, bucket: number, values: number[]];

/** The time zone of the stored days. */
interface DaysState {
  /** IANA name. */
  zone: string;
  /** Days from this slot on are not built yet; null when all are. */
  next: number | null;
}

export type SlotContribution = Contribution & { slot: number };

/** Undefined before the first days are built. */
export async function readDaysState(db: Pick<Kysely<Tables>, 'selectFrom'>): Promise<DaysState | undefined> {
  const stored = await readMeta(db, META_KEY);
  return stored === undefined ? undefined : (JSON.parse(stored) as DaysState);
}

/** True when the table has all whole days of the zone. */
export async function hasDaysOf(zone: string, db: Pick<Kysely<Tables>, 'selectFrom'>): Promise<boolean> {
  const state = await readDaysState(db);
  return state?.zone === zone && state.next === null;
}

/** Adds to the sums of local days, in the transaction that adds the same to the slots. Days that are not built yet are left out. */
export async function addToDays(tx: Kysely<Tables>, contributions: Iterable<SlotContribution>): Promise<void> {
  const state = await readDaysState(tx);
  if (state === undefined) return;
  const { zone, next } = state;
  for (const sums of daysOf(contributions, zone)) {
    if (next !== null && startOfLocalDay(sums.day, zone) >= next) continue;
    const stored = await tx
      .selectFrom('report_hours')
      .select('hours')
      .where('report', '=', sums.report)
      .where('key', '=', sums.key)
      .where('day', '=', sums.day)
      .executeTakeFirst();
    if (stored !== undefined) for (const sum of JSON.parse(stored.hours) as HourSum[]) addHours(sums.hours, sum);
    await writeDay(tx, sums);
  }
}

async function writeDay(tx: Kysely<Tables>, { report, day, key, hours }: DaySums): Promise<void> {
  const all = [...hours.values()];
  const byHour = JSON.stringify(all);
  const sums = JSON.stringify(all.map(([measure, bucket, values]): Sum => [measure, bucket, total(values)]));
  await tx
    .insertInto('report_days')
    .values({ report, day, key, sums })
    .onConflict((conflict) => conflict.columns(['report', 'day', 'key']).doUpdateSet({ sums }))
    .execute();
  await tx
    .insertInto('report_hours')
    .values({ report, day, key, hours: byHour })
    .onConflict((conflict) => conflict.columns(['report', 'key', 'day']).doUpdateSet({ hours: byHour }))
    .execute();
}

/**
 * Builds the days of a zone from the slots, unless they exist: after an upgrade, and after a change of the company's time zone. An
 * interrupted build continues where it was. Nothing else may add to the reports meanwhile.
 */
export async function buildDays(db: Database, zone: string, isStopped: () => boolean): Promise<void> {
  if (await hasDaysOf(zone, db)) return;
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select min(slot) as first, max(slot) as last from report_counts`.execute(db.history);
  const first = rows[0]?.first ?? 0;
  const last = rows[0]?.last ?? -1;
  const begun = await beginBuild(db, zone, localDayOf(first, zone));
  const days: number[] = [];
  for (let day = begun; startOfLocalDay(day, zone) <= last; day += 1) days.push(day);
  await inSlices(days, async (slice) => {
    if (!isStopped()) await buildSlice(db, zone, slice);
  });
  if (isStopped()) return;
  await db.transaction().execute(async (tx) => {
    await removeDays(tx, begun + days.length, Number.MAX_SAFE_INTEGER);
    await writeState(tx, { zone, next: null });
  });
}

/** @returns the day to continue with */
async function beginBuild(db: Database, zone: string, first: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const state = await readDaysState(tx);
    if (state?.zone === zone && state.next !== null) return localDayOf(state.next, zone);
    await removeDays(tx, Number.MIN_SAFE_INTEGER, first);
    await writeState(tx, { zone, next: startOfLocalDay(first, zone) });
    return first;
  });
}

async function buildSlice(db: Database, zone: string, days: readonly number[]): Promise<void> {
  const [first = 0] = days;
  const end = first + days.length;
  const next = startOfLocalDay(end, zone);
  const { rows } = await sql<SlotContribution>`
    select report, slot, key, measure, bucket, value from report_counts
    where slot >= ${startOfLocalDay(first, zone)} and slot < ${next}`.execute(db.history);
  await db.transaction().execute(async (tx) => {
    await removeDays(tx, first, end);
    for (const sums of daysOf(rows, zone)) await writeDay(tx, sums);
    await writeState(tx, { zone, next });
  });
}

/** The sums of whole local days from `first` on and before `end`. */
export async function readDays(
  db: History,
  { report, first, end, key }: { report: string; first: number; end: number; key: string | undefined },
): Promise<{ day: number; key: string; sums: Sum[] }[]> {
  const rows = await db
    .selectFrom('report_days')
    .select(['day', 'key', 'sums'])
    .where('report', '=', report)
    .where('day', '>=', first)
    .where('day', '<', end)
    .$if(key !== undefined, (query) => query.where('key', '=', key ?? ''))
    .execute();
  return rows.map((row) => ({ ...row, sums: JSON.parse(row.sums) as Sum[] }));
}

/**
 * Reads the sums by hour of whole local days from `first` on and before `end`, one key after the other: all keys at once would be many
 * megabytes.
 */
export async function* readHours(
  db: History,
  { report, first, end, key }: { report: string; first: number; end: number; key: string | undefined },
): AsyncGenerator<{ key: string; days: { day: number; hours: HourSum[] }[] }> {
  for (const each of key === undefined ? await keysOf(db, { report, first, end }) : [key]) {
    const rows = await db
      .selectFrom('report_hours')
      .select(['day', 'hours'])
      .where('report', '=', report)
      .where('key', '=', each)
      .where('day', '>=', first)
      .where('day', '<', end)
      .execute();
    yield { key: each, days: rows.map(({ day, hours }) => ({ day, hours: JSON.parse(hours) as HourSum[] })) };
  }
}

async function keysOf(
  db: History,
  { report, first, end }: { report: string; first: number; end: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('report_days')
    .select('key')
    .distinct()
    .where('report', '=', report)
    .where('day', '>=', first)
    .where('day', '<', end)
    .execute();
  return rows.map(({ key }) => key);
}

/** Removes the days from `first` on and before `end`. @returns the number of removed rows */
export async function removeDays(db: Kysely<Tables>, first: number, end: number): Promise<number> {
  let removed = 0;
  for (const table of ['report_days', 'report_hours'] as const) {
    const gone = db.deleteFrom(table).where('day', '>=', first).where('day', '<', end);
    removed += Number((await gone.executeTakeFirst()).numDeletedRows);
  }
  return removed;
}

interface DaySums {
  report: string;
  day: number;
  key: string;
  hours: Map<string, HourSum>;
}

function daysOf(contributions: Iterable<SlotContribution>, zone: string): Iterable<DaySums> {
  const days = new Map<string, DaySums>();
  const placeOfSlot = new Map<number, { day: number; hour: number }>();
  for (const { report, slot, key, measure, bucket, value } of contributions) {
    const place = placeOfSlot.get(slot) ?? localHourOf(slot, zone);
    placeOfSlot.set(slot, place);
    const { day, hour } = place;
    const id = JSON.stringify([report, day, key]);
    const sums = days.get(id) ?? { report, day, key, hours: new Map<string, HourSum>() };
    days.set(id, sums);
    addAt(hoursOf(sums.hours, measure, bucket), hour, value);
  }
  return days.values();
}

function addHours(all: Map<string, HourSum>, [measure, bucket, values]: HourSum): void {
  const before = hoursOf(all, measure, bucket);
  for (const [hour, value] of values.entries()) addAt(before, hour, value);
}

/** The values of a measure by hour; adds zeros when there are none. */
function hoursOf(all: Map<string, HourSum>, measure: string, bucket: number): number[] {
  const id = `${bucket} ${measure}`;
  const known = all.get(id) ?? [measure, bucket, Array<number>(HOURS_OF_DAY).fill(0)];
  all.set(id, known);
  return known[2];
}

/** Adds to a value of a list. */
export function addAt(values: number[], index: number, value: number): void {
  values[index] = (values[index] ?? 0) + value;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

async function writeState(tx: Kysely<Tables>, state: DaysState): Promise<void> {
  await writeMeta(tx, META_KEY, JSON.stringify(state));
}
