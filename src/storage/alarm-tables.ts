import { sql, type Generated, type Kysely } from 'kysely';

/** `detail`: JSON. See alarms/rules.ts. */
export interface AlarmRow {
  id: Generated<number>;
  rule: string;
  subject: string;
  detail: string;
  begun_at: number;
  fired_at: number | null;
  good_since: number | null;
  resolved_at: number | null;
  sent_at: number | null;
  acknowledged_at: number | null;
  acknowledged_by: string | null;
}

/** `subject`: null for every subject of the rule. */
export interface AlarmSilenceRow {
  id: Generated<number>;
  rule: string;
  subject: string | null;
  until: number;
  reason: string;
  by: string;
  at: number;
}

/** Alarms with their history, and the silences of alarms. */
export async function addAlarms(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `create table alarms (id integer primary key autoincrement, rule text not null, subject text not null, detail text not null,
       begun_at integer not null, fired_at integer, good_since integer, resolved_at integer, sent_at integer, acknowledged_at integer,
       acknowledged_by text)`,
    'create unique index alarms_open on alarms (rule, subject) where resolved_at is null',
    `create table alarm_silences (id integer primary key autoincrement, rule text not null, subject text, until integer not null,
       reason text not null, "by" text not null, at integer not null)`,
  ]) {
    await sql.raw(statement).execute(db);
  }
}
