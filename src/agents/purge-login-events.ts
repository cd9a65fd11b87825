import type { CleanupJob } from '../lib/janitor.js';
import type { Database } from '../storage/database.js';
import { DAY_MS } from '../lib/time.js';

/** Deletes login events that are older than the retention period of calls. */
export function purgeLoginEvents({ db, keepDays }: { db: Database; keepDays: () => number }): CleanupJob {
  return {
    name: 'operator events',
    async run(now) {
      const before = now - keepDays() * DAY_MS;
      const { numDeletedRows } = await db.deleteFrom('duty_events').where('at', '<', before).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
