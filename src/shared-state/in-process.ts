import { randomUUID } from 'node:crypto';
import type { ZodType } from 'zod';
import type { Clock } from '../lib/clock.js';
import { Emitter } from '../lib/emitter.js';
import { RecentMap } from '../lib/recent-map.js';
import { parseUntrusted } from '../lib/untrusted-json.js';
import { MAX_MESSAGE_LENGTH, MAX_VALUE_LENGTH, type SharedState } from './port.js';
import { Subscriptions, toEnvelope } from './subscriptions.js';

/** In each of two generations, see {@link RecentMap}. */
const MAX_VALUES = 1_000;

/** What members of the same process share. */
export class InProcessPlace {
  readonly values = new RecentMap<string, { json: string; until: number }>(MAX_VALUES);
  readonly sent: Emitter<string>;

  constructor(
    readonly clock: Clock,
    readonly onError: (error: unknown) => void,
  ) {
    this.sent = new Emitter(onError);
  }
}

/** The shared state of a gateway that has no others beside it. */
export class InProcessState implements SharedState {
  readonly problem = undefined;
  readonly #self = randomUUID();
  readonly #subscriptions: Subscriptions;
  readonly #joined: Emitter<undefined>;
  #leave: () => void = () => undefined;
  #isMember = false;

  constructor(private readonly place: InProcessPlace) {
    this.#subscriptions = new Subscriptions(this.#self, place.onError);
    this.#joined = new Emitter(place.onError);
  }

  start(): void {
    this.#isMember = true;
    this.#leave = this.place.sent.on((json) => this.#subscriptions.receive(json));
    this.#joined.emit(undefined);
  }

  stop(): Promise<void> {
    this.#isMember = false;
    this.#leave();
    return Promise.resolve();
  }

  read<T>(key: string, schema: ZodType<T>): Promise<T | undefined> {
    const kept = this.place.values.get(key);
    if (kept === undefined || kept.until <= this.place.clock.now()) return Promise.resolve(undefined);
    return Promise.resolve(schema.safeParse(parseUntrusted(kept.json)).data);
  }

  write(key: string, value: unknown, ttlMs: number): void {
    const json = JSON.stringify(value);
    if (json.length <= MAX_VALUE_LENGTH) this.place.values.set(key, { json, until: this.place.clock.now() + ttlMs });
  }

  remove(key: string): void {
    this.place.values.delete(key);
  }

  publish(topic: string, message: unknown): void {
    const json = toEnvelope(topic, this.#self, message);
    if (!this.#isMember || json.length > MAX_MESSAGE_LENGTH) return;
    // Later, as over a network.
    queueMicrotask(() => this.place.sent.emit(json));
  }

  subscribe<T>(topic: string, schema: ZodType<T>, listener: (message: T, sender: string) => void): () => void {
    return this.#subscriptions.add(topic, schema, listener);
  }

  onJoined(listener: () => void): () => void {
    return this.#joined.on(listener);
  }
}
