import type { Kysely } from 'kysely';
import { MAIN_NODE } from './node-lease/lease-rows.js';
import type { Tables } from './schema.js';

/** The key of an entry that each node has of its own. */
export function keyOfNode(key: string, node: string): string {
  return node === MAIN_NODE ? key : `${key} ${node}`;
}

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
