import { App } from '../../src/app.js';
import { takeNode } from '../../src/app/node.js';
import type { Config } from '../../src/config.js';
import { createLogger } from '../../src/lib/logger.js';

/** The gateway in this process; no other one uses its database. */
export async function createApp(config: Config): Promise<App> {
  const logger = createLogger({ level: config.logLevel });
  const onLost = () => {
    throw new Error('the lease is lost');
  };
  const node = await takeNode(config, { logger, signal: new AbortController().signal, onLost, onCompanyLost: onLost });
  return App.create(config, node, logger, () => undefined);
}
