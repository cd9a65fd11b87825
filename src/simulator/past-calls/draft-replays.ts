import type { Clock } from '../../lib/clock.js';
import { Problem } from '../../http/problem.js';
import { DAY_MS } from '../../lib/time.js';
import type { Logger } from '../../lib/logger.js';
import type { DocumentProblem } from '../../company/problem.js';
import type { History } from '../../storage/database.js';
import { PLAN } from '../../call-plan/plan-flow.js';
import type { CallComparison, NamedHappening, StoredCall, StoredCalls } from './compare-job.js';

/** Calls of one job of the worker thread: a job takes far less than its time limit, and a cancellation waits for one. */
const CALLS_AT_ONCE = 50;
/** Replays whose results are kept. */
const MAX_KEPT = 20;
/** Replays in progress, those included that were canceled and wait for the batch of another one. */
const MAX_RUNNING = 50;
/** Calls that a group lists. */
const MAX_LISTED = 50;
/** Groups of a replay. Calls about orders can all be different. */
const MAX_GROUPS = 100;

/** Callers whose call would take another course in the same way. */
interface DifferenceGroup {
  count: number;
  key: string | null;
  was: NamedHappening | null;
  would: NamedHappening | null;
  /** The newest. */
  calls: { id: string; startedAt: number }[];
}

export interface DraftReplay {
  /** Of the draft when it began. */
  revision: number;
  state: 'running' | 'done' | 'canceled' | 'failed';
  /** Why it failed. */
  reason: 'draft_has_errors' | 'internal_error' | null;
  days: number;
  startedAt: number;
  done: number;
  total: number;
  same: number;
  different: number;
  /** Calls that cannot be replayed: their timeline is not complete. */
  unclear: number;
  /** The largest ones, the largest first. */
  groups: DifferenceGroup[];
}

interface DraftReplaysOptions {
  history: History;
  clock: Clock;
  logger: Logger;
  /** Runs in a worker thread. */
  compare: (
    document: string,
    stored: StoredCalls,
  ) => Promise<{ ok: true; comparisons: CallComparison[] } | { ok: false; problems: DocumentProblem[] }>;
}

/** Replays past calls with drafts, in batches: one replay of each draft, and one batch of all, at a time. */
export class DraftReplays {
  readonly #replays = new Map<string, DraftReplay>();
  readonly #running = new Set<Promise<void>>();
  /** The batch that is compared now, and those that wait for it. */
  #batches: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: DraftReplaysOptions) {}

