import { logCall } from '../lib/log-call.js';
import { messageOf } from '../lib/error-message.js';
import type { LinkContext } from './link.js';

const FIRST_DELAY_MS = 50;
const MAX_DELAY_MS = 1000;

/** An established connection that reports once when it closes. */
export interface LinkConnection {
  onClosed(listener: (reason: string) => void): void;
  close(): void;
}

interface ReconnectEvents<C> {
  up(connection: C): void;
  /** The connection that was up is lost. */
  down(reason: string): void;
}

/** Keeps one connection open: reconnects after each loss with a random delay of at most a second. */
export class Reconnector<C extends LinkConnection> {
  #running = false;
  #attempt = 0;
  #abort = new AbortController();
  #cancelRetry: () => void = () => undefined;
  #current: C | undefined;
  #opening: Promise<void> = Promise.resolve();
  #error = 'not started';

  constructor(
    private readonly name: string,
    private readonly open: (signal: AbortSignal) => Promise<C>,
    private readonly context: LinkContext,
    private readonly events: ReconnectEvents<C>,
  ) {}

  get current(): C | undefined {
    return this.#current;
  }

  /** Why there is no connection; undefined while there is one. */
  get error(): string | undefined {
    return this.#current === undefined ? this.#error : undefined;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#abort = new AbortController();
    this.#error = 'connecting';
    this.#tryOpen();
  }

  async stop(reason = 'stopped'): Promise<void> {
    this.#running = false;
    this.#error = reason;
    this.#cancelRetry();
    this.#abort.abort();
    this.#current?.close();
    await this.#opening;
  }

  /** Events of the connection belong to no call, whichever call has noticed the end of the former one. */
  #tryOpen(): void {
    this.#opening = logCall(undefined, () => this.open(this.#abort.signal)).then(
      (connection) => logCall(undefined, () => this.#opened(connection)),
      (error: unknown) => this.#failed(messageOf(error)),
    );
  }

  #opened(connection: C): void {
    if (!this.#running) {
      connection.close();
      return;
    }
    this.#attempt = 0;
    this.#current = connection;
    this.context.log.info({ link: this.name }, 'link is up');
    this.events.up(connection);
    connection.onClosed((reason) => {
      this.#current = undefined;
      if (this.#running) this.context.log.warn({ link: this.name, reason }, 'link is down');
      this.events.down(reason);
      this.#failed(reason);
    });
  }

  #failed(reason: string): void {
    if (!this.#running) return;
    if (reason !== this.#error) this.context.log.warn({ link: this.name, reason }, 'link cannot be opened, retrying');
    this.#error = reason;
    const ceilingMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#attempt);
    this.#attempt = Math.min(this.#attempt + 1, 10);
    const delayMs = ceilingMs * (0.5 + this.context.random() / 2);
    this.#cancelRetry = this.context.clock.wakeAt(this.context.clock.now() + delayMs, () => this.#tryOpen());
  }
}
