import { randomUUID } from 'node:crypto';
import type { ZodType } from 'zod';
import { Emitter } from '../lib/emitter.js';
import { messageOf } from '../lib/error-message.js';
import type { Logger } from '../lib/logger.js';
import { parseUntrusted } from '../lib/untrusted-json.js';
import { within } from '../lib/within.js';
import { COMMAND_TIMEOUT_MS, MAX_MESSAGE_LENGTH, MAX_VALUE_LENGTH, type SharedState } from './port.js';
import { PREFIX } from './probe.js';
import { RedisConnection } from './redis-connection.js';
import type { Seal } from './seal.js';
import { Subscriptions, toEnvelope } from './subscriptions.js';

/** In base64, and a character can have three bytes. */
const MAX_SEALED_LENGTH = 4 * (MAX_MESSAGE_LENGTH + 100);

interface RedisOptions {
  /** As in `redis://user:password@host:6379/0`. Never logged: it has a password. */
  url: string;
  /** The same for all gateways on one database; those of other databases can use the same server. */
  seal: Seal;
  logger: Logger;
}

/** Shared state in Redis or Valkey: values with an expiry, and messages by publish/subscribe. */
export class RedisState implements SharedState {
  readonly #options: RedisOptions;
  readonly #self = randomUUID();
  readonly #channel: string;
  readonly #commands: RedisConnection;
  readonly #messages: RedisConnection;
  readonly #subscriptions: Subscriptions;
  readonly #joined: Emitter<undefined>;
  /** Why the last value was not kept. */
  #refusal: string | undefined;
  /** As logged. */
  #isUsable: boolean | undefined;
  #isRunning = false;

  constructor(options: RedisOptions) {
    this.#options = options;
    const onError = (error: unknown) => options.logger.error({ err: error }, 'a listener of shared state failed');
    this.#channel = this.#placeOf('messages');
    this.#subscriptions = new Subscriptions(this.#self, onError);
    this.#joined = new Emitter(onError);
    const { url } = options;
    const onChange = () => this.#report();
    this.#commands = new RedisConnection({ url, prepare: () => Promise.resolve(), onChange });
    this.#messages = new RedisConnection({ url, prepare: (redis) => redis.subscribe(this.#channel), onChange });
    this.#messages.onMessage((sealed) => {
      const message = this.#open(this.#channel, sealed);
      if (message !== undefined) this.#subscriptions.receive(message);
    });
  }

  get problem(): string | undefined {
    const problem = this.#commands.problem ?? this.#messages.problem ?? this.#refusal;
    return problem === undefined ? undefined : `Redis at ${new URL(this.#options.url).host}: ${problem}`;
  }

  start(): void {
    this.#isRunning = true;
    this.#commands.start();
    this.#messages.start();
  }

  stop(): Promise<void> {
    this.#isRunning = false;
    this.#commands.stop();
    this.#messages.stop();
    return Promise.resolve();
  }

  async read<T>(key: string, schema: ZodType<T>): Promise<T | undefined> {
    if (!this.#commands.isUsable) return undefined;
    const place = this.#placeOf(key);
    try {
      const answer = this.#commands.run((redis) => redis.get(place));
      const sealed = await within(answer, COMMAND_TIMEOUT_MS, () => null);
      const json = sealed === null ? undefined : this.#open(place, sealed);
      return json === undefined ? undefined : schema.safeParse(parseUntrusted(json)).data;
    } catch {
      return undefined;
    }
  }

  write(key: string, value: unknown, ttlMs: number): void {
    if (!this.#commands.isUsable || ttlMs < 1) return;
    const json = JSON.stringify(value);
    if (json.length > MAX_VALUE_LENGTH) return;
    const place = this.#placeOf(key);
    const sealed = this.#options.seal.close(place, json);
    this.#commands
      .run((redis) => redis.set(place, sealed, 'PX', Math.floor(ttlMs)))
      .then(
        () => this.#setRefusal(undefined),
        // Anything else is a problem of the connection, which reports it.
        (error: unknown) => error instanceof Error && error.name === 'ReplyError' && this.#setRefusal(messageOf(error)),
      );
  }

  remove(key: string): void {
    this.#commands.run((redis) => redis.del(this.#placeOf(key))).catch(() => undefined);
  }

  publish(topic: string, message: unknown): void {
    if (!this.#commands.isUsable) return;
    const json = toEnvelope(topic, this.#self, message);
    if (json.length > MAX_MESSAGE_LENGTH) return;
    const sealed = this.#options.seal.close(this.#channel, json);
    this.#commands.run((redis) => redis.publish(this.#channel, sealed)).catch(() => undefined);
  }

  subscribe<T>(topic: string, schema: ZodType<T>, listener: (message: T, sender: string) => void): () => void {
    return this.#subscriptions.add(topic, schema, listener);
  }

  onJoined(listener: () => void): () => void {
    return this.#joined.on(listener);
  }

  #placeOf(key: string): string {
    return `${PREFIX}:${this.#options.seal.nameOf(key)}`;
  }

  /** Undefined for what no gateway of this database wrote, and for what is longer than any of them writes. */
  #open(place: string, sealed: string): string | undefined {
    return sealed.length > MAX_SEALED_LENGTH ? undefined : this.#options.seal.open(place, sealed);
  }

  #setRefusal(message: string | undefined): void {
    if (message === this.#refusal) return;
    this.#refusal = message;
    this.#report();
  }

  /** Logs the loss and the return, not each attempt to connect. */
  #report(): void {
    const { problem } = this;
    const isUsable = problem === undefined;
    const hasTried = this.#commands.hasTried && this.#messages.hasTried;
    if (!this.#isRunning || !hasTried || isUsable === this.#isUsable) return;
    this.#isUsable = isUsable;
    const { logger } = this.#options;
    if (isUsable) {
      logger.info('Redis is connected');
      this.#joined.emit(undefined);
    } else logger.warn({ problem }, 'Redis cannot be used: the gateway goes on with what it knows itself');
  }
}
