import { sql, type Kysely } from 'kysely';

/** Sums for reports, and the marks of calls and notifications that are in them. Those of earlier versions are added in the background. */
export async function addReports(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `create table report_counts (report text not null, slot integer not null, key text not null, measure text not null, bucket integer not null,
       value integer not null, primary key (report, slot, key, measure, bucket)) without rowid`,
    'create index report_counts_by_slot on report_counts (slot)',
    'alter table calls add column counted integer not null default 0',
    'create index calls_uncounted on calls (id) where over = 1 and counted = 0',
    'alter table notifications add column counted integer not null default 0',
    "create index notifications_uncounted on notifications (id) where state = 'done' and counted = 0",
  ])
    await sql.raw(statement).execute(db);
}

/** Sums of whole days in the company's time zone, so that reports of a year read few rows. Built in the background. */
export async function addReportDays(db: Kysely<unknown>): Promise<void> {
  await sql`create table report_days (report text not null, day integer not null, key text not null, sums text not null,
    primary key (report, day, key)) without rowid`.execute(db);
  await sql`create index report_days_by_day on report_days (day)`.execute(db);
}

/**
 * The sums of each day by its hours, so that reports by hour read a row a day as well. The days of earlier versions have none: they are
 * built again in the background.
 */
export async function addReportHours(db: Kysely<unknown>): Promise<void> {
  await sql`create table report_hours (report text not null, key text not null, day integer not null, hours text not null,
    primary key (report, key, day)) without rowid`.execute(db);
  await sql`create index report_hours_by_day on report_hours (day)`.execute(db);
  await sql`delete from meta where key = 'report_days'`.execute(db);
  await sql`delete from report_days`.execute(db);
}
