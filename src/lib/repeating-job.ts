import type { Clock } from './clock.js';
import { logCall } from './log-call.js';

interface RepeatingJobOptions {
  clock: Clock;
  /** Delay (ms) from the end of a run to the next. */
  everyMs: number;
  /** Delay (ms) of the first run; default: as between runs. */
  firstMs?: number;
  /** Must not reject. @param isStopped true once the job is being stopped; a long run ends early then */
  run: (isStopped: () => boolean) => Promise<void>;
}

/** Runs a job in the background again and again, never twice at a time. */
export class RepeatingJob {
  #cancel: () => void = () => undefined;
  #run: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor(private readonly options: RepeatingJobOptions) {}

  start(): void {
    const { everyMs, firstMs = everyMs } = this.options;
    this.#stopped = false;
    this.#schedule(firstMs);
  }

  /** Resolves when the current run has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#run;
  }

  /** Resolves when the current run has ended; the next one is not affected. */
  async idle(): Promise<void> {
    await this.#run;
  }

  #schedule(ms: number): void {
    const { clock, everyMs, run } = this.options;
    const runOnce = () => {
      this.#run = run(() => this.#stopped).then(() => {
        if (!this.#stopped) this.#schedule(everyMs);
      });
    };
    this.#cancel = logCall(undefined, () => clock.wakeAt(clock.now() + ms, runOnce));
  }
}
