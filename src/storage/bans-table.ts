import { sql, type Kysely } from 'kysely';

/** Banned addresses, and those that are not banned because somebody there has proved a password. */
export async function addBans(db: Kysely<unknown>): Promise<void> {
  // Rows of ended bans are kept for a while, since a further ban is longer.
  await sql`create table bans (address text primary key, since integer not null, until integer, cause text not null, source text,
    times integer not null, note text not null) without rowid`.execute(db);
  await sql`create table proved_addresses (address text primary key, at integer not null) without rowid`.execute(db);
}
