import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { SqlFlowStore } from '../storage/flow-store.js';
import type { Config } from '../config.js';
import type { Database } from '../storage/database.js';
import { Installation } from '../storage/installation.js';

export function readInstallation(db: Database, config: Config, logger: Logger): Promise<Installation> {
  return Installation.read({
    db,
    folder: config.dataDir,
    node: config.node,
    onError: (error) => logger.warn({ err: error }, 'the identity of the data folder was not stored'),
  });
}

const WHY = 'restored from a copy of the data folder';

/**
 * Closes the calls that were in progress when this data folder was copied, and holds notifications that are due: they belong to the original installation. Does nothing
 * when the folder is not a copy.
 *
 * @returns the message for the readiness check
 */
export async function settleInstallation({
  installation,
  flows,
  notifications,
  clock,
  logger,
}: {
  installation: Installation;
  flows: Pick<SqlFlowStore, 'loadRunning' | 'abandon'>;
  notifications: { settleCopy(): Promise<void> };
  clock: Clock;
  logger: Logger;
}): Promise<string | undefined> {
  if (!installation.isNewCopy) {
    await installation.settle();
    return undefined;
  }
  const running = await flows.loadRunning();
  for (const { id } of running) await flows.abandon(id, clock.now(), WHY);
  await notifications.settleCopy();
  await installation.settle();
  logger.warn(
    { calls: running.length },
    'the data folder is a copy: calls in progress were closed. If it was moved, stop the gateway and run cordboard adopt before the first start',
  );
  return `started from a copy of a data folder: ${running.length} calls in progress were closed`;
}
