import { App } from './app.js';
import { takeNode } from './app/node.js';
import { explainStartError } from './app/start-error.js';
import { ConfigError, readConfig, type Config } from './config.js';
import { createLogger } from './lib/logger.js';
import { DAY_MS } from './lib/time.js';
import { withSecretFiles } from './secret-files.js';

/** The gateway process: starts, runs until a signal, stops gracefully. Loaded by main.ts. */

/** Timeout of a graceful stop (ms); beyond it the process exits as in a crash. */
const STOP_MS = 10_000;
/** Signals a supervisor not to restart the process: two restarting gateways would take Asterisk from each other endlessly. */
const REPLACED_EXIT_CODE = 3;
/** Another gateway on the same database owns the node. A supervisor restarts the process, which is a standby then. */
const LOST_EXIT_CODE = 4;

let config: Config | undefined;
try {
  config = readConfig(await withSecretFiles(process.env));
  const { whenReplaced } = config;
  const logger = createLogger({ level: config.logLevel });
  const waiting = new AbortController();
  /** Undefined until the gateway owns the node. */
  const running: { app?: App } = {};
  let stopped: Promise<void> | undefined;
  const stop = (reason: string) => (stopped ??= running.app?.stop(reason) ?? Promise.resolve());
  const end = (reason: string, exitCode: number) => {
    waiting.abort();
    setTimeout(() => process.exit(exitCode || 1), STOP_MS).unref();
    void stop(reason).then(() => process.exit(exitCode));
  };
  // At once: whatever this process did now, the owner would not know of.
  const onLost = (owner: string) => {
    logger.error({ owner }, 'another gateway has taken over the node: this process ends');
    process.exit(LOST_EXIT_CODE);
  };
  // Not at once: the calls of the node go on, and their steps may wait for the database.
  const onCompanyLost = (owner: string) => {
    logger.error({ owner }, 'another gateway does what one gateway does for all nodes: this process stops');
    end('lost what one gateway does for all nodes', LOST_EXIT_CODE);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => end(signal, 0));
  const node = await takeNode(config, { logger, signal: waiting.signal, onLost, onCompanyLost });
  const onReplaced = (reason = 'another gateway took over') => {
    if (whenReplaced === 'end') end(reason, REPLACED_EXIT_CODE);
    else void stop(reason).then(() => setInterval(() => undefined, DAY_MS));
  };
  running.app = await App.create(config, node, logger, (reason) => {
    // On the same database, the lease is lost too, which ends the process differently.
    void node.lease
      .check()
      .catch(() => undefined)
      .then(() => onReplaced(reason));
  });
  await running.app.start();
  node.standby.standing = 'owner';
} catch (error) {
  const text = error instanceof ConfigError ? error.message : config && explainStartError(error, config);
  if (text === undefined) throw error;
  console.error(text);
  process.exit(error instanceof ConfigError ? 2 : 1);
}
