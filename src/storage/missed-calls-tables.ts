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
