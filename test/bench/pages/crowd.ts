import type { AmiTap } from '../monitor/ami-tap.js';
import { join, leave } from '../monitor/queue-events.js';

/** Callers in queues, as Asterisk would tell of them. */
export class Crowd {
  #callers = 0;
  #changes = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #waiting = new Map<number, string[]>();

  constructor(
    private readonly tap: AmiTap,
    private readonly queues: readonly number[],
  ) {}

  fill(callers: number): void {
    for (let caller = 0; caller < callers; caller += 1) this.#join(this.#queueOf(caller));
  }

  /** Lets callers come and go. */
  start(changesPerSecond: number): void {
    this.#timer = setInterval(() => {
      this.#changes += 1;
      const queue = this.#queueOf(Math.floor(this.#changes / 2));
      if (this.#changes % 2 === 0) this.#join(queue);
      else this.#leave(queue);
    }, 1000 / changesPerSecond);
  }

  /** All leave. */
  stop(): void {
    clearInterval(this.#timer);
    for (const [queue, callers] of this.#waiting) while (callers.length > 0) this.#leave(queue);
  }

  #queueOf(n: number): number {
    return this.queues[n % this.queues.length] ?? 1;
  }

  #join(queue: number): void {
    this.#callers += 1;
    const callers = this.#waiting.get(queue) ?? [];
    this.#waiting.set(queue, callers);
    join(this.tap, queue, callers, this.#callers);
  }

  #leave(queue: number): void {
    leave(this.tap, queue, this.#waiting.get(queue) ?? []);
  }
}
