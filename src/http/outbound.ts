import { Cancellation } from '../lib/cancellation.js';
import { messageOf } from '../lib/error-message.js';
import { errors } from 'undici';
import type { WholeResponse } from '../lib/whole-response.js';
import { ConnectError } from './connector.js';
import { readExactAddress, type ExactAddress } from './exact-address.js';
import { KeptConnections } from './kept-connections.js';
import { NewConnections } from './new-connections.js';
import { PrivateAddress } from './private-addresses.js';
import type { Transport } from './transport.js';

/**
 * - `connect`: no connection; the request was not sent. `connect_timeout`: no connection in time.
 * - `timeout`: the total time is over; the other side may have seen the request.
 * - `reset`: the connection broke after the request was sent, or within the response.
 * - `too_large`: the response exceeds the limit. `redirect`: it must not be followed. `invalid_url`: not http(s).
 * - `closed`: the client was closed, or the request was canceled.
 */
export const outboundReasons = [
  'connect',
  'connect_timeout',
  'timeout',
  'reset',
  'too_large',
  'redirect',
  'invalid_url',
  'closed',
] as const;
type OutboundReason = (typeof outboundReasons)[number];

export class OutboundError extends Error {
  constructor(
    readonly reason: OutboundReason,
    readonly detail: string,
    readonly latencyMs: number,
    readonly attempts: number,
  ) {
    super(`${reason}: ${detail}`);
    this.name = 'OutboundError';
  }
}

export interface OutboundRequest {
  /** Path and query are sent exactly as written. */
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  /** Not allowed with GET. */
  body?: string;
  connectTimeoutMs?: number;
  /** Total time in milliseconds: retry, redirects and the whole body. */
  totalTimeoutMs?: number;
  maxBytes?: number;
  /** `returned`: a redirect is the response. Default: 307 and 308 are followed, others are errors. */
  redirects?: 'returned';
  /** False: use a new connection, for requests that are never retried. Default: idle connections are reused. */
  reuse?: false;
  /** Cancels the request. */
  signal?: AbortSignal | undefined;
}

export interface OutboundAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Decoded as UTF-8, without the byte-order mark. */
  body: string;
  latencyMs: number;
  /** Connection attempts, not counting redirects: 2 after a retry. */
  attempts: number;
}

const CANCELED = 'the request was canceled';
const CONNECT_ATTEMPTS = 2;
const MAX_REDIRECTS = 3;
const UTF8 = new TextDecoder();
const KEEP_METHOD = new Set([307, 308]);
const CHANGE_METHOD = new Set([301, 302, 303]);
/** Headers kept on a redirect to another origin. Any other header may hold a secret of the company. */
const HARMLESS = new Set(['accept', 'content-type', 'user-agent']);

/** Settings by which connections are shared. */
interface Way {
  connectTimeoutMs: number;
  publicOnly: boolean;
  reuse: boolean;
}

const CONNECTIONS_PER_HOST = 128;

/** Sends requests to web applications of others, with limits on time, size and redirects. */
export class OutboundClient {
  /** By {@link Way}. */
  readonly #transports = new Map<string, Transport>();
  #closed = false;

