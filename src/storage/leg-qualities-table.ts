import { sql, type Kysely } from 'kysely';

/** How well each leg of a call was heard. */
export async function addLegQualities(db: Kysely<unknown>): Promise<void> {
  await sql`create table leg_qualities (leg_id text primary key, call_id text not null references flows (id) on delete cascade,
    kind text not null, name text not null, ended_at integer not null, statistics text not null,
    counted integer not null default 0) without rowid`.execute(db);
  await sql`create index leg_qualities_by_call on leg_qualities (call_id, ended_at)`.execute(db);
  await sql`create index leg_qualities_to_count on leg_qualities (leg_id) where counted = 0`.execute(db);
}
