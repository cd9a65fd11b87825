import type { CleanupJob } from '../lib/janitor.js';
import type { Database } from '../storage/database.js';
import { inSlices } from '../storage/slices.js';
import { DAY_MS } from '../lib/time.js';

/** Calls that are looked up at once. */
const AT_ONCE = 200;

/** Deletes calls that ended more than `keepDays` ago, unless they still have a recording or a waiting delivery. */
export function purgeCalls({ db, keepDays }: { db: Database; keepDays: () => number }): CleanupJob {
  const nextBatch = (before: number) =>
    db.history
      .selectFrom('flows')
      .select('id')
      .where('over', '=', 1)
      .where('started_at', '<', before)
      .where('updated_at', '<', before)
      .where((e) =>
        e.not(
          e.exists(
            e
              .selectFrom('recordings')
              .whereRef('call_id', '=', 'flows.id')
              .where('deleted_at', 'is', null)
              .select('call_id'),
          ),
        ),
      )
      .where((e) =>
        e.not(
          e.exists(
            e
              .selectFrom('webhook_deliveries')
              .whereRef('flow_id', '=', 'flows.id')
              .where('state', '=', 'waiting')
              .select('flow_id'),
          ),
        ),
      )
      .orderBy('started_at')
      .limit(AT_ONCE)
      .execute();
  return {
    name: 'calls',
    async run(now) {
      let removed = 0;
      for (;;) {
        const ids = (await nextBatch(now - keepDays() * DAY_MS)).map(({ id }) => id);
        if (ids.length === 0) return removed;
        await inSlices(ids, (slice) =>
          db.transaction().execute(async (tx) => {
            await tx.deleteFrom('recordings').where('call_id', 'in', slice).execute();
            await tx.deleteFrom('flows').where('id', 'in', slice).execute();
          }),
        );
        removed += ids.length;
      }
    },
  };
}
