import { sql, type RawBuilder } from 'kysely';

/** A place in a list that goes from the newest to the oldest. */
export interface Cursor {
  startedAt: number;
  id: string;
}

/** Holds for the rows (with `started_at` and `id`) that come after that place. */
export function isAfter({ startedAt, id }: Cursor): RawBuilder<boolean> {
  return sql<boolean>`(started_at, id) < (${startedAt}, ${id})`;
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
