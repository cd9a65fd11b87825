import { CompiledQuery, type Kysely, type QueryResult } from 'kysely';
import type { Tables } from './schema.js';
import type { Statement } from './connection.js';

/**
 * Runs a statement whose text is written already. For what every call needs: to build a query costs several times as much as to run it.
 * Each kind of statement must have one text, so that it stays prepared.
 */
export function runStatement<R>(
  db: Pick<Kysely<Tables>, 'executeQuery'>,
  { sql, parameters }: Statement,
): Promise<QueryResult<R>> {
  return db.executeQuery<R>(CompiledQuery.raw(sql, [...parameters]));
}
