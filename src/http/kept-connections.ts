import { Agent } from 'undici';
import { wholeResponse, type WholeResponse } from '../lib/whole-response.js';
import { exactConnector } from './connector.js';
import type { Limits, SingleRequest, Transport } from './transport.js';

/**
 * Idle connections are reused only this soon. A server may close one at any moment; when that crosses our request, it is unknown whether
 * the server saw it, so it cannot be retried. A new connection is better than a lost request.
 */
const KEEP_ALIVE_MS = 1_000;

/** Sends requests over connections that are reused. */
export class KeptConnections implements Transport {
  readonly #agent: Agent;

  /** @param publicOnly refuses addresses of private networks, whichever name resolves to them */
  constructor(connectTimeoutMs: number, publicOnly: boolean, connectionsPerHost: number) {
    this.#agent = new Agent({
      connect: exactConnector(connectTimeoutMs, publicOnly),
      connections: connectionsPerHost,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      // The signal limits everything together.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  send({ url, path, method, headers, body }: SingleRequest, limits: Limits): Promise<WholeResponse> {
    return wholeResponse(this.#agent, { origin: url.origin, path, method, headers, body: body ?? null }, limits);
  }

  destroy(): Promise<void> {
    return this.#agent.destroy();
  }
}
