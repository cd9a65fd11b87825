import { z } from 'zod';
import type { Clock } from '../lib/clock.js';
import { KeptEntries, type Kept } from './kept-entries.js';
import type { SharedState } from './port.js';

/** One count of each key, kept by every gateway itself. */
export interface SharedCount {
  /** Reports what this gateway has added. @param by negative: taken back */
  add(key: string, by?: number): void;
  /** Calls the listener for what other gateways have added. */
  onAdded(listener: (key: string, by: number) => void): void;
  /** Lets the counts outlive this process. To be called once for each count. */
  keep<T>(kept: Kept<T>): void;
}

/** Changes of several requests travel together. */
const SEND_AFTER_MS = 50;
/** Keys of one message. Further ones are not shared: during a flood each gateway has its own limits. */
const MAX_KEYS = 1_000;
const MAX_KEY_LENGTH = 300;
const TOPIC = 'counts';

const message = z.record(z.string(), z.record(z.string().max(MAX_KEY_LENGTH), z.int()));

/**
 * Counts over all gateways: of requests, wrong passwords, logins. Each gateway decides at once by its own count and reports what it
 * added; the others add it a moment later. So no request waits, and several gateways together allow a few more than one. The next gateway
 * of the same database begins with the counts of this one.
 */
export class SharedCounts {
  readonly #listeners = new Map<string, ((key: string, by: number) => void)[]>();
  readonly #kept = new Map<string, Pick<KeptEntries<unknown>, 'joined' | 'changed' | 'save'>>();
  #added = new Map<string, Map<string, number>>();
  #keys = 0;
  #cancel: (() => void) | undefined;
  readonly #unsubscribe: (() => void)[];
  /** Rejects never. */
  #restoring: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly state: Pick<SharedState, 'publish' | 'subscribe' | 'onJoined' | 'read' | 'write'>,
    private readonly clock: Clock,
  ) {
    this.#unsubscribe = [
      state.subscribe(TOPIC, message, (counts) => this.#receive(counts)),
      state.onJoined(() => {
        this.#restoring = Promise.all([...this.#kept.values()].map((kept) => kept.joined()));
      }),
    ];
  }

  /** @param name of the count, the same on all gateways */
  of(name: string): SharedCount {
    return {
      add: (key, by = 1) => this.#add(name, key, by),
      onAdded: (listener) => this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]),
      keep: (kept) => this.#kept.set(name, new KeptEntries(name, kept, this.state, this.clock)),
    };
  }

  /** Keeps the last changes for the next gateway. */
  async stop(): Promise<void> {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#cancel?.();
    await this.#restoring;
    for (const kept of this.#kept.values()) kept.save();
  }

  #add(name: string, key: string, by: number): void {
    this.#kept.get(name)?.changed();
    const counts = this.#added.get(name) ?? new Map<string, number>();
    const before = counts.get(key);
    if (before === undefined) {
      if (this.#keys >= MAX_KEYS || key.length > MAX_KEY_LENGTH) return;
      this.#keys += 1;
    }
    counts.set(key, (before ?? 0) + by);
    this.#added.set(name, counts);
    this.#cancel ??= this.clock.wakeAt(this.clock.now() + SEND_AFTER_MS, () => this.#send());
  }

  #send(): void {
    const added = [...this.#added].map(([name, counts]) => [name, Object.fromEntries(counts)] as const);
    this.#added = new Map();
    this.#keys = 0;
    this.#cancel = undefined;
    this.state.publish(TOPIC, Object.fromEntries(added));
  }

  #receive(counts: z.output<typeof message>): void {
    for (const [name, added] of Object.entries(counts))
      for (const listener of this.#listeners.get(name) ?? [])
        for (const [key, by] of Object.entries(added)) if (by !== 0) listener(key, by);
  }
}
