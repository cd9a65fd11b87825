import { Redis } from 'ioredis';
import { messageOf } from '../lib/error-message.js';

/** A server that does not respond for this long is away: the connection is closed and made anew. */
const SILENCE_MS = 1_000;
const PING_EVERY_MS = 1_000;
const MAX_RETRY_MS = 1_000;
/** Commands without a response. Further ones are dropped, so that a server that hangs does not fill the memory. */
const MAX_IN_FLIGHT = 1_000;
const FIRST_ATTEMPT = 'not connected yet';

interface ConnectionOptions {
  url: string;
  /** Runs after each connect, before commands are possible. */
  prepare: (redis: Redis) => Promise<unknown>;
  /** {@link RedisConnection.problem} has changed. */
  onChange: () => void;
}

/** One connection to Redis, which is made again after each loss. */
export class RedisConnection {
  readonly #redis: Redis;
  #problem: string | undefined = FIRST_ATTEMPT;
  #pings: NodeJS.Timeout | undefined;
  #inFlight = 0;

  constructor(private readonly options: ConnectionOptions) {
    this.#redis = new Redis(options.url, {
      lazyConnect: true,
      connectTimeout: SILENCE_MS,
      socketTimeout: SILENCE_MS,
      retryStrategy: (attempts) => Math.min(attempts * 50, MAX_RETRY_MS),
      // After a fail-over the same name leads to the new primary server.
      reconnectOnError: ({ message }) => message.startsWith('READONLY'),
      // What was not sent or not answered is outdated when the server is back.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      autoResubscribe: false,
      // It would need a right of its own, which older servers do not know.
      disableClientInfo: true,
      // All servers understand it. A subscribed connection then takes no other commands.
      protocol: 2,
    });
    this.#redis.on('ready', () => void this.#prepare());
    this.#redis.on('error', (error: unknown) => this.#change(messageOf(error).replace(/\.$/, '')));
    this.#redis.on('close', () => this.#change(this.#problem ?? 'the connection was lost'));
  }

  /** Why commands are not possible; undefined when they are. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Whether the first attempt to connect has ended. */
  get hasTried(): boolean {
    return this.#problem !== FIRST_ATTEMPT;
  }

  /** Whether a command would be sent now. */
  get isUsable(): boolean {
    return this.#problem === undefined && this.#inFlight < MAX_IN_FLIGHT;
  }

  start(): void {
    // The event `error` reports a failure.
    this.#redis.connect().catch(() => undefined);
    this.#pings = setInterval(() => void this.run((redis) => redis.ping()).catch(() => undefined), PING_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#pings);
    this.#redis.disconnect();
  }

  onMessage(listener: (message: string) => void): void {
    this.#redis.on('message', (_channel: string, message: string) => listener(message));
  }

  /** @throws when Redis is away, or refuses the command */
  async run<T>(command: (redis: Redis) => Promise<T>): Promise<T> {
    if (!this.isUsable) throw new Error(this.#problem ?? `${MAX_IN_FLIGHT} commands have no response yet`);
    this.#inFlight += 1;
    try {
      return await command(this.#redis);
    } finally {
      this.#inFlight -= 1;
    }
  }

  async #prepare(): Promise<void> {
    try {
      await this.options.prepare(this.#redis);
      this.#change(undefined);
    } catch (error) {
      this.#change(messageOf(error));
      this.#redis.disconnect(true);
    }
  }

  #change(problem: string | undefined): void {
    if (problem === this.#problem) return;
    this.#problem = problem;
    this.options.onChange();
  }
}