  /**
   * Starts a replay of the newest calls; a running one of the draft is canceled.
   * @throws {Problem} 503 when too many are in progress
   */
  start(draft: { id: string; revision: number; source: string }, wanted: { days: number; limit: number }): DraftReplay {
    if (this.#running.size >= MAX_RUNNING)
      throw new Problem(503, 'Busy', 'too many replays are in progress; retry later', {
        headers: { 'retry-after': '5' },
      });
    this.cancel(draft.id);
    const replay: DraftReplay = {
      revision: draft.revision,
      state: 'running',
      reason: null,
      days: wanted.days,
      startedAt: this.options.clock.now(),
      done: 0,
      total: 0,
      same: 0,
      different: 0,
      unclear: 0,
      groups: [],
    };
    this.#replays.delete(draft.id);
    this.#replays.set(draft.id, replay);
    for (const [id] of [...this.#replays].slice(0, -MAX_KEPT)) this.#forget(id);
    const running = this.#run(replay, draft, wanted).finally(() => this.#running.delete(running));
    this.#running.add(running);
    return replay;
  }

  /** The last replay of a draft; undefined as well when the draft was removed. */
  async find(draft: string): Promise<DraftReplay | undefined> {
    if (!(await this.#exists(draft))) this.#forget(draft);
    return this.#replays.get(draft);
  }

  cancel(draft: string): void {
    const replay = this.#replays.get(draft);
    if (replay?.state === 'running') replay.state = 'canceled';
  }

  /** Resolves when no replay is running. */
  async idle(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** Cancels all replays; resolves when none is running. */
  async stop(): Promise<void> {
    for (const id of this.#replays.keys()) this.cancel(id);
    await this.idle();
  }

  #forget(draft: string): void {
    this.cancel(draft);
    this.#replays.delete(draft);
  }

  async #run(
    replay: DraftReplay,
    draft: { id: string; source: string },
    { days, limit }: { days: number; limit: number },
  ): Promise<void> {
    const groups = new Map<string, DifferenceGroup>();
    try {
      const ids = await this.#newestCalls(replay.startedAt - days * DAY_MS, limit);
      replay.total = ids.length;
      for (let first = 0; first < ids.length && isRunning(replay); first += CALLS_AT_ONCE) {
        const answer = await this.#compare(replay, draft, ids.slice(first, first + CALLS_AT_ONCE));
        if (answer === undefined || !isRunning(replay)) return;
        if (!answer.ok) {
          Object.assign(replay, { state: 'failed', reason: 'draft_has_errors' });
          return;
        }
        replay.done = Math.min(first + CALLS_AT_ONCE, ids.length);
        for (const comparison of answer.comparisons) count(replay, groups, comparison);
        replay.groups = [...groups.values()].sort((a, b) => b.count - a.count).slice(0, MAX_GROUPS);
      }
      if (isRunning(replay)) replay.state = 'done';
    } catch (error) {
      if (!isRunning(replay)) return;
      this.options.logger.error({ err: error }, 'past calls could not be compared with a draft');
      Object.assign(replay, { state: 'failed', reason: 'internal_error' });
    }
  }

  /**
   * Compares a batch when no other one is compared: replays of several drafts share the worker thread.
   * @returns undefined when the replay was canceled or its draft removed meanwhile
   */
  #compare(
    replay: DraftReplay,
    { id, source }: { id: string; source: string },
    calls: readonly string[],
  ): Promise<Awaited<ReturnType<DraftReplaysOptions['compare']>> | undefined> {
    const compared = this.#batches.then(async () => {
      if (isRunning(replay) && !(await this.#exists(id))) this.#forget(id);
      return isRunning(replay) ? this.options.compare(source, await this.#load(calls)) : undefined;
    });
    this.#batches = compared.catch(() => undefined);
    return compared;
  }

  /** Drafts are removed by people, by a publication, and by the erasure of a person whose number they hold. */
  async #exists(draft: string): Promise<boolean> {
    const { history } = this.options;
    const row = await history.selectFrom('config_drafts').where('id', '=', draft).select('id').executeTakeFirst();
    return row !== undefined;
  }

  async #newestCalls(since: number, limit: number): Promise<string[]> {
    const rows = await this.options.history
      .selectFrom('calls')
      .select('id')
      .where('kind', '=', PLAN)
      .where('direction', '=', 'incoming')
      .where('over', '=', 1)
      .where('started_at', '>=', since)
      .orderBy('started_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ id }) => id);
  }

  async #load(ids: readonly string[]): Promise<StoredCalls> {
    const { history } = this.options;
    const flows = await history
      .selectFrom('flows')
      .select(['id', 'program', 'started_at'])
      .where('id', 'in', ids)
      .execute();
    const hashes = [...new Set(flows.map(({ program }) => program))];
    const programs = await history.selectFrom('programs').selectAll().where('hash', 'in', hashes).execute();
    const entries = await history
      .selectFrom('timeline')
      .select(['flow_id', 'at', 'kind', 'data'])
      .where('flow_id', 'in', ids)
      .orderBy('flow_id')
      .orderBy('seq')
      .execute();
    const timelines = new Map(ids.map((id): [string, StoredCall['timeline']] => [id, []]));
    for (const { flow_id: id, ...entry } of entries) timelines.get(id)?.push(entry);
    const known = new Set(programs.map(({ hash }) => hash));
    return {
      programs: Object.fromEntries(programs.map(({ hash, body }) => [hash, body])),
      calls: flows
        .filter(({ program }) => known.has(program))
        .map(({ id, program, started_at: startedAt }) => ({
          id,
          program,
          startedAt,
          timeline: timelines.get(id) ?? [],
        })),
    };
  }
}

/** The state changes while a replay waits for the worker thread. */
function isRunning({ state }: DraftReplay): boolean {
  return state === 'running';
}

function count(replay: DraftReplay, groups: Map<string, DifferenceGroup>, comparison: CallComparison): void {
  replay[comparison.result] += 1;
  if (comparison.result !== 'different') return;
  const { id, startedAt, key, was, would } = comparison;
  const name = JSON.stringify([key, was, would]);
  const group = groups.get(name) ?? { count: 0, key, was, would, calls: [] };
  groups.set(name, group);
  group.count += 1;
  if (group.calls.length < MAX_LISTED) group.calls.push({ id, startedAt });
}
