import { sql, type RawBuilder } from 'kysely';
import type { CleanupJob } from '../lib/janitor.js';
import { DAY_MS } from '../lib/time.js';
import type { Instant } from '../lib/clock.js';
import type { Database } from '../storage/database.js';
import { pageOf, type Cursor, type Page } from '../storage/newest-first.js';
import { greater, indexedBy } from '../storage/sql.js';

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

interface CallRow {
  number: string;
  started_at: Instant;
  waited_ms: number | null;
  line: string;
  queue: number | null;
}

interface OrderRow {
  number: string;
  id: string;
  status: string | null;
}

interface MarkRow {
  number: string;
  at: Instant;
  by: string;
  note: string;
}

/** The numbers whose calls were missed. */
export class MissedCalls {
  constructor(private readonly db: Database) {}

  /** The number missed last comes first. */
  async list(filter: MissedFilter): Promise<{ missed: MissedCaller[]; next: Cursor | undefined }> {
    const { rows, next } = pageOf(await this.#groups(filter), filter.limit);
    return { missed: await this.#callers(rows, filter.since), next };
  }

  /** How many numbers are open. */
  async countOpen(since: Instant): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      ${reachedNumbers(this.db, since)} select count(*) as count from reached where ${BY_STATE.open}`.execute(
      this.db.history,
    );
    return rows[0]?.count ?? 0;
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
    const behind = after === undefined ? sql`true` : sql`(started_at, id) < (${after.startedAt}, ${after.id})`;
    const { rows } = await sql<GroupRow>`
      ${reachedNumbers(this.db, since)} select * from reached where ${BY_STATE[state]} and ${behind}
      order by started_at desc, id desc limit ${limit + 1}`.execute(this.db.history);
    return rows;
  }

  /** Reads what a page needs of its numbers in three queries. */
  async #callers(groups: readonly GroupRow[], since: Instant): Promise<MissedCaller[]> {
    const numbers = groups.map(({ number }) => number);
    if (numbers.length === 0) return [];
    const [calls, orders, marks] = await Promise.all([
      this.#missedCalls(numbers, since),
      this.#orders(numbers, since),
      this.#lastMarks(numbers),
    ]);
    return groups.map((group) => {
      const { number, started_at: lastAt, id: lastCallId } = group;
      const reachedAt = Math.max(group.answered_at ?? 0, group.done_at ?? 0);
      const isOpen = lastAt > reachedAt;
      const own = (calls.get(number) ?? []).filter(({ started_at: at }) => !isOpen || at > reachedAt);
      const waits = own.map(({ waited_ms: ms }) => ms ?? 0);
      return {
        number,
        isOpen,
        times: own.length,
        waitedMs: { longest: Math.max(0, ...waits), total: waits.reduce((sum, ms) => sum + ms, 0) },
        firstAt: own.at(-1)?.started_at ?? lastAt,
        lastAt,
        lastCallId,
        lines: [...new Set(own.map(({ line }) => line))],
        queues: [...new Set(own.flatMap(({ queue }) => (queue === null ? [] : [queue])))],
        orders: (orders.get(number) ?? []).map(({ id, status }) => ({ id, status })),
        closed: isOpen ? null : closedBy(group, marks.get(number)?.at(0)),
      };
    });
  }

  /** Newest first. */
  async #missedCalls(numbers: readonly string[], since: Instant): Promise<Map<string, CallRow[]>> {
    const { rows } = await sql<CallRow>`
      select number, started_at, waited_ms, line, queue from calls
      where number in (${sql.join(numbers)}) and ${MISSED} and started_at >= ${since}
      order by started_at desc`.execute(this.db.history);
    return byNumber(rows);
  }

  /** Open orders of the clients, and orders that their missed calls were about. */
  async #orders(numbers: readonly string[], since: Instant): Promise<Map<string, OrderRow[]>> {
    const { rows } = await sql<OrderRow>`
      select substr(client, 2) as number, id, status from orders
      where client in (${sql.join(numbers.map((number) => `+${number}`))}) and final = 0
      union
      select distinct number, order_id, (select status from orders where orders.id = order_id) from calls
      where number in (${sql.join(numbers)}) and started_at >= ${since} and order_id is not null`.execute(
      this.db.history,
    );
    return byNumber(rows);
  }

  /** Newest first. */
  async #lastMarks(numbers: readonly string[]): Promise<Map<string, MarkRow[]>> {
    const rows = await this.db.history
      .selectFrom('missed_calls_done')
      .where('number', 'in', numbers)
      .orderBy('at', 'desc')
      .select(['number', 'at', 'by', 'note'])
      .execute();
    return byNumber(rows);
  }
}

/** A condition on `reached`, by the state of a number. */
const REACHED_AT = greater(sql`coalesce(answered_at, 0)`, sql`coalesce(done_at, 0)`);
const BY_STATE = {
  open: sql`started_at > ${REACHED_AT}`,
  closed: sql`started_at <= ${REACHED_AT}`,
  all: sql`true`,
};

/** Numbers with calls missed since then: `reached` has the last missed call of each, its last answered call, and its last mark. */
function reachedNumbers(db: Database, since: Instant): RawBuilder<unknown> {
  const lastAnswered = (column: string) => sql`
    (select ${sql.ref(column)} from calls later where later.number = missed.number and later.outcome = 'answered'
      order by later.started_at desc limit 1)`;
  return sql`
    with missed_calls as (
      select number, started_at, id, row_number() over (partition by number order by started_at desc, id desc) as place
        from calls ${indexedBy(db, 'calls_missed_by_time')} where ${MISSED} and started_at >= ${since}
    ),
    missed as (select number, started_at, id from missed_calls where place = 1),
    reached as (
      select missed.*, ${lastAnswered('later.started_at')} as answered_at, ${lastAnswered('later.id')} as answered_id,
        (select max(at) from missed_calls_done done where done.number = missed.number) as done_at
      from missed
    )`;
}

/** The later call or the mark that closed it. */
function closedBy(
  { answered_at: at, answered_id: callId, done_at: doneAt }: GroupRow,
  mark: MarkRow | undefined,
): Closed | null {
  if (at !== null && callId !== null && at >= (doneAt ?? 0)) return { how: 'answered', at, callId };
  return mark === undefined ? null : { how: 'done', at: mark.at, by: mark.by, note: mark.note };
}

function byNumber<T extends { number: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.number) ?? [];
    groups.set(row.number, group);
    group.push(row);
  }
  return groups;
}
