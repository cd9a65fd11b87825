import type { AsteriskPort } from '../asterisk/port.js';
import type { QueueAccount, QueuePort } from '../asterisk/queue-port.js';
import type { Logger } from '../lib/logger.js';
import { Keeper, outOfReach } from './keeper.js';
import type { Handset, Queue } from './schema.js';

export interface QueueKeeperOptions {
  asterisk: Pick<AsteriskPort, 'usable' | 'onEvent'> & Pick<QueuePort, 'putQueues'>;
  company: () => { queues: Queue[]; handsets: Handset[] };
  logger: Logger;
}

/** Keeps Asterisk's queues as the company set them up: after each connect, and after each change. */
export class QueueKeeper extends Keeper<QueueKeeperOptions> {
  constructor(options: QueueKeeperOptions) {
    super('queues', options);
  }

  protected override async putRight(): Promise<void> {
    const { asterisk, company } = this.options;
    if (!asterisk.usable) throw outOfReach();
    const { queues, handsets } = company();
    const several = handsets.filter(({ max_contacts }) => max_contacts > 1).map(({ name }) => name);
    await asterisk.putQueues(queues.map((queue) => accountOf(queue, several)));
  }
}

/** A queue in Asterisk's terms. @param several handsets with several phones */
export function accountOf(queue: Queue, several: string[] = []): QueueAccount {
  return {
    id: queue.id,
    handsets: queue.handsets,
    several: queue.handsets.filter((name) => several.includes(name)),
    strategy: queue.strategy,
    ringTimeoutS: queue.ring_timeout / 1000,
    wrapUpS: queue.wrap_up / 1000,
    weight: queue.weight,
    maxLength: queue.max_length,
    joinWhen: queue.join_when,
    stayWhen: queue.stay_when,
  };
}
