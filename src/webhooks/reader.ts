import type { FlowSummary } from '../kernel/flow.js';
import type { History } from '../storage/database.js';
import type { WebhookAttemptRow, WebhookDeliveryRow } from '../storage/schema.js';
import { sql, type Selectable } from 'kysely';

export type DeliveryRecord = Selectable<WebhookDeliveryRow> & {
  /** The caller's number in the call's record; empty without a record. */
  caller: string;
  /** Status of the last attempt, or its error. Null before the first attempt. */
  answered: string | null;
};

interface DeliveryFilter {
  call?: string | undefined;
  webhook?: string | undefined;
  state?: WebhookDeliveryRow['state'] | undefined;
  /** Returns deliveries older than this id. */
  before?: number | undefined;
  limit: number;
}

/** Reads past, present and waiting deliveries of webhooks. */
export class DeliveryReader {
  constructor(private readonly db: History) {}

  /** Newest first. `next`: `before` of the following page; undefined on the last page. */
  async list({ call, webhook, state, before, limit }: DeliveryFilter) {
    let query = this.#deliveries();
    if (call !== undefined) query = query.where('webhook_deliveries.flow_id', '=', call);
    if (webhook !== undefined) query = query.where('webhook_deliveries.hook', '=', webhook);
    if (state !== undefined) query = query.where('webhook_deliveries.state', '=', state);
    if (before !== undefined) query = query.where('webhook_deliveries.id', '<', before);
    const rows = await query
      .orderBy('webhook_deliveries.id', 'desc')
      .limit(limit + 1)
      .execute();
    const deliveries = rows.slice(0, limit).map(toRecord);
    return { deliveries, next: rows.length > limit ? deliveries.at(-1)?.id : undefined };
  }

  async get(id: number): Promise<{ delivery: DeliveryRecord; attempts: WebhookAttemptRow[] } | undefined> {
    const row = await this.#deliveries().where('webhook_deliveries.id', '=', id).executeTakeFirst();
    if (!row) return undefined;
    const attempts = await this.db
      .selectFrom('webhook_attempts')
      .where('delivery_id', '=', id)
      .selectAll()
      .orderBy('number')
      .execute();
    return { delivery: toRecord(row), attempts };
  }

  #deliveries() {
    return this.db
      .selectFrom('webhook_deliveries')
      .leftJoin('flows', 'flows.id', 'webhook_deliveries.flow_id')
      .selectAll('webhook_deliveries')
      .select([
        'flows.summary as summary',
        sql<string | null>`(select coalesce(cast(status as text), failed) from webhook_attempts
          where delivery_id = webhook_deliveries.id order by number desc limit 1)`.as('answered'),
      ]);
  }
}

function toRecord({ summary, ...row }: Omit<DeliveryRecord, 'caller'> & { summary: string | null }): DeliveryRecord {
  return { ...row, caller: summary === null ? '' : (JSON.parse(summary) as FlowSummary).caller };
}
