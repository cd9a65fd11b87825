import { sql, type Kysely } from 'kysely';
import type { MediaStatistics } from '../asterisk/media-statistics.js';
import type { Clock } from '../lib/clock.js';
import type { CleanupJob } from '../lib/janitor.js';
import { RepeatingJob } from '../lib/repeating-job.js';
import { DAY_MS, SECOND_MS } from '../lib/time.js';
import type { Database } from '../storage/database.js';
import type { Tables } from '../storage/schema.js';
import { runStatement } from '../storage/run-statement.js';
import { inSlices } from '../storage/slices.js';
import { readTimelineRows, type TimelineRowOfCall } from '../storage/timeline.js';
import {
  CALLS,
  contributionsOf,
  legContributions,
  notificationContributions,
  type Contribution,
  type CountedCall,
  type CountedEntry,
  type CountedLeg,
} from './contributions.js';
import { addToDays, buildDays, readDaysState, removeDays, type SlotContribution } from './day-sums.js';
import { localDayOf, QUARTER_MS, slotOf, startOfLocalDay } from './slots.js';

/** How often ended calls are looked for. */
const EVERY_MS = 15 * SECOND_MS;
/** Calls read at once. */
const AT_ONCE = 200;
/** How long sums are kept: three years, so that a year can be compared with the one before. */
const KEEP_DAYS = 1_100;
const KINDS = ['action', 'input', 'shop_request', 'shop_answer', 'shop_no_answer'];
const ADD_COUNT = `insert into report_counts (report, slot, key, measure, bucket, value) values (?, ?, ?, ?, ?, ?)
  on conflict (report, slot, key, measure, bucket) do update set value = report_counts.value + excluded.value`;

interface RollUpOptions {
  db: Database;
  company: () => { time_zone: string; queues: readonly { id: number; wrap_up: number }[] };
  clock: Clock;
  onError: (error: unknown) => void;
}

type Counted = { id: string; at: number; contributions: Contribution[] };
type CountedTable = 'calls' | 'notifications' | 'leg_qualities';

/**
 * Adds ended calls and notifications to the sums of the reports, in the background. A transaction adds a few of them and marks them, so
 * each is added once, and the work continues after a restart where it was. Sums outlive the calls.
 * They are stored by slot and, for reports of long times, by local day.
 */
export class ReportRollUp {
  readonly #job: RepeatingJob;

  constructor(private readonly options: RollUpOptions) {
    const { clock, onError } = options;
    const run = async (isStopped: () => boolean) => {
      await this.catchUp(isStopped).catch(onError);
    };
    this.#job = new RepeatingJob({ clock, everyMs: EVERY_MS, run });
  }

  start(): void {
    this.#job.start();
  }

  stop(): Promise<void> {
    return this.#job.stop();
  }

  /** Adds everything that has ended, or as much as it can before it is stopped. @returns the number of calls and notifications */
  async catchUp(isStopped = () => false): Promise<number> {
    const calls = await this.#all('calls', () => this.#nextCalls(), isStopped);
    const notifications = await this.#all('notifications', () => this.#nextNotifications(), isStopped);
    await this.#all('leg_qualities', () => this.#nextLegs(), isStopped);
    await buildDays(this.options.db, this.options.company().time_zone, isStopped);
    return calls + notifications;
  }

  /** Removes old sums. */
  get cleanupJob(): CleanupJob {
    return {
      name: 'reports',
      run: async (now) => {
        const old = Math.floor((now - KEEP_DAYS * DAY_MS) / QUARTER_MS);
        const zone = (await readDaysState(this.options.db))?.zone;
        if (zone === undefined) return this.#removeSlots(old);
        const day = localDayOf(old, zone);
        const removed = await removeDays(this.options.db, Number.MIN_SAFE_INTEGER, day);
        return removed + (await this.#removeSlots(startOfLocalDay(day, zone)));
      },
    };
  }

  /** @returns the number of removed sums */
  async #removeSlots(before: number): Promise<number> {
    for (let removed = 0; ;) {
      const { rows } = await sql<{ slot: number }>`
        select distinct slot from report_counts where slot < ${before} order by slot limit 1`.execute(
        this.options.db.history,
      );
      const [first] = rows;
      if (first === undefined) return removed;
      const gone = this.options.db.deleteFrom('report_counts').where('slot', '=', first.slot);
      removed += Number((await gone.executeTakeFirst()).numDeletedRows);
    }
  }

