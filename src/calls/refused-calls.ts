import { sql } from 'kysely';
import type { Clock, Instant } from '../lib/clock.js';
import type { CleanupJob } from '../lib/janitor.js';
import { DAY_MS, SECOND_MS } from '../lib/time.js';
import type { Database } from '../storage/database.js';

/** Why a call was refused; see {@link CallEventRouterOptions.onRefused}. */
export const refusalReasons = ['unknown_line', 'line_full', 'too_many', 'not_durable', 'unknown_arguments'] as const;
export type CallRefusalReason = (typeof refusalReasons)[number];

export interface RefusedCall {
  reason: CallRefusalReason;
  /** The number as it was dialled. */
  dialled: string;
  /** As received from Asterisk; empty when withheld. */
  caller: string;
  /** The SIP endpoint that it came from; empty when unknown. */
  endpoint: string;
}

/** Equal calls in a row are one record. */
export interface RefusedCallRecord extends RefusedCall {
  id: number;
  at: Instant;
  lastAt: Instant;
  times: number;
}

/** How long calls are gathered, so that a flood of calls causes few writes. */
const GATHER_MS = SECOND_MS;
const RETRY_MS = 5 * SECOND_MS;
/** Different calls gathered at once; further ones are counted without their numbers. */
const MOST_GATHERED = 200;
const KEPT = 5_000;
const LONGEST = 80;

type Gathered = RefusedCall & { at: Instant; lastAt: Instant; times: number };

/** Records calls that were refused: they have no flow, so no other list contains them. */
export class RefusedCalls {
  readonly #gathered = new Map<string, Gathered>();
  #cancel: (() => void) | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly options: { db: Database; clock: Clock; onError: (error: unknown) => void }) {}

  record(call: RefusedCall): void {
    const at = this.options.clock.now();
    const full = this.#gathered.size >= MOST_GATHERED;
    const { reason } = call;
    const one = full ? { reason, dialled: '', caller: '', endpoint: '' } : shortened(call);
    const id = JSON.stringify([one.reason, one.dialled, one.caller, one.endpoint]);
    const known = this.#gathered.get(id);
    if (known === undefined) this.#gathered.set(id, { ...one, at, lastAt: at, times: 1 });
    else Object.assign(known, { lastAt: at, times: known.times + 1 });
    this.#schedule(GATHER_MS);
  }

  /** Stores what was gathered. */
  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    await this.#writing;
    await this.#write().catch(this.options.onError);
  }

  /** Newest first. `next`: `before` of the following page; undefined on the last. */
  async list(filter: {
    reason?: CallRefusalReason | undefined;
    before?: number | undefined;
    limit: number;
  }): Promise<{ calls: RefusedCallRecord[]; next: number | undefined }> {
    const { reason, before, limit } = filter;
    let query = this.options.db.history.selectFrom('refused_calls').selectAll();
    if (reason !== undefined) query = query.where('reason', '=', reason);
    if (before !== undefined) query = query.where('id', '<', before);
    const rows = await query
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    const calls = rows
      .slice(0, limit)
      .map(({ last_at: lastAt, reason: why, ...row }) => ({ ...row, reason: why as CallRefusalReason, lastAt }));
    return { calls, next: rows.length > limit ? calls.at(-1)?.id : undefined };
  }

  cleanupJob(keepDays: () => number): CleanupJob {
    return {
      name: 'refused calls',
      run: async (now) => {
        const old = this.options.db.deleteFrom('refused_calls').where('last_at', '<', now - keepDays() * DAY_MS);
        return Number((await old.executeTakeFirst()).numDeletedRows);
      },
    };
  }

  #schedule(ms: number): void {
    const { clock, onError } = this.options;
    this.#cancel ??= clock.wakeAt(clock.now() + ms, () => {
      this.#writing = this.#write()
        .catch((error: unknown) => {
          onError(error);
          return RETRY_MS;
        })
        .then((again) => {
          this.#cancel = undefined;
          if (this.#gathered.size > 0) this.#schedule(again ?? GATHER_MS);
        });
    });
  }

  async #write(): Promise<undefined> {
    const rows = [...this.#gathered].map(([id, call]) => ({ id, call: { ...call } }));
    if (rows.length === 0) return;
    await this.options.db.transaction().execute(async (tx) => {
      for (const { call } of rows) {
        const { lastAt, ...row } = call;
        await tx
          .insertInto('refused_calls')
          .values({ ...row, last_at: lastAt })
          .execute();
      }
      await sql`delete from refused_calls where id <= (select max(id) from refused_calls) - ${KEPT}`.execute(tx);
    });
    for (const { id, call } of rows) this.#removeWritten(id, call.times);
  }

  /** Keeps calls that were counted while the others were written. */
  #removeWritten(id: string, times: number): void {
    const left = this.#gathered.get(id);
    if (left === undefined) return;
    if (left.times === times) this.#gathered.delete(id);
    else Object.assign(left, { at: left.lastAt, times: left.times - times });
  }
}

function shortened({ reason, dialled, caller, endpoint }: RefusedCall): RefusedCall {
  const [a = '', b = '', c = ''] = [dialled, caller, endpoint].map((text) => text.slice(0, LONGEST));
  return { reason, dialled: a, caller: b, endpoint: c };
}
