import { sql, type Kysely } from 'kysely';
import type { Database, History } from '../storage/database.js';
import { readMeta, writeMeta } from '../storage/meta.js';
import type { Tables } from '../storage/schema.js';
import { inSlices } from '../storage/slices.js';
import type { Contribution } from './contributions.js';
import { localDayOf, startOfLocalDay } from './slots.js';

/** The entry of `meta` that describes the table `report_days`. */
const META_KEY = 'report_days';

/** Measure, bucket and value. */
export type Sum = [measure: string, bucket: number, value: number];

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
  for (const { day, report, key, sums } of daysOf(contributions, zone)) {
    if (next !== null && startOfLocalDay(day, zone) >= next) continue;
    const stored = await tx
      .selectFrom('report_days')
      .select('sums')
      .where('report', '=', report)
      .where('day', '=', day)
      .where('key', '=', key)
      .executeTakeFirst();
    if (stored !== undefined) for (const sum of JSON.parse(stored.sums) as Sum[]) addSum(sums, sum);
    const text = JSON.stringify([...sums.values()]);
    await tx
      .insertInto('report_days')
      .values({ report, day, key, sums: text })
      .onConflict((conflict) => conflict.columns(['report', 'day', 'key']).doUpdateSet({ sums: text }))
      .execute();
  }
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
    await tx
      .deleteFrom('report_days')
      .where('day', '>=', begun + days.length)
      .execute();
    await writeState(tx, { zone, next: null });
  });
}

/** @returns the day to continue with */
async function beginBuild(db: Database, zone: string, first: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const state = await readDaysState(tx);
    if (state?.zone === zone && state.next !== null) return localDayOf(state.next, zone);
    await tx.deleteFrom('report_days').where('day', '<', first).execute();
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
    await tx.deleteFrom('report_days').where('day', '>=', first).where('day', '<', end).execute();
    for (const { day, report, key, sums } of daysOf(rows, zone))
      await tx
        .insertInto('report_days')
        .values({ report, day, key, sums: JSON.stringify([...sums.values()]) })
        .execute();
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

interface DaySums {
  report: string;
  day: number;
  key: string;
  sums: Map<string, Sum>;
}

function daysOf(contributions: Iterable<SlotContribution>, zone: string): Iterable<DaySums> {
  const days = new Map<string, DaySums>();
  const dayOfSlot = new Map<number, number>();
  for (const { report, slot, key, measure, bucket, value } of contributions) {
    const day = dayOfSlot.get(slot) ?? localDayOf(slot, zone);
    dayOfSlot.set(slot, day);
    const id = JSON.stringify([report, day, key]);
    const sums = days.get(id) ?? { report, day, key, sums: new Map<string, Sum>() };
    days.set(id, sums);
    addSum(sums.sums, [measure, bucket, value]);
  }
  return days.values();
}

function addSum(sums: Map<string, Sum>, [measure, bucket, value]: Sum): void {
  const id = `${bucket} ${measure}`;
  sums.set(id, [measure, bucket, (sums.get(id)?.[2] ?? 0) + value]);
}

async function writeState(tx: Kysely<Tables>, state: DaysState): Promise<void> {
  await writeMeta(tx, META_KEY, JSON.stringify(state));
}
