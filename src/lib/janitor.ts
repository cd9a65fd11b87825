import type { Clock } from './clock.js';
import { HOUR_MS, MINUTE_MS } from './time.js';

/** After the start: it is none of the things that callers wait for. */
const FIRST_MS = MINUTE_MS;
const EVERY_MS = HOUR_MS;

/** Something that is cleaned up from time to time. What is due is read from what is stored, so a missed round loses nothing. */
export interface Chore {
  name: string;
  /** Removes what is due at that instant. @returns how many things it removed */
  run(now: number): Promise<number>;
}

interface JanitorOptions {
  chores: Chore[];
  clock: Clock;
  onDone: (chore: string, removed: number) => void;
  onTrouble: (chore: string, error: unknown) => void;
}

/** Does its chores every hour, one after another; one that fails does not keep it from the others. */
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

  /** Resolves when the round that has begun is over. */
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
