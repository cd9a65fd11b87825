import { messageOf } from '../lib/error-message.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { SECOND_MS } from '../lib/time.js';

const RETRY_MS = 10 * SECOND_MS;

interface Options {
  asterisk: {
    readonly usable: boolean;
    onEvent(listener: (event: { type: string }) => void): () => void;
    readonly addresses: {
      readonly loginError: string | undefined;
      putBans(addresses: readonly string[]): Promise<void>;
    };
  };
  addresses: () => readonly string[];
  clock: Clock;
  logger: Logger;
}

/** Keeps the list of banned addresses in Asterisk equal to the gateway's. Asterisk forgets it when it restarts. */
export class SipBans {
  #error: string | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #cancelRetry: () => void = () => undefined;
  #unsubscribe: () => void = () => undefined;

  constructor(private readonly options: Options) {}

  /** Why bans do not work for SIP; undefined when they do, and without a link, which other checks report. */
  get problem(): string | undefined {
    const { asterisk } = this.options;
    if (!asterisk.usable) return undefined;
    if (this.#error !== undefined) return `banned addresses cannot be written to Asterisk: ${this.#error}`;
    const { loginError } = asterisk.addresses;
    return loginError === undefined ? undefined : `wrong SIP passwords are not reported: ${loginError}`;
  }

  start(): void {
    this.#unsubscribe = this.options.asterisk.onEvent(({ type }) => {
      if (type === 'link_up') this.wake();
    });
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#again = false;
    await this.#running;
    this.#cancelRetry();
  }

  /** Writes the list; once more when it has changed meanwhile. */
  wake(): void {
    this.#again = true;
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  async #run(): Promise<void> {
    const { asterisk, addresses, clock, logger } = this.options;
    this.#cancelRetry();
    while (this.#again && asterisk.usable) {
      this.#again = false;
      try {
        await asterisk.addresses.putBans(addresses());
        this.#error = undefined;
      } catch (error) {
        const message = messageOf(error);
        if (message !== this.#error) logger.warn({ error: message }, 'banned addresses cannot be written to Asterisk');
        this.#error = message;
        this.#cancelRetry = clock.wakeAt(clock.now() + RETRY_MS, () => this.wake());
      }
    }
  }
}
