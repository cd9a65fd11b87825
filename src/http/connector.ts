import { isIP, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import { isPrivate, PrivateAddress, publicLookup } from './private-addresses.js';
import { compact } from '../lib/compact.js';

/** No connection was made; no byte of the request was sent. */
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

/** undici's own connect timeout is up to a second late. Ours fires first, undici's only cleans up. */
const UNDICI_SLACK_MS = 2_000;

/**
 * Makes connections with an exact timeout. Its failures are {@link ConnectError}, so that callers can tell them from others.
 *
 * @param publicOnly refuses addresses of private networks, whichever name resolves to them
 */
export function exactConnector(timeoutMs: number, publicOnly = false): buildConnector.connector {
  const lookup = publicOnly ? publicLookup : undefined;
  const connect = buildConnector(compact({ timeout: timeoutMs + UNDICI_SLACK_MS, lookup }));
  return (options, callback) => {
    // Literal addresses are not looked up, so they are checked here.
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
