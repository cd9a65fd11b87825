import { detachString } from '../lib/detach-string.js';

/** Far above the number of Asterisk's concurrent calls. */
const CAPACITY = 5000;

/** A bounded set of ids: the oldest is dropped, so an id whose end is never seen does not leak. */
export class RecentIds {
  readonly #ids = new Set<string>();

  add(id: string): void {
    this.#ids.add(detachString(id));
    if (this.#ids.size <= CAPACITY) return;
    const [oldest] = this.#ids;
    if (oldest !== undefined) this.#ids.delete(oldest);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  delete(id: string): boolean {
    return this.#ids.delete(id);
  }
}
