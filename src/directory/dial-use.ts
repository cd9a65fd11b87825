import { sql, type Kysely } from 'kysely';
import type { Instant } from '../lib/clock.js';
import type { Tables } from '../storage/schema.js';
import type { LimitHolder } from './dial-limits.js';

/** Calls to numbers. */
export interface DialCount {
  /** In progress. */
  open: number;
  /** Since the beginning of the day. */
  today: number;
}

/** Counts the calls of a handset or person, or of everybody. @param today the first instant of the day */
export function countDials(db: Kysely<Tables>, today: Instant, holder?: LimitHolder): Promise<DialCount> {
  let rows = db.selectFrom('dials');
  if (holder?.kind === 'handset') rows = rows.where('handset', '=', holder.handset);
  if (holder?.kind === 'operator') rows = rows.where('operator_id', '=', holder.id);
  return rows
    .where((row) => row.or([row('ended_at', 'is', null), row('at', '>=', today)]))
    .select([
      sql<number>`count(*) filter (where ended_at is null)`.as('open'),
      sql<number>`count(*) filter (where at >= ${today})`.as('today'),
    ])
    .executeTakeFirstOrThrow();
}
