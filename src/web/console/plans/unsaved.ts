import { isEqual } from '../config/values.js';
import { isAt, type Item, type ItemChange } from './items.js';

/** Where the browser keeps changes that the gateway has not confirmed: they survive a reload and a lost session. */
const NAME = 'cordboard.plans.unsaved';

interface Entry {
  change: ItemChange;
  /** The item before the change, as the gateway had it. */
  was: unknown;
}

/** Changes that the gateway has not confirmed yet, one for each item. */
export class UnsavedChanges {
  readonly #entries = new Map<string, Entry>();

  /** @param who id of the operator: somebody else at this browser must not publish them */
  constructor(private readonly who: number | null) {}

  /** Reads what was left when the page was closed. */
  restore(): void {
    try {
      const kept = JSON.parse(localStorage.getItem(NAME) ?? 'null') as { who: unknown; entries: Entry[] } | null;
      if (kept?.who === this.who) for (const entry of kept.entries) this.#entries.set(idOf(entry.change), entry);
    } catch {
      // Without storage nothing was kept.
    }
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  get changes(): ItemChange[] {
    return [...this.#entries.values()].map(({ change }) => change);
  }

  /** @param confirmed the items as the gateway has them */
  add(change: ItemChange, confirmed: readonly Item[]): void {
    const id = idOf(change);
    const was = this.#entries.has(id) ? this.#entries.get(id)?.was : bodyIn(confirmed, change);
    // Removed first: what is removed and added again belongs to the end of the order.
    this.#entries.delete(id);
    this.#entries.set(id, { change, was });
    this.#keep();
  }

  /** @param sent what the gateway has stored; later changes of the same items remain */
  confirm(sent: readonly ItemChange[]): void {
    for (const change of sent) {
      const entry = this.#entries.get(idOf(change));
      if (entry?.change === change) this.#entries.delete(idOf(change));
      else if (entry !== undefined) entry.was = change.body;
    }
    this.#keep();
  }

  /** The changes of items that are not any more what they were before the change. */
  clashes(items: readonly Item[]): ItemChange[] {
    return [...this.#entries.values()]
      .filter(({ change, was }) => {
        const body = bodyIn(items, change);
        return !isEqual(body, was) && !isEqual(body, change.body);
      })
      .map(({ change }) => change);
  }

  /** Settles clashes in favour of the changes (`mine`), or of the items. */
  settle(items: readonly Item[], keep: 'mine' | 'theirs'): void {
    for (const change of this.clashes(items)) {
      const entry = this.#entries.get(idOf(change));
      if (keep === 'theirs') this.#entries.delete(idOf(change));
      else if (entry !== undefined) entry.was = bodyIn(items, change);
    }
    this.#keep();
  }

  #keep(): void {
    try {
      if (this.isEmpty) localStorage.removeItem(NAME);
      else localStorage.setItem(NAME, JSON.stringify({ who: this.who, entries: [...this.#entries.values()] }));
    } catch {
      // Without storage they are kept until the page is left.
    }
  }
}

function idOf({ section, key }: Pick<ItemChange, 'section' | 'key'>): string {
  return `${section} ${key}`;
}

function bodyIn(items: readonly Item[], at: Pick<Item, 'section' | 'key'>): unknown {
  return items.find((item) => isAt(item, at))?.body;
}
