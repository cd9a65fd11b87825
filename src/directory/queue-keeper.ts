import type { AsteriskPort } from '../asterisk/port.js';
import type { QueueAccount, QueuePort } from '../asterisk/queue-port.js';
import type { Logger } from '../lib/logger.js';
import type { Duties, Standing } from './standing.js';
import { Keeper, outOfReach } from './keeper.js';
import type { Handset, Queue } from './schema.js';

export interface QueueKeeperOptions {
  asterisk: Pick<AsteriskPort, 'usable' | 'onEvent'> & Pick<QueuePort, 'putQueues'>;
  company: () => { queues: Queue[]; handsets: Handset[] };
  duties: Duties;
  logger: Logger;
}

/** Keeps Asterisk's queues as the company set them up: after each connect, and after each change. */
export class QueueKeeper extends Keeper<QueueKeeperOptions> {
  constructor(options: QueueKeeperOptions) {
    super('queues', options);
  }

  protected override async putRight(): Promise<void> {
    const { asterisk, company, duties } = this.options;
    if (!asterisk.usable) throw outOfReach();
    await duties.keep(async (standing) => {
      const { queues, handsets } = company();
      const several = handsets.filter(({ max_contacts }) => max_contacts > 1).map(({ name }) => name);
      await asterisk.putQueues(queues.map((queue) => staffed(accountOf(queue, several), standing)));
    });
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

/** With those handsets that are logged in, each as it stands. */
function staffed(account: QueueAccount, standing: (queue: number, handset: string) => Standing): QueueAccount {
  const standings = account.handsets.map((handset) => ({ handset, ...standing(account.id, handset) }));
  return {
    ...account,
    handsets: standings.filter(({ loggedIn }) => loggedIn).map(({ handset }) => handset),
    paused: Object.fromEntries(
      standings.filter(({ paused }) => paused).map(({ handset, pauseReason }) => [handset, pauseReason]),
    ),
  };
}
