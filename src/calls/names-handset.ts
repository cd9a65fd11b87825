import { sql, type RawBuilder } from 'kysely';
import { jsonText } from '../storage/sql.js';

/** Whether an entry of the timeline is about a handset: its own, the other party's, or the target of a transfer. */
export function namesHandset(handset: string): RawBuilder<boolean> {
  const named = ['handset', 'with.handset', 'to.handset'].map((path) => jsonText('data', path));
  return sql<boolean>`${handset} in (${sql.join(named)})`;
}
