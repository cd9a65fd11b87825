import { sql, type Kysely } from 'kysely';

/** The end of a pause, for extended wrap-up times. */
export async function addPausedUntil(db: Kysely<unknown>): Promise<void> {
  await sql`alter table standings add column paused_until integer`.execute(db);
}
