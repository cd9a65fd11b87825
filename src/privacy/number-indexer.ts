import type { Clock } from '../lib/clock.js';
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
  #cancel: () => void = () => undefined;
  #run: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor(private readonly options: NumberIndexerOptions) {}

  start(): void {
    this.#stopped = false;
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#run;
  }

  /** Indexes all rows, or as many as it can before it is stopped. */
  async catchUp(isStopped = () => false): Promise<void> {
    const { db } = this.options;
    do await indexPendingRows(db, isStopped);
    while (!isStopped() && (await continueBackfill(db)));
  }

  #schedule(): void {
    const { clock, onError } = this.options;
    this.#cancel = clock.wakeAt(clock.now() + EVERY_MS, () => {
      this.#run = this.catchUp(() => this.#stopped)
        .catch(onError)
        .then(() => {
          if (!this.#stopped) this.#schedule();
        });
    });
  }
}
