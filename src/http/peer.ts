import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/*
 * Requests that a standby forwards to the gateway that owns the node. They prove with the owner's key, which is in the database of both,
 * that they come from one, and name the address that the standby saw.
 */

const HEADER = 'x-cordboard-peer';

/** Address of the client, by request that a standby forwarded. */
const clients = new WeakMap<IncomingMessage, string>();

/** The headers with which a standby forwards a request. */
export function peerHeaders(key: string, request: IncomingMessage): Record<string, string> {
  return { [HEADER]: `${key} ${remoteAddress(request)}` };
}

/** Whether a request says that a standby forwarded it. */
export function isForwarded(request: IncomingMessage): boolean {
  return HEADER in request.headers;
}

/** A request that a standby forwarded counts as one of the standby's client. @param key undefined: none is accepted */
export function acceptPeer(request: IncomingMessage, key: string | undefined): void {
  const [given = '', client] = String(request.headers[HEADER] ?? '').split(' ');
  if (key !== undefined && client !== undefined && isSame(given, key)) clients.set(request, client);
}

/** The address from which a request came to this gateway, or to the standby that forwarded it. */
export function remoteAddress(request: IncomingMessage): string {
  return clients.get(request) ?? request.socket.remoteAddress ?? '';
}

function isSame(given: string, key: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}
