import type { Clock } from '../lib/clock.js';
import { measured } from './measured.js';
import type { EffectResult } from './runtime-types.js';
import { logCall } from '../lib/log-call.js';
import { FencedOut, RejectedChange, type FlowChange, type FlowStore } from './store.js';

/** Delay before a failed write is retried. */
const RETRY_MS = 1000;

interface CommitQueueOptions {
  store: FlowStore;
  clock: Clock;
  onError: (where: string, error: unknown) => void;
  /** The first write failed. The returned changes are stored as well, once the database is writable again. */
  onNotDurable: () => FlowChange[];
  /** All uncommitted changes are stored. */
  onDurable: () => void;
  /** @param ms how long the commit took */
  onCommit?: ((result: EffectResult, ms: number) => void) | undefined;
}

interface QueuedChange {
  change: FlowChange;
  onStored: () => void;
}

/**
 * Stores the changes of all flows in order: those of one turn of the event loop in one transaction, and those that
 * arrive during a transaction in the next one.
 *
 * When the database fails, changes are kept in memory and retried until they are stored. Their number is bounded by the
 * flows in progress, because no new flow starts meanwhile. A change that the database rejects permanently is reported
 * and skipped, so that one faulty flow does not block the others.
 *
 * After {@link FencedOut} nothing more is stored, and no effect starts: `onStored` is not called any more.
 */
export class CommitQueue {
  #queue: QueuedChange[] = [];
  #uncommitted: FlowChange[] = [];
  #draining: Promise<void> | undefined;
  #cancelRetry: (() => void) | undefined;
  #fencedOut = false;
  readonly #options: CommitQueueOptions;

  constructor(options: CommitQueueOptions) {
    this.#options = options;
  }

  get durable(): boolean {
    return this.#uncommitted.length === 0;
  }

  /** @param onStored called when the change is stored, or kept in memory because the database fails; must not throw */
  enqueue(change: FlowChange, onStored: () => void = () => undefined): void {
    this.#queue.push({ change, onStored });
    this.#draining ??= logCall(undefined, () => this.#drain());
  }

  get busy(): boolean {
    return this.#draining !== undefined;
  }

  /** Resolves when the queue is empty. */
  async idle(): Promise<void> {
    while (this.#draining !== undefined) await this.#draining;
  }

  /** Stops the retries. */
  stop(): void {
    this.#cancelRetry?.();
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      const batch = this.#queue;
      this.#queue = [];
      await this.#store(batch.map(({ change }) => change));
      if (!this.#fencedOut) for (const { onStored } of batch) onStored();
    }
    this.#draining = undefined;
  }

  async #store(changes: FlowChange[]): Promise<void> {
    if (this.#fencedOut) return;
    if (!this.durable) {
      this.#uncommitted.push(...changes);
      return;
    }
    try {
      await this.#commit(changes);
    } catch (error) {
      if (this.#isFencedOut(error)) return;
      this.#options.onError('storage', error);
      this.#uncommitted.push(...changes, ...this.#options.onNotDurable());
      this.#retryLater();
    }
  }

  /** Commits changes one flow at a time after a rejection. Storing a change twice is harmless. */
  async #commit(changes: FlowChange[]): Promise<void> {
    const { store, onError, onCommit = () => undefined } = this.#options;
    try {
      await measured(() => store.commit(changes), onCommit);
    } catch (error) {
      if (!(error instanceof RejectedChange)) throw error;
      const [first] = changes;
      const others = changes.filter(({ flowId }) => flowId !== first?.flowId);
      if (others.length > 0) {
        await this.#commit(changes.filter(({ flowId }) => flowId === first?.flowId));
        await this.#commit(others);
      } else logCall(first?.flowId, () => onError(`storage of ${first?.flowId ?? ''}`, error));
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
    } catch (error) {
      // Still failing; the first failure was reported.
      if (this.#isFencedOut(error)) return;
    }
    if (!this.durable) this.#retryLater();
  }

  #isFencedOut(error: unknown): boolean {
    this.#fencedOut ||= error instanceof FencedOut;
    return this.#fencedOut;
  }
}