  /**
   * Any status is a response, redirects aside.
   *
   * @throws {OutboundError} when there is no complete response
   */
  async request(options: OutboundRequest): Promise<OutboundAnswer> {
    const way = { connectTimeoutMs: options.connectTimeoutMs ?? 3_000, reuse: options.reuse ?? true };
    const exchange = new Exchange(options, (publicOnly) => this.#transport({ ...way, publicOnly }));
    try {
      return await exchange.run();
    } catch (error) {
      throw exchange.describe(this.#closed ? new Failure('closed', 'the gateway is stopping') : error);
    } finally {
      exchange.end();
    }
  }

  /** Aborts requests in progress and closes every connection. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#transports.values()].map((transport) => transport.destroy()));
    this.#transports.clear();
  }

  #transport({ connectTimeoutMs, publicOnly, reuse }: Way): Transport {
    const key = `${connectTimeoutMs} ${publicOnly} ${reuse}`;
    const existing = this.#transports.get(key);
    if (existing) return existing;
    const Connections = reuse ? KeptConnections : NewConnections;
    const transport = new Connections(connectTimeoutMs, publicOnly, CONNECTIONS_PER_HOST);
    this.#transports.set(key, transport);
    return transport;
  }
}

class Failure extends Error {
  constructor(
    readonly reason: OutboundReason,
    message: string,
  ) {
    super(message);
  }
}

/** One request with its retry and redirects. */
class Exchange {
  readonly #startedAt = performance.now();
  readonly #abort = new Cancellation();
  #timer: NodeJS.Timeout | undefined;
  readonly #totalTimeoutMs: number;
  readonly #maxBytes: number;
  #attempts = 0;

  constructor(
    private readonly options: OutboundRequest,
    private readonly transportFor: (publicOnly: boolean) => Transport,
  ) {
    this.#totalTimeoutMs = options.totalTimeoutMs ?? 8_000;
    this.#maxBytes = options.maxBytes ?? 65_536;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.options.signal?.removeEventListener('abort', this.#cancel);
  }

  readonly #cancel = () => this.#abort.abort();

  async run(): Promise<OutboundAnswer> {
    this.#timer = setTimeout(() => this.#abort.abort(), this.#totalTimeoutMs);
    const { signal } = this.options;
    signal?.addEventListener('abort', this.#cancel);
    if (signal?.aborted === true) throw new Failure('closed', CANCELED);
    const configured = parseUrl(this.options.url);
    let address = configured;
    let headers = this.options.headers;
    for (let redirects = 0; ; redirects += 1) {
      // The company configures the first host. Its response may redirect, but not into the company's private network.
      const { url } = address;
      const transport = this.transportFor(url.hostname !== configured.url.hostname);
      const answer = await this.#sendTo(address, headers, transport);
      const target = this.options.redirects === 'returned' ? undefined : redirectTarget(answer, url);
      if (!target) return this.#read(answer);
      if (redirects === MAX_REDIRECTS) throw new Failure('redirect', `more than ${MAX_REDIRECTS} redirects`);
      if (target.url.origin !== url.origin) headers = harmless(headers);
      address = target;
    }
  }

  describe(error: unknown): OutboundError {
    const [reason, detail] = this.#reasonOf(error);
    return new OutboundError(reason, detail, this.#latencyMs(), this.#attempts);
  }

  /** Retries when no connection was made, never when the other side may have seen the request. */
  async #sendTo(address: ExactAddress, headers: Record<string, string>, transport: Transport): Promise<WholeResponse> {
    const { method, body } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      this.#attempts = Math.max(this.#attempts, attempt);
      try {
        const limits = { maxBytes: this.#maxBytes, signal: this.#abort };
        return await transport.send({ ...address, method, headers, body }, limits);
      } catch (error) {
        if (!(error instanceof ConnectError) || attempt === CONNECT_ATTEMPTS) throw error;
      }
    }
  }

  #read({ status, headers, body, truncated }: WholeResponse): OutboundAnswer {
    if (truncated) throw new Failure('too_large', `the answer is longer than ${this.#maxBytes} bytes`);
    const text = UTF8.decode(body);
    return { status, headers, body: text, latencyMs: this.#latencyMs(), attempts: this.#attempts };
  }

  #reasonOf(error: unknown): [OutboundReason, string] {
    if (error instanceof Failure) return [error.reason, error.message];
    if (this.options.signal?.aborted === true) return ['closed', CANCELED];
    if (this.#abort.aborted) return ['timeout', `no complete answer within ${this.#totalTimeoutMs} ms`];
    if (error instanceof ConnectError && error.cause instanceof PrivateAddress)
      return ['redirect', `${error.message}; configure the final address`];
    if (error instanceof ConnectError) return [error.timedOut ? 'connect_timeout' : 'connect', error.message];
    if (error instanceof errors.ClientDestroyedError) return ['closed', 'the gateway is stopping'];
    return ['reset', messageOf(error)];
  }

  #latencyMs(): number {
    return Math.round(performance.now() - this.#startedAt);
  }
}

function parseUrl(text: string): ExactAddress {
  const address = readExactAddress(text);
  if (address === undefined) throw new Failure('invalid_url', 'the address is not an http or https URL');
  return address;
}

/** The target of a redirect; undefined when this is the final response. */
function redirectTarget({ status, headers }: WholeResponse, from: URL): ExactAddress | undefined {
  const refuse = (why: string) => {
    throw new Failure('redirect', `answered ${status}${why}; configure the final address`);
  };
  if (CHANGE_METHOD.has(status)) refuse(', which would lose the request');
  if (!KEEP_METHOD.has(status)) return undefined;
  const location = typeof headers.location === 'string' ? headers.location : '';
  if (!URL.canParse(location, from.href)) return refuse(' without a usable Location');
  const target = new URL(location, from);
  if (target.protocol !== from.protocol && target.protocol !== 'https:') return refuse(` to ${target.protocol}`);
  return readExactAddress(location) ?? { url: target, path: target.pathname + target.search };
}

function harmless(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.has(name.toLowerCase())));
}
