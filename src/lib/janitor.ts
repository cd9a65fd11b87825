import type { Clock } from './clock.js';
import { RepeatingJob } from './repeating-job.js';
import { HOUR_MS, MINUTE_MS } from './time.js';

/** Delay after the start (ms): clean-up must not delay the start of calls. */
const FIRST_MS = MINUTE_MS;
const EVERY_MS = HOUR_MS;

/** A periodic clean-up job. It determines what is due from stored data, so a missed run loses nothing. */
export interface CleanupJob {
  name: string;
  /** Removes everything that is due at `now`. @returns the number of removed items */
  run(now: number): Promise<number>;
}

interface JanitorOptions {
  jobs: CleanupJob[];
  clock: Clock;
  onDone: (job: string, removed: number) => void;
  onError: (job: string, error: unknown) => void;
}

/** Runs clean-up jobs every hour, one after another; a failure does not affect the other jobs. */
export class Janitor {
  readonly #job: RepeatingJob;

  constructor(private readonly options: JanitorOptions) {
    this.#job = new RepeatingJob({
      clock: options.clock,
      everyMs: EVERY_MS,
      firstMs: FIRST_MS,
      run: (isStopped) => this.#runAll(isStopped),
    });
  }

  start(): void {
    this.#job.start();
  }

  stop(): Promise<void> {
    return this.#job.stop();
  }

  /** Resolves when the current round has ended. */
  idle(): Promise<void> {
    return this.#job.idle();
  }

  async #runAll(isStopped: () => boolean): Promise<void> {
    const { jobs, clock, onDone, onError } = this.options;
    for (const job of jobs) {
      if (isStopped()) return;
      try {
        const removed = await job.run(clock.now());
        if (removed > 0) onDone(job.name, removed);
      } catch (error) {
        onError(job.name, error);
      }
    }
  }
}
