/** Maximum time (ms) of consecutive statements before timers and sockets get a turn. */
const LONGEST_MS = 2;

/**
 * A synchronous driver never yields to the event loop: a loop over a thousand statements would be one
 * turn of it. {@link pause}, called before each statement, yields after {@link LONGEST_MS}.
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
