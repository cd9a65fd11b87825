import type { Clock } from '../lib/clock.js';
import { RepeatingJob } from '../lib/repeating-job.js';
import { SECOND_MS } from '../lib/time.js';
import type { Database } from '../storage/database.js';
import { continueBackfill, indexPendingRows } from './number-index.js';

/** How often rows to be indexed are looked for. */
const EVERY_MS = 15 * SECOND_MS;

interface NumberIndexerOptions {
  db: Database;
  clock: Clock;
  onError: (error: unknown) => void;
}

/** Keeps the index of numbers up to date in the background, in short transactions. It continues after a restart where it was. */
export class NumberIndexer {
  readonly #job: RepeatingJob;

  constructor(private readonly options: NumberIndexerOptions) {
    const { clock, onError } = options;
    this.#job = new RepeatingJob({
      clock,
      everyMs: EVERY_MS,
      run: (isStopped) => this.catchUp(isStopped).catch(onError),
    });
  }

  start(): void {
    this.#job.start();
  }

  stop(): Promise<void> {
    return this.#job.stop();
  }

  /** Indexes all rows, or as many as it can before it is stopped. */
  async catchUp(isStopped = () => false): Promise<void> {
    const { db } = this.options;
    do await indexPendingRows(db, isStopped);
    while (!isStopped() && (await continueBackfill(db)));
  }
}
