import { sql, type SelectQueryBuilder } from 'kysely';
import type { Tables } from './schema.js';

/** A position in a list sorted from newest to oldest. */
export interface Cursor {
  startedAt: number;
  id: string;
}

/** The requested part of the list. */
export interface Page {
  after?: Cursor | undefined;
  /** Number of newest rows to skip. */
  offset?: number;
  limit: number;
}

/**
 * One page of a query on a table with `started_at` and `id`. `next` as in {@link pageOf}.
 * @param table the table that defines the order in a join
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
 * Builds a page from one row more than the page holds.
 * @returns `next`: the start of the following page; undefined on the last page
 */
export function pageOf<R extends { started_at: number; id: string }>(
  found: R[],
  limit: number,
): { rows: R[]; next: Cursor | undefined } {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last ? { startedAt: last.started_at, id: last.id } : undefined };
}
