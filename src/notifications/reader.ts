import { sql, type SelectQueryBuilder } from 'kysely';
import type { History } from '../storage/database.js';
import { pageOf, type Cursor } from '../storage/newest-first.js';
import type { NotificationAttemptRow, NotificationRow, Tables } from '../storage/schema.js';

interface NotificationFilter {
  orderId?: string | undefined;
  externalId?: string | undefined;
  batch?: string | undefined;
  state?: NotificationRow['state'] | undefined;
  result?: string | undefined;
  after?: Cursor | undefined;
  limit: number;
}

export interface StoredNotification {
  row: NotificationRow;
  attempts: NotificationAttemptRow[];
}

/** The number of notifications of a batch, by state and by result. */
export interface BatchProgress {
  total: number;
  states: Record<string, number>;
  results: Record<string, number>;
}

/** Reads notifications for the API. */
export class NotificationReader {
  constructor(private readonly db: History) {}

  async get(id: string): Promise<StoredNotification | undefined> {
    const [found] = await this.#withAttempts(
      await this.db.selectFrom('notifications').where('id', '=', id).selectAll().execute(),
    );
    return found;
  }

  /** Newest first. `next`: cursor of the next page; undefined on the last one. */
  async list(filter: NotificationFilter): Promise<{ found: StoredNotification[]; next: Cursor | undefined }> {
    const { after, limit } = filter;
    let query = matching(this.db.selectFrom('notifications').selectAll(), filter);
    if (after !== undefined) query = query.where(sql<boolean>`(created_at, id) < (${after.startedAt}, ${after.id})`);
    const listed = await query
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    const { rows, next } = pageOf(
      listed.map((row) => ({ ...row, started_at: row.created_at })),
      limit,
    );
    return { found: await this.#withAttempts(rows), next };
  }

  /** Undefined when there is no such batch. */
  async progressOf(name: string): Promise<BatchProgress | undefined> {
    const counts = await this.db
      .selectFrom('notifications')
      .where('batch', '=', name)
      .groupBy(['state', 'result'])
      .select((e) => ['state', 'result', e.fn.countAll<number>().as('count')])
      .execute();
    if (counts.length === 0) return undefined;
    const progress: BatchProgress = { total: 0, states: {}, results: {} };
    for (const { state, result, count } of counts) {
      progress.total += count;
      progress.states[state] = (progress.states[state] ?? 0) + count;
      if (result !== null) progress.results[result] = (progress.results[result] ?? 0) + count;
    }
    return progress;
  }

  /** Counts the notifications that wait and those that are being called. */
  async countOpen(): Promise<Record<'waiting' | 'calling', number>> {
    const count = async (state: 'waiting' | 'calling') => {
      const found = await sql<{
        n: number;
      }>`select count(*) as n from notifications where state = ${sql.lit(state)}`.execute(this.db);
      return found.rows[0]?.n ?? 0;
    };
    return { waiting: await count('waiting'), calling: await count('calling') };
  }

  async #withAttempts(rows: NotificationRow[]): Promise<StoredNotification[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const attempts = await this.db
      .selectFrom('notification_attempts')
      .where('notification_id', 'in', ids)
      .selectAll()
      .orderBy('number')
      .execute();
    return rows.map((row) => ({ row, attempts: attempts.filter(({ notification_id: of }) => of === row.id) }));
  }
}

function matching<O>(
  query: SelectQueryBuilder<Tables, 'notifications', O>,
  { orderId, externalId, batch, state, result }: NotificationFilter,
): SelectQueryBuilder<Tables, 'notifications', O> {
  let narrowed = query;
  if (orderId !== undefined) narrowed = narrowed.where('order_id', '=', orderId);
  if (externalId !== undefined) narrowed = narrowed.where('external_id', '=', externalId);
  if (batch !== undefined) narrowed = narrowed.where('batch', '=', batch);
  if (state !== undefined) narrowed = narrowed.where('state', '=', state);
  if (result !== undefined) narrowed = narrowed.where('result', '=', result);
  return narrowed;
}
