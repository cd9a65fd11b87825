import type { Clock } from './clock.js';
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
  #cancel: () => void = () => undefined;
  #run: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor(private readonly options: JanitorOptions) {}

  start(): void {
    this.#stopped = false;
    this.#schedule(FIRST_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#run;
  }

  /** Resolves when the current round has ended. */
  async idle(): Promise<void> {
    await this.#run;
  }

  #schedule(ms: number): void {
    const { clock } = this.options;
    this.#cancel = clock.wakeAt(clock.now() + ms, () => {
      this.#run = this.#runAll().then(() => {
        if (!this.#stopped) this.#schedule(EVERY_MS);
      });
    });
  }

  async #runAll(): Promise<void> {
    const { jobs, clock, onDone, onError } = this.options;
    for (const job of jobs) {
      if (this.#stopped) return;
      try {
        const removed = await job.run(clock.now());
        if (removed > 0) onDone(job.name, removed);
      } catch (error) {
        onError(job.name, error);
      }
    }
  }
}
