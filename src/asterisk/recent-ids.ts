import { detachString } from '../lib/detach-string.js';

/** Far more than the calls that Asterisk carries at once. */
const CAPACITY = 5000;

/** A set of ids that forgets the oldest, so that an id whose end was never seen does not stay for ever. */
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
