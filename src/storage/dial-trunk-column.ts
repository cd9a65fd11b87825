import { sql, type Kysely } from 'kysely';

/** The trunk of a dial, for its limit of channels. */
export async function addDialTrunk(db: Kysely<unknown>): Promise<void> {
  await sql`alter table dials add column trunk text`.execute(db);
}
