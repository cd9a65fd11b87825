import { sql, type Kysely } from 'kysely';
import type { Tables } from './schema.js';

/**
 * Events of one call are delivered in order: the first waiting one is due, the others have no due time.
 * Must be called in the transaction that adds or settles deliveries of the call.
 */
export async function scheduleNext(tx: Kysely<Tables>, flowId: string, at?: number): Promise<void> {
  const dueAt = at === undefined ? sql.ref('created_at') : sql.val(at);
  await sql`
    update webhook_deliveries set due_at = ${dueAt}
    where flow_id = ${flowId} and state = 'waiting' and due_at is null and not exists (
      select 1 from webhook_deliveries earlier
      where earlier.hook = webhook_deliveries.hook and earlier.flow_id = webhook_deliveries.flow_id
        and earlier.state = 'waiting' and earlier.id < webhook_deliveries.id)`.execute(tx);
}
