import type { CleanupJob } from '../lib/janitor.js';
import type { Database } from '../storage/database.js';
import { inSlices } from '../storage/slices.js';
import { DAY_MS } from '../lib/time.js';

const AT_ONCE = 500;

/** Deletes settled deliveries and their attempts. */
export function purgeDeliveries({
  db,
  keepDays,
}: {
  db: Database;
  keepDays: () => { webhooks: number; dead_webhooks: number };
}): CleanupJob {
  const remove = async (states: ('delivered' | 'dropped' | 'dead')[], before: number): Promise<number> => {
    for (let removed = 0; ;) {
      const rows = await db.history
        .selectFrom('webhook_deliveries')
        .select('id')
        .where('state', 'in', states)
        .where('finished_at', '<', before)
        .limit(AT_ONCE)
        .execute();
      if (rows.length === 0) return removed;
      const ids = rows.map(({ id }) => id);
      await inSlices(ids, async (slice) => {
        await db.deleteFrom('webhook_deliveries').where('id', 'in', slice).execute();
      });
      removed += ids.length;
    }
  };
  return {
    name: 'webhook deliveries',
    async run(now) {
      const { webhooks, dead_webhooks } = keepDays();
      const taken = await remove(['delivered', 'dropped'], now - webhooks * DAY_MS);
      return taken + (await remove(['dead'], now - dead_webhooks * DAY_MS));
    },
  };
}
