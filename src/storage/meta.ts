import type { Kysely } from 'kysely';
import type { Tables } from './schema.js';

/** The value of an entry of `meta`; undefined when there is none. */
export async function readMeta(db: Pick<Kysely<Tables>, 'selectFrom'>, key: string): Promise<string | undefined> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value;
}

/** Inserts or replaces an entry of `meta`. @param db the database, or a transaction */
export async function writeMeta(db: Kysely<Tables>, key: string, value: string): Promise<void> {
  await db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}
