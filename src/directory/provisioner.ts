import { messageOf } from '../lib/error-message.js';
import { AsteriskError, type AsteriskPort } from '../asterisk/port.js';
import type { Logger } from '../lib/logger.js';

export interface ProvisionerOptions {
  asterisk: Pick<AsteriskPort, 'usable' | 'onEvent'>;
  logger: Logger;
}

/** Pause before a retry after a request that Asterisk did not answer (ms). */
const RETRY_MS = 5000;

/** Writes a part of the company document into Asterisk after each connect and each change, and retries until they agree. */
export abstract class Provisioner<O extends ProvisionerOptions> {
  #unsubscribe: (() => void) | undefined;
  #work: Promise<unknown> = Promise.resolve();
  /** The next run, not started yet: it will read all changes made until it starts. */
  #next: Promise<string[]> | undefined;
  #problems: string[] | undefined;
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;

  /** @param what name of the written part, for logs and problems */
  constructor(
    private readonly what: string,
    protected readonly options: O,
  ) {}

  /** Problems of the last run, for people; undefined before the first run, and after a run without a connection. */
  get errors(): readonly string[] | undefined {
    return this.#problems;
  }

  start(): void {
    this.#unsubscribe = this.options.asterisk.onEvent((event) => {
      if (event.type === 'link_up') void this.reconcile();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe?.();
    clearTimeout(this.#retry);
    await this.#work;
  }

  /** Runs {@link apply}. Resolves to the problems, for people. Retries later when Asterisk did not answer or is not connected. */
  reconcile(): Promise<string[]> {
    if (this.#next !== undefined) return this.#next;
    const turn = this.#work.then(() => {
      this.#next = undefined;
      return this.#run();
    });
    this.#work = turn;
    this.#next = turn;
    return turn;
  }

  /** Writes the configuration. @throws when Asterisk is unreachable or rejects it */
  protected abstract apply(): Promise<void>;

  async #run(): Promise<string[]> {
    try {
      await this.apply();
      this.#problems = [];
      return [];
    } catch (error) {
      const { asterisk, logger } = this.options;
      const unanswered = error instanceof AsteriskError && error.reason === 'unavailable';
      if (unanswered && asterisk.usable && !this.#stopped) {
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => void this.reconcile(), RETRY_MS);
      }
      if (asterisk.usable) logger.warn({ err: error }, `could not write the ${this.what} to Asterisk`);
      const problem = messageOf(error);
      this.#problems = asterisk.usable ? [problem] : undefined;
      return [`${this.what}: ${problem}`];
    }
  }
}

/** The error of a run without a connection to Asterisk. */
export function unreachable(): Error {
  return new Error('Asterisk is unreachable');
}
