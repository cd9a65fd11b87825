import { isIP, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import { isPrivate, PrivateAddress, publicLookup } from './private-addresses.js';

/** No connection was made: nobody has seen a byte of the request. */
export class ConnectError extends Error {
  constructor(
    readonly timedOut: boolean,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ConnectError';
  }
}

/** undici's own connect time-out is up to a second late; it only clears up behind ours. */
const UNDICI_SLACK_MS = 2_000;

/**
 * Makes connections with an exact time-out, and marks their failures so that they are told from all others.
 *
 * @param publicOnly to no address of a private network, whatever the name is that leads there
 */
export function exactConnector(timeoutMs: number, publicOnly = false): buildConnector.connector {
  const connect = buildConnector({
    timeout: timeoutMs + UNDICI_SLACK_MS,
    ...(publicOnly && { lookup: publicLookup }),
  });
  return (options, callback) => {
    // Addresses are not looked up.
    const address = options.hostname.replace(/^\[|\]$/g, '');
    if (publicOnly && isIP(address) !== 0 && isPrivate(address)) {
      const cause = new PrivateAddress();
      callback(new ConnectError(false, cause.message, { cause }), null);
      return;
    }
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      callback(new ConnectError(true, `no connection within ${timeoutMs} ms`), null);
    }, timeoutMs);
    connect(options, (error: Error | null, socket: Socket | null) => {
      clearTimeout(timer);
      if (late) socket?.destroy();
      else if (socket) callback(null, socket);
      else callback(new ConnectError(false, error?.message ?? 'no connection', { cause: error }), null);
    });
  };
}
