import { App } from './app.js';
import { explainStartError } from './app/start-error.js';
import { ConfigError, readConfig, type Config } from './config.js';
import { DAY_MS } from './lib/time.js';
import { withSecretFiles } from './secret-files.js';

/** Entry point of the gateway process: starts, runs until a signal, stops gracefully. */

/** Timeout of a graceful stop (ms); beyond it the process exits as in a crash. */
const STOP_MS = 10_000;
/** Signals a supervisor not to restart the process: two restarting gateways would take Asterisk from each other endlessly. */
const REPLACED_EXIT_CODE = 3;

// Written files contain phone numbers, recordings or secrets.
process.umask(0o077);

let config: Config | undefined;
try {
  config = readConfig(await withSecretFiles(process.env));
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
  const text = error instanceof ConfigError ? error.message : config && explainStartError(error, config);
  if (text === undefined) throw error;
  console.error(text);
  process.exit(error instanceof ConfigError ? 2 : 1);
}
