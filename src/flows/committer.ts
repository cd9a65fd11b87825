import type { FlowChange, FlowStore } from './store.js';

/**
 * Stores the changes of all flows, those that arrive while a transaction is under way together in the next one. The
 * order of changes is kept.
 */
export class Committer {
  #waiting: { change: FlowChange; done: () => void; failed: (error: unknown) => void }[] = [];
  #busy = false;

  constructor(private readonly store: FlowStore) {}

  /** Resolves when the change is stored; rejects as the store did. */
  commit(change: FlowChange): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ change, done, failed });
      if (!this.#busy) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.store.commit(batch.map(({ change }) => change));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#busy = false;
  }
}
