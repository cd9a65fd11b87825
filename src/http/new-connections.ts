import http from 'node:http';
import https from 'node:https';
import { messageOf } from '../lib/error-message.js';
import type { WholeResponse } from '../lib/whole-response.js';
import { ConnectError, connectTimeout, refusePrivate } from './connector.js';
import { publicLookup } from './private-addresses.js';
import type { Limits, SingleRequest, Transport } from './transport.js';

/** Event of a socket after which a request can be sent over it, by protocol of the URL. */
const READY: Record<string, string> = { 'http:': 'connect', 'https:': 'secureConnect' };

/**
 * Sends each request over a new connection, which ends with the response. Uses `node:http`: undici makes a client for each new
 * connection, which costs four times as much CPU.
 */
export class NewConnections implements Transport {
  readonly #http: http.Agent;
  /** Keeps the TLS session of each server. */
  readonly #https: https.Agent;
  readonly #running = new Set<http.ClientRequest>();

  /** @param publicOnly refuses addresses of private networks, whichever name resolves to them */
  constructor(
    private readonly connectTimeoutMs: number,
    private readonly publicOnly: boolean,
    connectionsPerHost: number,
  ) {
    this.#http = new http.Agent({ maxSockets: connectionsPerHost });
    this.#https = new https.Agent({ maxSockets: connectionsPerHost });
  }

  send(request: SingleRequest, { maxBytes, signal }: Limits): Promise<WholeResponse> {
    return new Promise((resolve, reject) => {
      if (this.publicOnly) refusePrivate(request.url.hostname);
      const sent = this.#open(request);
      let isConnected = false;
      const giveUp = (error: Error) => {
        reject(error);
        sent.destroy();
      };
      const onAbort = () => giveUp(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      signal.addEventListener('abort', onAbort);
      sent.once('socket', (socket) => {
        const timer = setTimeout(() => giveUp(connectTimeout(this.connectTimeoutMs)), this.connectTimeoutMs);
        sent.once('close', () => clearTimeout(timer));
        socket.once(READY[request.url.protocol] ?? 'connect', () => {
          isConnected = true;
          clearTimeout(timer);
        });
      });
      sent.once('response', (response) => void collect(response, maxBytes).then(resolve, reject));
      sent.on('error', (error) => {
        reject(isConnected ? error : new ConnectError(false, messageOf(error), { cause: error }));
      });
      sent.once('close', () => {
        signal.removeEventListener('abort', onAbort);
        this.#running.delete(sent);
        if (sent.listenerCount('response') > 0) reject(new Error('the connection was closed'));
      });
      sent.end(request.body);
    });
  }

  destroy(): Promise<void> {
    for (const request of this.#running) request.destroy();
    return Promise.resolve();
  }

  #open({ url, path, method, headers }: SingleRequest): http.ClientRequest {
    const options: http.RequestOptions = {
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port,
      path,
      method,
      headers,
    };
    if (this.publicOnly) options.lookup = publicLookup;
    const request =
      url.protocol === 'https:'
        ? https.request({ ...options, agent: this.#https })
        : http.request({ ...options, agent: this.#http });
    this.#running.add(request);
    return request;
  }
}

function collect(response: http.IncomingMessage, maxBytes: number): Promise<WholeResponse> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const settle = (truncated: boolean) => {
      const { statusCode: status = 0, headers } = response;
      resolve({ status, headers, body: Buffer.concat(chunks), truncated });
    };
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      settle(true);
      response.destroy();
    });
    response.once('end', () => settle(false));
    response.on('error', reject);
  });
}
