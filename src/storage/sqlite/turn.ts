/** How long (ms) statements may follow each other before timers and sockets have their turn. */
const LONGEST_MS = 2;

/**
 * A driver that answers at once never lets the event loop go on by itself: a loop over a thousand statements would be one
 * turn of it. Whoever calls {@link pause} before each statement leaves it after {@link LONGEST_MS}.
 */
export class Turn {
  #begunAt: number | undefined;

  async pause(): Promise<void> {
    if (this.#begunAt === undefined) {
      this.#begunAt = performance.now();
      setImmediate(() => (this.#begunAt = undefined));
    } else if (performance.now() - this.#begunAt > LONGEST_MS) await new Promise((resolve) => setImmediate(resolve));
  }
}
