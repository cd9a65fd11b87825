import type { Clock } from '../lib/clock.js';

/** Collects items and handles them together after a delay. */
export class DelayedSet<T> {
  readonly #items = new Set<T>();
  #cancel: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly delayMs: number,
    private readonly handle: (item: T) => void,
  ) {}

  get size(): number {
    return this.#items.size;
  }

  add(item: T): void {
    this.#items.add(item);
    this.#cancel ??= this.clock.wakeAt(this.clock.now() + this.delayMs, () => this.flush());
  }

  delete(item: T): void {
    this.#items.delete(item);
  }

  /** Handles all items now. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    for (const item of [...this.#items]) {
      this.#items.delete(item);
      this.handle(item);
    }
  }
}
