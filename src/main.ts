import { App } from './app.js';
import { startTrouble } from './app/start-trouble.js';
import { ConfigError, readConfig, type Config } from './config.js';
import { DAY_MS } from './lib/time.js';

/** The gateway as a process: starts, runs until it is told to end, ends whole. */

/** A stop that takes longer than this is no longer waited for: what is lost is what a crash would lose. */
const STOP_MS = 10_000;
/** Tells a supervisor not to start us again: two gateways that come back would take Asterisk from each other for ever. */
const REPLACED_EXIT_CODE = 3;

// Whatever is written holds numbers, talks or secrets.
process.umask(0o077);

let config: Config | undefined;
try {
  config = readConfig(process.env);
  const { whenReplaced } = config;
  let stopped: Promise<void> | undefined;
  const stop = (reason: string) => (stopped ??= app.stop(reason));
  const end = (reason: string, exitCode: number) => {
    setTimeout(() => process.exit(exitCode || 1), STOP_MS).unref();
    void stop(reason).then(() => process.exit(exitCode));
  };
  const onReplaced = (reason = 'another gateway took over') => {
    if (whenReplaced === 'end') end(reason, REPLACED_EXIT_CODE);
    else void stop(reason).then(() => setInterval(() => undefined, DAY_MS));
  };
  const app = await App.create(config, onReplaced);
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => end(signal, 0));
  await app.start();
} catch (error) {
  const trouble = error instanceof ConfigError ? error.message : config && startTrouble(error, config);
  if (trouble === undefined) throw error;
  console.error(trouble);
  process.exit(error instanceof ConfigError ? 2 : 1);
}
