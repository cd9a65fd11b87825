import { z } from 'zod';
import type { Cursor } from '../storage/newest-first.js';
import { invalid } from './problem.js';

const content = z.tuple([z.number().int(), z.string()]);

export function formatCursor({ startedAt, id }: Cursor): string {
  return Buffer.from(JSON.stringify([startedAt, id])).toString('base64url');
}

/** @throws {Problem} 422, for the query's field `cursor` */
export function parseCursor(cursor: string): Cursor {
  try {
    const [startedAt, id] = content.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { startedAt, id };
  } catch {
    throw invalid([{ field: 'query.cursor', detail: 'send the `next` of the previous page, or omit the cursor' }]);
  }
}
