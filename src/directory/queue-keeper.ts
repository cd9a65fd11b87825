import type { AsteriskPort } from '../asterisk/port.js';
import type { QueueAccount, QueuePort } from '../asterisk/queue-port.js';
import type { Logger } from '../lib/logger.js';
import type { Queue } from './schema.js';

export interface QueueKeeperOptions {
  asterisk: Pick<AsteriskPort, 'usable' | 'onEvent'> & Pick<QueuePort, 'putQueues'>;
  queues: () => Queue[];
  logger: Logger;
}

/** Keeps Asterisk's queues as the company set them up: after each connect, and after each change. */
export class QueueKeeper {
  readonly #options: QueueKeeperOptions;
  #unsubscribe: (() => void) | undefined;
  #work: Promise<unknown> = Promise.resolve();

  constructor(options: QueueKeeperOptions) {
    this.#options = options;
  }

  start(): void {
    this.#unsubscribe = this.#options.asterisk.onEvent((event) => {
      if (event.type === 'link_up') void this.converge();
    });
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#work;
  }

  /** Resolves with what is not as it should be, in words; the next connect to Asterisk tries again. */
  converge(): Promise<string[]> {
    const turn = this.#work.then(() => this.#converge());
    this.#work = turn;
    return turn;
  }

  async #converge(): Promise<string[]> {
    const { asterisk, queues, logger } = this.#options;
    if (!asterisk.usable) return ['queues: Asterisk is out of reach'];
    try {
      await asterisk.putQueues(queues().map(accountOf));
      return [];
    } catch (error) {
      logger.warn({ err: error }, 'queues are not as they should be yet');
      return [`queues: ${error instanceof Error ? error.message : String(error)}`];
    }
  }
}

/** A queue in Asterisk's terms. */
export function accountOf(queue: Queue): QueueAccount {
  return {
    id: queue.id,
    handsets: queue.handsets,
    strategy: queue.strategy,
    ringTimeoutS: queue.ring_timeout / 1000,
    wrapUpS: queue.wrap_up / 1000,
    weight: queue.weight,
    maxLength: queue.max_length,
    joinWhen: queue.join_when,
    stayWhen: queue.stay_when,
  };
}
