import { sql, type Kysely } from 'kysely';

/** Desk phones that fetch their settings, one for each handset. */
export async function addEnrolledPhones(db: Kysely<unknown>): Promise<void> {
  await sql`create table enrolled_phones (handset text primary key, mac text not null, secret_sha256 text not null unique,
    created_at integer not null, bound_at integer, bound_address text not null, fetched_at integer, device text not null)
    without rowid`.execute(db);
}
