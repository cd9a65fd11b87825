import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { Problem } from './problem.js';

/*
 * Requests that a standby forwards to the gateway that owns the node. They prove with the owner's key, which is in the database of both,
 * that they come from one, and name the address that the standby saw. Gateways of other nodes pass on commands for its calls in the same way.
 */

const HEADER = 'x-cordboard-peer';

/** Address of the client, by request that a standby forwarded. */
const clients = new WeakMap<IncomingMessage, string>();

/** The headers with which a standby forwards a request. */
export function peerHeaders(key: string, request: IncomingMessage): Record<string, string> {
  return { [HEADER]: `${key} ${remoteAddress(request)}` };
}

/** In place of a client: the request is the gateway's own. A standby always names the address of its client. */
const ITSELF = 'peer';

/** Where gateways of other nodes send commands for the calls of this one. */
const PEER_PATH = '/peer/flows';
const PEER_ANSWER_MS = 5000;

/** An event for a flow of another node. */
export const peerEvent = z.object({ flow: z.string(), event: z.unknown() });
export type PeerEvent = z.infer<typeof peerEvent>;

/** An event of a gateway that has proved itself; never one of a standby's client. */
export function isPeerEvent(request: IncomingMessage): boolean {
  return request.method === 'POST' && request.url === PEER_PATH && clients.get(request) === ITSELF;
}

/** Whether a path is for gateways alone. */
export function isPeerPath(path: string): boolean {
  return path.startsWith('/peer/');
}

/** Gives an event to a gateway of another node. @throws when that one does not answer, or has not the key */
export async function sendToPeer({ url, key }: { url: string; key: string }, event: PeerEvent): Promise<unknown> {
  const response = await fetch(url.replace(/\/+$/, '') + PEER_PATH, {
    method: 'POST',
    headers: { [HEADER]: `${key} ${ITSELF}`, 'content-type': 'application/json' },
    body: JSON.stringify(event),
    signal: AbortSignal.timeout(PEER_ANSWER_MS),
    redirect: 'error',
  });
  if (!response.ok) throw new Error(`the gateway at ${url} answered ${response.status}`);
  return ((await response.json()) as { answer?: unknown }).answer;
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
