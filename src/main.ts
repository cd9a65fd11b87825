import { App } from './app.js';
import { ConfigError, readConfig } from './config.js';

/** The gateway as a process: starts, runs until it is told to end, ends whole. */

/** A stop that takes longer than this is no longer waited for: what is lost is what a crash would lose. */
const STOP_MS = 10_000;
/** Tells a supervisor not to start us again: two gateways that come back would take Asterisk from each other for ever. */
const REPLACED_EXIT_CODE = 3;

try {
  let stopping = false;
  const stop = (reason: string, exitCode: number) => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(exitCode || 1), STOP_MS).unref();
    void app.stop(reason).then(() => process.exit(exitCode));
  };
  const app = await App.create(readConfig(process.env), () => stop('another gateway took over', REPLACED_EXIT_CODE));
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stop(signal, 0));
  await app.start();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
