/**
 * A cache of recently used entries. It holds two generations of at most `size` entries: when the younger one is full, the
 * older one is dropped. Entries in use move to the younger generation. A hit costs one look-up, unlike in a list of last uses.
 */
export class RecentMap<K, V> {
  #young = new Map<K, V>();
  #old = new Map<K, V>();

  constructor(private readonly size: number) {}

  has(key: K): boolean {
    return this.#young.has(key) || this.#old.has(key);
  }

  get(key: K): V | undefined {
    const value = this.#young.get(key);
    if (value !== undefined || !this.#old.has(key)) return value;
    const old = this.#old.get(key) as V;
    this.set(key, old);
    return old;
  }

  set(key: K, value: V): void {
    if (this.#young.size >= this.size && !this.#young.has(key)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }

  delete(key: K): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
