import { z } from 'zod';
import type { Cursor } from '../storage/newest-first.js';
import { invalid } from './problem.js';

const content = z.tuple([z.number().int(), z.string()]);

/** `next` of a page; null on the last one. */
export function formatCursor(next: Cursor | undefined): string | null {
  if (next === undefined) return null;
  return Buffer.from(JSON.stringify([next.startedAt, next.id])).toString('base64url');
}

/** @param cursor undefined: the first page is wanted @throws {Problem} 422, for the query's field `cursor` */
export function parseCursor(cursor: string | undefined): Cursor | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [startedAt, id] = content.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { startedAt, id };
  } catch {
    throw invalid([{ field: 'query.cursor', detail: 'send the `next` of the previous page, or omit the cursor' }]);
  }
}
