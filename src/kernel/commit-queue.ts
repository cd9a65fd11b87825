import type { Clock } from '../lib/clock.js';
import { RejectedChange, type FlowChange, type FlowStore } from './store.js';

/** Delay before a failed write is retried. */
const RETRY_MS = 1000;

interface CommitQueueOptions {
  store: FlowStore;
  clock: Clock;
  onTrouble: (where: string, error: unknown) => void;
  /** The first write failed. The returned changes are stored as well, once the database is writable again. */
  onNotDurable: () => FlowChange[];
  /** All uncommitted changes are stored. */
  onDurable: () => void;
}

/**
 * Stores the changes of all flows in order; changes that arrive during a transaction are stored together in the next
 * one.
When the database fails, changes are kept in memory and retried until they are stored. Their number is bounded by the
flows in progress, because no new flow starts meanwhile. A change that the database rejects permanently is reported and
skipped, so that one faulty flow does not block the others.
 */
export class CommitQueue {
  #queue: { change: FlowChange; settled: () => void }[] = [];
  #uncommitted: FlowChange[] = [];
  #busy = false;
  #cancelRetry: (() => void) | undefined;
  readonly #options: CommitQueueOptions;

  constructor(options: CommitQueueOptions) {
    this.#options = options;
  }

  get durable(): boolean {
    return this.#uncommitted.length === 0;
  }

  /** Resolves when the change is stored, or kept in memory because the database fails. */
  enqueue(change: FlowChange): Promise<void> {
    return new Promise((settled) => {
      this.#queue.push({ change, settled });
      if (!this.#busy) void this.#drain();
    });
  }

  stop(): void {
    this.#cancelRetry?.();
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    // What arrived together in one turn of the event loop is stored together.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      await this.#store(batch.map(({ change }) => change));
      for (const { settled } of batch) settled();
    }
    this.#busy = false;
  }

  async #store(changes: FlowChange[]): Promise<void> {
    if (!this.durable) {
      this.#uncommitted.push(...changes);
      return;
    }
    try {
      await this.#commit(changes);
    } catch (error) {
      this.#options.onTrouble('storage', error);
      this.#uncommitted.push(...changes, ...this.#options.onNotDurable());
      this.#retryLater();
    }
  }

  /** Commits changes one flow at a time after a rejection. Storing a change twice is harmless. */
  async #commit(changes: FlowChange[]): Promise<void> {
    const { store, onTrouble } = this.#options;
    try {
      await store.commit(changes);
    } catch (error) {
      if (!(error instanceof RejectedChange)) throw error;
      const [first] = changes;
      const others = changes.filter(({ flowId }) => flowId !== first?.flowId);
      if (others.length > 0) {
        await this.#commit(changes.filter(({ flowId }) => flowId === first?.flowId));
        await this.#commit(others);
      } else onTrouble(`storage of ${first?.flowId ?? ''}`, error);
    }
  }

  #retryLater(): void {
    this.#cancelRetry = this.#options.clock.wakeAt(this.#options.clock.now() + RETRY_MS, () => void this.#retry());
  }

  async #retry(): Promise<void> {
    const batch = [...this.#uncommitted];
    try {
      await this.#commit(batch);
      this.#uncommitted.splice(0, batch.length);
      if (this.durable) this.#options.onDurable();
    } catch {
      // Still failing; the first failure was reported.
    }
    if (!this.durable) this.#retryLater();
  }
}
