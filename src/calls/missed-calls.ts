import { sql } from 'kysely';
import type { CleanupJob } from '../lib/janitor.js';
import { DAY_MS } from '../lib/time.js';
import type { Instant } from '../lib/clock.js';
import type { Database } from '../storage/database.js';
import { pageOf, type Cursor, type Page } from '../storage/newest-first.js';

/** Incoming calls that nobody of the company talked with although the caller wanted it. The index `calls_missed` has these. */
const MISSED = sql`direction = 'incoming' and outcome in ('lost', 'unanswered', 'busy', 'unreachable', 'failed') and number <> ''`;

export interface MissedCaller {
  /** E.164, or another number as the network sent it. */
  number: string;
  isOpen: boolean;
  /** Missed calls since the number was last reached or marked as done; of a closed one, all in the requested time. */
  times: number;
  waitedMs: { longest: number; total: number };
  firstAt: Instant;
  lastAt: Instant;
  lastCallId: string;
  /** Called lines, the last first. */
  lines: string[];
  /** Queues in which they waited, the last first. */
  queues: number[];
  orders: { id: string; status: string | null }[];
  closed: Closed | null;
}

/** `answered`: a later call from or to the number was answered. `done`: a person said so. */
export type Closed =
  { how: 'answered'; at: Instant; callId: string } | { how: 'done'; at: Instant; by: string; note: string };

export interface MissedFilter extends Page {
  state: 'open' | 'closed' | 'all';
  /** Calls missed since then. */
  since: Instant;
}

interface GroupRow {
  number: string;
  started_at: Instant;
  id: string;
  answered_at: Instant | null;
  answered_id: string | null;
  done_at: Instant | null;
}

/** The numbers whose calls were missed. */
export class MissedCalls {
  constructor(private readonly db: Database) {}

  /** The number missed last comes first. */
  async list(filter: MissedFilter): Promise<{ missed: MissedCaller[]; next: Cursor | undefined }> {
    const { rows, next } = pageOf(await this.#groups(filter), filter.limit);
    const missed: MissedCaller[] = [];
    for (const row of rows) missed.push(await this.#caller(row, filter.since));
    return { missed, next };
  }

  /** Marks the number as called back, or as not worth it. False when no call of it was missed. @param number digits */
  async markDone(number: string, { at, by, note }: { at: Instant; by: string; note: string }): Promise<boolean> {
    if ((await this.lastLine(number)) === undefined) return false;
    await this.db.insertInto('missed_calls_done').values({ number, at, by, note }).execute();
    return true;
  }

  /** Removes the marks since the last missed call, so that the number is open again. False when there was none. @param number digits */
  async reopen(number: string): Promise<boolean> {
    const lastMissed = sql<Instant>`(select max(started_at) from calls where number = ${number} and ${MISSED})`;
    const marks = this.db
      .deleteFrom('missed_calls_done')
      .where('number', '=', number)
      .where(sql<boolean>`at >= ${lastMissed}`);
    return Number((await marks.executeTakeFirst()).numDeletedRows) > 0;
  }

  /** The line that the number called last in vain; undefined when no call of it was missed. @param number digits */
  async lastLine(number: string): Promise<string | undefined> {
    const { rows } = await sql<{ line: string }>`
      select line from calls where number = ${number} and ${MISSED} order by started_at desc limit 1`.execute(
      this.db.history,
    );
    return rows[0]?.line;
  }

  /** Removes entries as old as the calls that are removed. */
  cleanupJob(keepDays: () => number): CleanupJob {
    return {
      name: 'missed_calls_done',
      run: async (now) => {
        const gone = this.db.deleteFrom('missed_calls_done').where('at', '<', now - keepDays() * DAY_MS);
        return Number((await gone.executeTakeFirst()).numDeletedRows);
      },
    };
  }

  async #groups({ state, since, after, limit }: MissedFilter): Promise<GroupRow[]> {
    const reached = sql`max(coalesce(answered_at, 0), coalesce(done_at, 0))`;
    const byState = { open: sql`started_at > ${reached}`, closed: sql`started_at <= ${reached}`, all: sql`true` };
    const behind = after === undefined ? sql`true` : sql`(started_at, id) < (${after.startedAt}, ${after.id})`;
    // SQLite takes `id` of a group from the row with the maximum.
    const { rows } = await sql<GroupRow>`
      with missed as (
        select number, max(started_at) as started_at, id from calls where ${MISSED} and started_at >= ${since} group by number
      ),
      reached as (
        select missed.*,
          (select started_at from calls later where later.number = missed.number and later.outcome = 'answered'
             order by later.started_at desc limit 1) as answered_at,
          (select id from calls later where later.number = missed.number and later.outcome = 'answered'
             order by later.started_at desc limit 1) as answered_id,
          (select max(at) from missed_calls_done done where done.number = missed.number) as done_at
        from missed
      )
      select * from reached where ${byState[state]} and ${behind}
      order by started_at desc, id desc limit ${limit + 1}`.execute(this.db.history);
    return rows;
  }

  async #caller({ number, started_at: lastAt, id: lastCallId, ...reached }: GroupRow, since: Instant) {
    const { answered_at: answeredAt, done_at: doneAt } = reached;
    const reachedAt = Math.max(answeredAt ?? 0, doneAt ?? 0);
    const isOpen = lastAt > reachedAt;
    const { rows } = await sql<{ started_at: Instant; waited_ms: number | null; line: string; queue: number | null }>`
      select started_at, waited_ms, line, queue from calls
      where number = ${number} and ${MISSED} and started_at >= ${since} and started_at > ${isOpen ? reachedAt : 0}
      order by started_at desc`.execute(this.db.history);
    const waits = rows.map(({ waited_ms: ms }) => ms ?? 0);
    return {
      number,
      isOpen,
      times: rows.length,
      waitedMs: { longest: Math.max(0, ...waits), total: waits.reduce((sum, ms) => sum + ms, 0) },
      firstAt: rows.at(-1)?.started_at ?? lastAt,
      lastAt,
      lastCallId,
      lines: [...new Set(rows.map(({ line }) => line))],
      queues: [...new Set(rows.flatMap(({ queue }) => (queue === null ? [] : [queue])))],
      orders: await this.#orders(number, since),
      closed: isOpen ? null : await this.#closed(number, reached),
    } satisfies MissedCaller;
  }

  /** The later call or the entry that closed it. */
  async #closed(
    number: string,
    {
      answered_at: at,
      answered_id: callId,
      done_at: doneAt,
    }: Pick<GroupRow, 'answered_at' | 'answered_id' | 'done_at'>,
  ): Promise<Closed | null> {
    if (at !== null && callId !== null && at >= (doneAt ?? 0)) return { how: 'answered', at, callId };
    const done = await this.db.history
      .selectFrom('missed_calls_done')
      .where('number', '=', number)
      .orderBy('at', 'desc')
      .select(['at', 'by', 'note'])
      .executeTakeFirst();
    return done === undefined ? null : { how: 'done', ...done };
  }

  /** Open orders of the client, and orders that their missed calls were about. */
  async #orders(number: string, since: Instant): Promise<MissedCaller['orders']> {
    const { rows } = await sql<{ id: string; status: string | null }>`
      select id, status from orders where client = ${`+${number}`} and final = 0
      union
      select distinct order_id, (select status from orders where orders.id = order_id) from calls
      where number = ${number} and started_at >= ${since} and order_id is not null`.execute(this.db.history);
    return rows;
  }
}
