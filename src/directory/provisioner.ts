import { messageOf } from '../lib/error-message.js';
import { AsteriskError, type AsteriskPort } from '../asterisk/port.js';
import type { Logger } from '../lib/logger.js';

export interface ProvisionerOptions {
  asterisk: Pick<AsteriskPort, 'usable' | 'onEvent'>;
  logger: Logger;
}

/** After a request that stayed without an answer while Asterisk is within reach (ms). */
const AGAIN_MS = 5000;

/** Keeps something in Asterisk as the company set it up: after each connect, and whenever it is told to. */
export abstract class Provisioner<O extends ProvisionerOptions> {
  #unsubscribe: (() => void) | undefined;
  #work: Promise<unknown> = Promise.resolve();
  /** The turn that has not begun yet: it sees everything that is set up until then. */
  #next: Promise<string[]> | undefined;
  #trouble: string[] | undefined;
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;

  /** @param what is kept, in words */
  constructor(
    private readonly what: string,
    protected readonly options: O,
  ) {}

  /** What the last try could not put right, in words; undefined before the first try, and after one without a link. */
  get trouble(): readonly string[] | undefined {
    return this.#trouble;
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

  /** Resolves with what is not as it should be, in words; what got no answer, or no connection, is tried again. */
  reconcile(): Promise<string[]> {
    if (this.#next !== undefined) return this.#next;
    const turn = this.#work.then(() => {
      this.#next = undefined;
      return this.#try();
    });
    this.#work = turn;
    this.#next = turn;
    return turn;
  }

  /** @throws when Asterisk is out of reach, or does not do it */
  protected abstract apply(): Promise<void>;

  async #try(): Promise<string[]> {
    try {
      await this.apply();
      this.#trouble = [];
      return [];
    } catch (error) {
      const { asterisk, logger } = this.options;
      const unanswered = error instanceof AsteriskError && error.reason === 'unavailable';
      if (unanswered && asterisk.usable && !this.#stopped) {
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => void this.reconcile(), AGAIN_MS);
      }
      if (asterisk.usable) logger.warn({ err: error }, `${this.what} are not as they should be yet`);
      const problem = messageOf(error);
      this.#trouble = asterisk.usable ? [problem] : undefined;
      return [`${this.what}: ${problem}`];
    }
  }
}

/** What a keeper throws while it cannot do its work. */
export function outOfReach(): Error {
  return new Error('Asterisk is out of reach');
}
