/** Counts by key. */
export class Counter {
  readonly #counts = new Map<string, number>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  count(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  /** @returns an idempotent function that subtracts it again */
  add(key: string): () => void {
    this.#counts.set(key, this.count(key) + 1);
    this.#total += 1;
    let counted = true;
    return () => {
      if (!counted) return;
      counted = false;
      this.#total -= 1;
      const left = this.count(key) - 1;
      if (left > 0) this.#counts.set(key, left);
      else this.#counts.delete(key);
    };
  }
}
