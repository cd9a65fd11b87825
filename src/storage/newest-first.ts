import { sql, type SelectQueryBuilder } from 'kysely';
import type { Tables } from './schema.js';

/** A place in a list that goes from the newest to the oldest. */
export interface Cursor {
  startedAt: number;
  id: string;
}

/** Which part of the list is asked for. */
export interface Page {
  after?: Cursor | undefined;
  /** So many of the newest are left out. */
  offset?: number;
  limit: number;
}

/**
 * The rows of a query on a table with `started_at` and `id`, a page of them. `next` as in {@link pageOf}.
 * @param table whose columns give the order, where several are joined
 */
export async function newestFirst<T extends keyof Tables, R extends { started_at: number; id: string }>(
  query: SelectQueryBuilder<Tables, T, R>,
  { after, offset = 0, limit }: Page,
  table?: T & string,
): Promise<{ rows: R[]; next: Cursor | undefined }> {
  const startedAt = sql.ref(table === undefined ? 'started_at' : `${table}.started_at`);
  const id = sql.ref(table === undefined ? 'id' : `${table}.id`);
  const behind =
    after === undefined ? query : query.where(sql<boolean>`(${startedAt}, ${id}) < (${after.startedAt}, ${after.id})`);
  const found = await behind
    .orderBy(startedAt, 'desc')
    .orderBy(id, 'desc')
    .limit(limit + 1)
    .offset(offset)
    .execute();
  return pageOf(found, limit);
}

/**
 * A page of the list, out of one row more than the page takes.
 * @returns `next`: where the following page begins; undefined on the last
 */
export function pageOf<R extends { started_at: number; id: string }>(
  found: R[],
  limit: number,
): { rows: R[]; next: Cursor | undefined } {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last ? { startedAt: last.started_at, id: last.id } : undefined };
}
