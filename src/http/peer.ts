import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.js';

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

/** Requests that only claim to come from a standby, or come from one that does not know the present owner. */
const unproven = new WeakSet<IncomingMessage>();

/** Whether a request says that a standby forwarded it. */
export function isForwarded(request: IncomingMessage): boolean {
  return HEADER in request.headers;
}

/** A request that a standby forwarded counts as one of the standby's client. @param key undefined: none is accepted */
export function acceptPeer(request: IncomingMessage, key: string | undefined): void {
  const [given = '', client] = String(request.headers[HEADER] ?? '').split(' ');
  if (client === undefined) return;
  if (key !== undefined && isSame(given, key)) clients.set(request, client);
  else unproven.add(request);
}

/** Its address is that of a standby, which may do more than the client. @throws {Problem} 503 */
export function refuseUnprovenPeer(request: IncomingMessage): void {
  if (unproven.has(request))
    throw new Problem(503, 'Unavailable', 'another gateway owns the node', { headers: { 'retry-after': '1' } });
}

/** The address from which a request came to this gateway, or to the standby that forwarded it. */
export function remoteAddress(request: IncomingMessage): string {
  return clients.get(request) ?? request.socket.remoteAddress ?? '';
}

function isSame(given: string, key: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}
