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

export function connectTimeout(timeoutMs: number): ConnectError {
  return new ConnectError(true, `no connection within ${timeoutMs} ms`);
}

/**
 * Checks a host that is written as an address, which is not looked up.
 *
 * @throws {ConnectError} when it belongs to a private network
 */
export function refusePrivate(hostname: string): void {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) === 0 || !isPrivate(address)) return;
  const cause = new PrivateAddress();
  throw new ConnectError(false, cause.message, { cause });
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
    try {
      if (publicOnly) refusePrivate(options.hostname);
    } catch (error) {
      callback(error as ConnectError, null);
      return;
    }
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      callback(connectTimeout(timeoutMs), null);
    }, timeoutMs);
    connect(options, (error: Error | null, socket: Socket | null) => {
      clearTimeout(timer);
      if (late) socket?.destroy();
      else if (socket) callback(null, socket);
      else callback(new ConnectError(false, error?.message ?? 'no connection', { cause: error }), null);
    });
  };
}
