import { sql, type Kysely } from 'kysely';

/** Entries of people about missed calls, and an index of missed calls. */
export async function addMissedCalls(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `create table missed_calls_done (id integer primary key autoincrement, number text not null, at integer not null, "by" text not null,
       note text not null)`,
    'create index missed_calls_done_by_number on missed_calls_done (number, at)',
    `create index calls_missed on calls (number, started_at, id) where direction = 'incoming'
       and outcome in ('lost', 'unanswered', 'busy', 'unreachable', 'failed') and number <> ''`,
  ])
    await sql.raw(statement).execute(db);
}

/** Indexes with which the list of missed calls reads only its own time, and the last answered call of a number in one step. */
export async function addMissedCallsByTime(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    `create index calls_missed_by_time on calls (started_at, number, id, direction, outcome) where direction = 'incoming'
       and outcome in ('lost', 'unanswered', 'busy', 'unreachable', 'failed') and number <> ''`,
    "create index calls_answered on calls (number, started_at, id) where outcome = 'answered'",
  ])
    await sql.raw(statement).execute(db);
}
