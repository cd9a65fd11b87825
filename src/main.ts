import { App } from './app.js';
import { ConfigError, readConfig } from './config.js';

/** The gateway as a process: starts, runs until it is told to end, ends whole. */

/** A stop that takes longer than this is no longer waited for: what is lost is what a crash would lose. */
const STOP_MS = 10_000;

try {
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    void app.stop(signal).then(() => process.exit(0));
  };
  const app = await App.create(readConfig(process.env), () => stop('another gateway took over'));
  process.on('SIGTERM', stop).on('SIGINT', stop);
  await app.start();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
