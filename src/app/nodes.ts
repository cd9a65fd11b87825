import type { Config } from '../config.js';
import type { HandsetProvisioner } from '../directory/handset-provisioner.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { NotificationParts } from './notifications.js';
import type { OwnedNode } from './node.js';
import { OtherNodes } from './other-nodes.js';
import type { Peers } from './peers.js';
import { SingleParts } from './single-parts.js';
import type { Webhooks } from './webhooks.js';

interface Parts {
  node: OwnedNode;
  config: Pick<Config, 'node'>;
  peers: Pick<Peers, 'changes'>;
  webhooks: Webhooks;
  notifications: NotificationParts;
  recordings: { lamps: { reconcile(): Promise<unknown> } };
  handsets: Pick<HandsetProvisioner, 'readRenewed'>;
  asterisk: { readonly usable: boolean };
  clock: Clock;
  logger: Logger;
}

/** Composes what this gateway has to do with those of other nodes. */
export function createNodes({
  node,
  config,
  peers,
  webhooks,
  notifications,
  recordings,
  handsets,
  asterisk,
  clock,
  logger,
}: Parts) {
  const others = new OtherNodes({
    db: node.db,
    node: config.node,
    clock,
    logger,
    look: async (isLong) => {
      peers.changes.read('configuration', ...(isLong ? (['accounts', 'tokens', 'sessions'] as const) : []));
      if (isLong) await handsets.readRenewed();
      await webhooks.setups.load();
      webhooks.workers.wake();
      notifications.wake();
      await recordings.lamps.reconcile();
    },
  });
  const once = new SingleParts({ lease: node.company, work: 'delivers webhooks and deletes old data', logger });
  const work = 'makes the calls of notifications';
  const calling = new SingleParts({ lease: node.notifications, work, canWork: () => asterisk.usable, logger });
  return { once, calling, others, parts: [once, calling, others] };
}
