import type { Clock } from './clock.js';
import { HOUR_MS, MINUTE_MS } from './time.js';

/** Delay after the start (ms): clean-up must not delay the start of calls. */
const FIRST_MS = MINUTE_MS;
const EVERY_MS = HOUR_MS;

/** A periodic clean-up job. It determines what is due from stored data, so a missed run loses nothing. */
export interface Chore {
  name: string;
  /** Removes everything that is due at `now`. @returns the number of removed items */
  run(now: number): Promise<number>;
}

interface JanitorOptions {
  chores: Chore[];
  clock: Clock;
  onDone: (chore: string, removed: number) => void;
  onTrouble: (chore: string, error: unknown) => void;
}

/** Runs clean-up jobs every hour, one after another; a failure does not affect the other jobs. */
export class Janitor {
  #cancel: () => void = () => undefined;
  #round: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor(private readonly options: JanitorOptions) {}

  start(): void {
    this.#stopped = false;
    this.#comeIn(FIRST_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#round;
  }

  /** Resolves when the current round has ended. */
  async idle(): Promise<void> {
    await this.#round;
  }

  #comeIn(ms: number): void {
    const { clock } = this.options;
    this.#cancel = clock.wakeAt(clock.now() + ms, () => {
      this.#round = this.#doAll().then(() => {
        if (!this.#stopped) this.#comeIn(EVERY_MS);
      });
    });
  }

  async #doAll(): Promise<void> {
    const { chores, clock, onDone, onTrouble } = this.options;
    for (const chore of chores) {
      if (this.#stopped) return;
      try {
        const removed = await chore.run(clock.now());
        if (removed > 0) onDone(chore.name, removed);
      } catch (error) {
        onTrouble(chore.name, error);
      }
    }
  }
}
