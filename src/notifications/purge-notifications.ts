import type { CleanupJob } from '../lib/janitor.js';
import type { Database } from '../storage/database.js';
import { DAY_MS } from '../lib/time.js';

/** Removes notifications that finished more than `keepDays` days ago. */
export function purgeNotifications({ db, keepDays }: { db: Database; keepDays: () => number }): CleanupJob {
  return {
    name: 'old notifications',
    run: async (now) => {
      const old = db
        .deleteFrom('notifications')
        .where('state', '=', 'done')
        .where('finished_at', '<', now - keepDays() * DAY_MS);
      return Number((await old.executeTakeFirst()).numDeletedRows);
    },
  };
}
