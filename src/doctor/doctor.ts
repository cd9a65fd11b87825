import { randomUUID } from 'node:crypto';
import type { Clock } from '../lib/clock.js';
import { messageOf } from '../lib/error-message.js';
import { SECOND_MS } from '../lib/time.js';
import type { CheckId } from './check-ids.js';
import { failed, type Finding } from './finding.js';

export interface Check {
  id: CheckId;
  run: () => Promise<Finding> | Finding;
}

export type Row = { check: CheckId } & (
  | { state: 'waiting' | 'running'; finding?: undefined; durationMs?: undefined }
  | { state: 'done'; finding: Finding; durationMs: number }
);

export interface Run {
  id: string;
  startedAt: number;
  finishedAt: number | undefined;
  rows: Row[];
}

/** Longer than everything that a check waits for, the test call included. */
const LIMIT_MS = 60 * SECOND_MS;

/** Makes checks one after another, so that none disturbs the measurements of another. The rows of the run change meanwhile. */
export function beginRun(
  checks: readonly Check[],
  clock: Clock,
  { stop, onRow = () => undefined }: { stop?: AbortSignal; onRow?: (row: Row) => void } = {},
): { run: Run; done: Promise<void> } {
  const run: Run = {
    id: randomUUID(),
    startedAt: clock.now(),
    finishedAt: undefined,
    rows: checks.map(({ id }) => ({ check: id, state: 'waiting' })),
  };
  const work = async () => {
    for (const [index, check] of checks.entries()) {
      if (stop?.aborted === true) return;
      const begunAt = clock.now();
      run.rows[index] = { check: check.id, state: 'running' };
      const finding = await findingOf(check, clock);
      const row: Row = { check: check.id, state: 'done', finding, durationMs: clock.now() - begunAt };
      run.rows[index] = row;
      onRow(row);
    }
    run.finishedAt = clock.now();
  };
  return { run, done: work() };
}

async function findingOf(check: Check, clock: Clock): Promise<Finding> {
  let cancel: () => void = () => undefined;
  const late = new Promise<Finding>((resolve) => {
    cancel = clock.wakeAt(clock.now() + LIMIT_MS, () =>
      resolve(failed(`no result within ${LIMIT_MS / SECOND_MS} s`, 'no_result')),
    );
  });
  try {
    return await Promise.race([Promise.resolve(check.run()), late]);
  } catch (error) {
    return failed(`could not be checked: ${messageOf(error)}`, 'no_result');
  } finally {
    cancel();
  }
}

/** The gravest result of a run. */
export function statusOf({ rows }: Pick<Run, 'rows'>): 'ok' | 'warning' | 'failed' {
  const has = (status: Finding['status']) => rows.some(({ finding }) => finding?.status === status);
  return has('failed') ? 'failed' : has('warning') ? 'warning' : 'ok';
}

/** The runs of a gateway: one at a time; the last one can be looked at. */
export class Doctor {
  #last: Run | undefined;
  #running: Promise<void> | undefined;
  readonly #stop = new AbortController();

  constructor(
    private readonly options: {
      /** @param withCall makes the loop-back call, too; `close` ends what the checks have opened */
      prepare: (withCall: boolean, stop: AbortSignal) => { checks: Check[]; close: () => Promise<void> };
      clock: Clock;
    },
  ) {}

  get last(): Run | undefined {
    return this.#last;
  }

  /** Begins a run. @returns undefined while one is made */
  begin(withCall: boolean): Run | undefined {
    const { signal } = this.#stop;
    if (this.#running !== undefined || signal.aborted) return undefined;
    const { checks, close } = this.options.prepare(withCall, signal);
    const { run, done } = beginRun(checks, this.options.clock, { stop: signal });
    this.#last = run;
    this.#running = done.then(close).finally(() => (this.#running = undefined));
    return run;
  }

  /** Ends a run after the check that is being made. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }
}
