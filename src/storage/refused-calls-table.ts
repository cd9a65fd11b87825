import { sql, type Kysely } from 'kysely';

/** Calls that were refused before they had a flow. */
export async function addRefusedCalls(db: Kysely<unknown>): Promise<void> {
  await sql`create table refused_calls (id integer primary key autoincrement, at integer not null, last_at integer not null, reason text not null,
    dialled text not null, caller text not null, endpoint text not null, times integer not null)`.execute(db);
}
