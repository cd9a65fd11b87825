import { messageOf } from '../lib/error-message.js';
import { Recorder } from '../contract/record/recorder.js';
import { showUrl } from '../contract/verify/hide.js';
import { isCountry } from '../directory/numbers.js';
import { CommandError, EXIT, UsageError, type Terminal } from './command.js';
import { MINUTE_MS } from '../lib/time.js';
import { waitForStop } from './wait-for-stop.js';

interface RecordOptions {
  listen?: string | undefined;
  to?: string | undefined;
  out?: string | undefined;
  country?: string | undefined;
}

const MAX_BODY_BYTES = 256 * 1024;
const IDLE_TIMEOUT_MS = MINUTE_MS;

/** Runs the recording proxy until it is stopped. */
export async function record(stray: string | undefined, options: RecordOptions, terminal: Terminal): Promise<number> {
  if (stray !== undefined) throw new UsageError(`cordboard record takes options only, not ${stray}`);
  const { listen, to, out, country = 'CZ' } = options;
  if (out === undefined) throw new UsageError('name the folder for the exchanges: --out DIR');
  if (to === undefined || !/^https?:\/\/./i.test(to) || !URL.canParse(to))
    throw new UsageError('--to is the URL that requests are forwarded to, such as https://shop.example');
  if (!isCountry(country)) throw new UsageError('--country is an ISO 3166 code such as CZ');
  const [, host = '127.0.0.1', port = ''] = /^(?:(.+):)?(\d{1,5})$/.exec(listen ?? '') ?? [];
  if (port === '' || Number(port) > 65_535) throw new UsageError('--listen is a port, or HOST:PORT');
  let stored = 0;
  const recorder = new Recorder({
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port),
    to: new URL(to),
    folder: out,
    country,
    maxBodyBytes: MAX_BODY_BYTES,
    idleTimeoutMs: IDLE_TIMEOUT_MS,
    onStored: (name) => {
      stored += 1;
      terminal.out(`${name}\n`);
    },
    onError: (message) => terminal.error(`${message}\n`),
  });
  const address = await startRecorder(recorder);
  terminal.out(`Forwarding from http://${host}:${address.port} to ${showUrl(to)}; Ctrl-C ends it.\n`);
  await waitForStop(terminal);
  await recorder.stop();
  terminal.out(`${stored} exchanges are in ${out}. Check them before you share them.\n`);
  return EXIT.ok;
}

async function startRecorder(recorder: Recorder): Promise<{ port: number }> {
  try {
    return await recorder.start();
  } catch (error) {
    throw new CommandError(`the recorder cannot start: ${messageOf(error)}`);
  }
}