  async #all(table: CountedTable, next: () => Promise<Counted[]>, isStopped: () => boolean): Promise<number> {
    for (let done = 0; ;) {
      const some = isStopped() ? [] : await next();
      if (some.length === 0) return done;
      await inSlices(some, (slice) => this.#add(table, slice));
      done += some.length;
    }
  }

  async #add(table: CountedTable, slice: Counted[]): Promise<void> {
    const ids = slice.map(({ id }) => id);
    const idOf = table === 'leg_qualities' ? 'leg_id' : 'id';
    await this.options.db.transaction().execute(async (tx) => {
      // Only those that are still there and not counted: calls can be erased or removed meanwhile.
      const marked = await tx
        .updateTable(table)
        .set({ counted: 1 })
        .where(idOf, 'in', ids)
        .where('counted', '=', 0)
        .returning(sql<string>`${sql.ref(idOf)}`.as('id'))
        .execute();
      const found = new Set(marked.map(({ id }) => id));
      await addAll(
        tx,
        slice.filter(({ id }) => found.has(id)),
        this.options.company().time_zone,
      );
    });
  }

  async #nextCalls(): Promise<Counted[]> {
    const { db, company } = this.options;
    const { rows } = await sql<CountedCall & { id: string; started_at: number }>`
      select id, kind, started_at, direction, line, outcome, queue, waited_ms, agent_kind, agent, talk_ms, ended_by from calls
      where over = 1 and counted = 0 order by id limit ${sql.lit(AT_ONCE)}`.execute(db.history);
    const timelines = await readTimelineRows(
      db.history,
      rows.map(({ id }) => id),
      KINDS,
    );
    const wrapUps = new Map(company().queues.map(({ id, wrap_up }) => [id, wrap_up]));
    return rows.map((row) => ({
      id: row.id,
      at: row.started_at,
      contributions: contributionsOf(
        row,
        (timelines.get(row.id) ?? []).map(countedEntry),
        (queue) => wrapUps.get(queue) ?? 0,
      ),
    }));
  }

  /** Legs that ended, of calls that are over or not. */
  async #nextLegs(): Promise<Counted[]> {
    const { rows } = await sql<{
      id: string;
      at: number;
      call_kind: string;
      kind: CountedLeg['kind'];
      name: string;
      line: string;
      statistics: string;
    }>`
      select leg_id as id, started_at as at, calls.kind as call_kind, leg_qualities.kind, name, line, statistics
      from leg_qualities join calls on calls.id = call_id
      where leg_qualities.counted = 0 order by leg_id limit ${sql.lit(AT_ONCE)}`.execute(this.options.db.history);
    return rows.map(({ id, at, call_kind: callKind, statistics, ...leg }) => ({
      id,
      at,
      contributions: CALLS.includes(callKind)
        ? legContributions({ ...leg, statistics: JSON.parse(statistics) as MediaStatistics })
        : [],
    }));
  }

  async #nextNotifications(): Promise<Counted[]> {
    const { rows } = await sql<{
      id: string;
      at: number;
      status: string | null;
      result: string | null;
      attempts: number;
    }>`
      select id, coalesce(finished_at, created_at) as at, status, result, attempts from notifications
      where state = 'done' and counted = 0 order by id limit ${sql.lit(AT_ONCE)}`.execute(this.options.db.history);
    return rows.map(({ id, at, ...counts }) => ({ id, at, contributions: notificationContributions(counts) }));
  }
}

async function addAll(tx: Kysely<Tables>, counted: readonly Counted[], zone: string): Promise<void> {
  const sums = new Map<string, SlotContribution>();
  for (const { at, contributions } of counted) {
    const slot = slotOf(at, zone);
    for (const each of contributions) {
      const id = JSON.stringify([each.report, slot, each.key, each.measure, each.bucket]);
      const sum = sums.get(id);
      if (sum === undefined) sums.set(id, { ...each, slot });
      else sum.value += each.value;
    }
  }
  for (const { report, slot, key, measure, bucket, value } of sums.values())
    await runStatement(tx, { sql: ADD_COUNT, parameters: [report, slot, key, measure, bucket, value] });
  await addToDays(tx, sums.values());
}

/** Entries of earlier versions can be unreadable. */
function countedEntry({ kind, data }: TimelineRowOfCall): CountedEntry {
  try {
    return { kind, data: JSON.parse(data) as CountedEntry['data'] };
  } catch {
    return { kind, data: {} };
  }
}
