import { sql, type RawBuilder } from 'kysely';
import type { Database } from './database.js';

/**
 * SQL that both databases know. Besides these: a comparison is no number (`case when`, `filter (where …)`), a group has no columns of a single
 * row, a number in place of a column that both could read as text needs a cast.
 */

/** The text at a path of a JSON text, such as `with.handset`; null where there is none. */
export function jsonText(column: string, path: string): RawBuilder<string | null> {
  return sql<string | null>`json_extract(${sql.ref(column)}, ${sql.lit(`$.${path}`)})`;
}

/** The greater of two numbers, neither of which is null. */
export function greater(a: RawBuilder<unknown>, b: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`case when ${a} > ${b} then ${a} else ${b} end`;
}

/** A column in a condition that is not looked up in an index. */
export function withoutIndex(column: string): RawBuilder<unknown> {
  return sql`coalesce(${sql.ref(column)}, ${sql.ref(column)})`;
}

/** Makes SQLite read a table by that index. PostgreSQL decides by its statistics. */
export function indexedBy(db: Pick<Database, 'kind'>, index: string): RawBuilder<unknown> {
  return db.kind === 'sqlite' ? sql`indexed by ${sql.ref(index)}` : sql``;
}
