import { sql, type Selectable } from 'kysely';
import type { Clock, Instant } from '../../lib/clock.js';
import type { CleanupJob } from '../../lib/janitor.js';
import { recordAudit } from '../../storage/audit-log.js';
import type { Database } from '../../storage/database.js';
import type { RecordedRequestRow } from '../../storage/schema.js';
import { DAY_MS } from '../../lib/time.js';

/** Per method and path, so that a frequent request does not displace the others. */
const KEPT_OF_A_PATH = 10;
const KEPT = 300;
const LONGEST_BODY = 16_384;
const LONGEST_TEXT = 2_000;

/** A request with an unknown contract, stored without numbers, names and secrets. */
export interface RecordedRequest {
  id: number;
  at: Instant;
  /** Name of the token of the request. */
  who: string;
  method: string;
  path: string;
  query: Record<string, unknown>;
  headers: Record<string, string>;
  /** Fields, or text when the body is unreadable. */
  body: unknown;
  /** Size of the original body. */
  bytes: number;
  /** Status of the response. */
  status: number;
  /** Why the request was not understood. */
  why: string;
}

/** Stores requests with an unknown contract: a limited number per path, for some days. */
export class RecordedRequests {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async keep(request: Omit<RecordedRequest, 'id' | 'at'>): Promise<void> {
    const { who, method, bytes, status } = request;
    const path = request.path.slice(0, LONGEST_TEXT);
    const row = {
      at: this.clock.now(),
      who,
      method,
      path,
      bytes,
      status,
      why: request.why.slice(0, LONGEST_TEXT),
      query: shortened(request.query),
      headers: shortened(request.headers),
      body: shortened(request.body ?? null),
    };
    await this.db.transaction().execute(async (tx) => {
      await tx.insertInto('recorded_requests').values(row).execute();
      await sql`delete from recorded_requests where method = ${method} and path = ${path} and id not in (select id from recorded_requests
        where method = ${method} and path = ${path} order by id desc limit ${KEPT_OF_A_PATH})`.execute(tx);
      await sql`delete from recorded_requests where id not in (select id from recorded_requests order by id desc limit ${KEPT})`.execute(
        tx,
      );
    });
  }

  /** Newest first. @param before id of the last request of the previous page */
  async list(limit: number, before?: number): Promise<RecordedRequest[]> {
    const rows = await this.db
      .selectFrom('recorded_requests')
      .selectAll()
      .$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(recordedOf);
  }

  async find(id: number): Promise<RecordedRequest | undefined> {
    const row = await this.db.selectFrom('recorded_requests').selectAll().where('id', '=', id).executeTakeFirst();
    return row && recordedOf(row);
  }

  /** Deletes all, or those up to an id. @returns their number */
  async clear(upTo?: number): Promise<number> {
    return this.db.transaction().execute(async (tx) => {
      const query = tx
        .deleteFrom('recorded_requests')
        .$if(upTo !== undefined, (all) => all.where('id', '<=', upTo ?? 0));
      const count = Number((await query.executeTakeFirst()).numDeletedRows);
      if (count > 0)
        await recordAudit(tx, { at: this.clock.now(), action: 'recorded_requests_removed', detail: { count } });
      return count;
    });
  }

  cleanupJob(keepDays: () => number): CleanupJob {
    return {
      name: 'recorded requests',
      run: async (now) => {
        const old = this.db.deleteFrom('recorded_requests').where('at', '<', now - keepDays() * DAY_MS);
        return Number((await old.executeTakeFirst()).numDeletedRows);
      },
    };
  }
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= LONGEST_BODY ? text : JSON.stringify(`${text.slice(0, LONGEST_BODY)} [cut off]`);
}

function recordedOf(row: Selectable<RecordedRequestRow>): RecordedRequest {
  return {
    ...row,
    query: fieldsOf(row.query),
    headers: fieldsOf(row.headers) as Record<string, string>,
    body: JSON.parse(row.body) as unknown,
  };
}

/** Values above the length limit are stored as text. */
function fieldsOf(text: string): Record<string, unknown> {
  const value = JSON.parse(text) as unknown;
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { '': value };
}
