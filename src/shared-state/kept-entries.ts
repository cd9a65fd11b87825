import { z, type ZodType } from 'zod';
import type { Clock } from '../lib/clock.js';
import { HOUR_MS } from '../lib/time.js';
import { MAX_VALUE_LENGTH, type SharedState } from './port.js';

/** What outlives a restart of the gateway, and is taken over by the next one, as long as nothing of it is lost in between. */
export interface Kept<T> {
  /** Of one entry. */
  schema: ZodType<T>;
  /** The entries of now, the newest first. Those that are too many are not kept. */
  save: () => Iterable<T>;
  /** Adds an entry to those of this gateway; of two with the same key, the stricter one counts. */
  restore: (entry: T) => void;
}

/** Several changes are kept together. */
const SAVE_AFTER_MS = 1_000;
/** Longer than any wait for a login. */
const KEEP_MS = HOUR_MS;
const READS = 3;
/** The length of the JSON of all entries, without brackets. */
const MAX_LENGTH = MAX_VALUE_LENGTH - 2;

/** Entries of one name: read once, when the shared state can be used for the first time, and written after changes. */
export class KeptEntries<T> {
  #isRestored = false;
  #cancel: (() => void) | undefined;

  constructor(
    private readonly name: string,
    private readonly kept: Kept<T>,
    private readonly state: Pick<SharedState, 'read' | 'write'>,
    private readonly clock: Clock,
  ) {}

  /** Shared state is usable again, or for the first time. */
  async joined(): Promise<void> {
    if (!this.#isRestored) {
      // In the order in which they arose.
      for (const entry of (await this.#read()).reverse()) this.kept.restore(entry);
      this.#isRestored = true;
    }
    // It may have lost everything.
    this.changed();
  }

  changed(): void {
    this.#cancel ??= this.clock.wakeAt(this.clock.now() + SAVE_AFTER_MS, () => this.save());
  }

  /** Saves what has changed. Before the entries are restored, that would remove those of the gateway before. */
  save(): void {
    if (this.#cancel === undefined) return;
    this.#cancel();
    this.#cancel = undefined;
    if (this.#isRestored) this.state.write(this.#key, newest(this.kept.save()), KEEP_MS);
  }

  /** A gateway that starts may be too busy to get the answer in time. */
  async #read(): Promise<T[]> {
    for (let left = READS; left > 0; left -= 1) {
      const entries = await this.state.read(this.#key, z.array(this.kept.schema));
      if (entries !== undefined) return entries;
    }
    return [];
  }

  get #key(): string {
    return `kept:${this.name}`;
  }
}

function newest<T>(entries: Iterable<T>): T[] {
  const kept: T[] = [];
  let length = 0;
  for (const entry of entries) {
    length += JSON.stringify(entry).length + 1;
    if (length > MAX_LENGTH) break;
    kept.push(entry);
  }
  return kept;
}
