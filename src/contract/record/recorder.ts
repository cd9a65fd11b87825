import { messageOf } from '../../lib/error-message.js';
import { once } from 'node:events';
import http, {
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Fixture } from '../fixture.js';
import { BodyCopy } from './copy.js';
import { Pseudonyms } from './pseudonyms.js';
import { PseudonymRedactor } from './redact.js';
import { Shelf } from './shelf.js';

/** Hop-by-hop headers, RFC 9110, 7.6.1. */
const HOP_BY_HOP = new Set([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade', 'host', 'expect'],
]);

export interface RecorderOptions {
  host: string;
  port: number;
  /** Where requests are forwarded. Its path is prepended to that of each request. */
  to: URL;
  folder: string;
  country: string;
  /** Bytes of a body that are recorded; larger bodies are forwarded all the same. */
  maxBodyBytes: number;
  /** Milliseconds without a byte from the other side. */
  idleTimeoutMs: number;
  onStored: (name: string) => void;
  onError: (message: string) => void;
}

/**
 * A recording proxy: forwards everything unchanged and stores a redacted copy of each exchange. Errors in the copy never delay the
 * forwarding.
 */
export class Recorder {
  readonly #server = http.createServer((request, response) => this.#took(request, response));
  readonly #agent: http.Agent;
  readonly #shelf: Shelf;
  readonly #redactor: PseudonymRedactor;
  readonly #underWay = new Set<Promise<void>>();
  readonly #startedAt = Date.now();

  constructor(private readonly options: RecorderOptions) {
    this.#shelf = new Shelf(options.folder);
    this.#redactor = new PseudonymRedactor(new Pseudonyms(options.country));
    this.#agent = new (options.to.protocol === 'https:' ? https : http).Agent({ keepAlive: false });
  }

  async start(): Promise<{ port: number }> {
    await this.#shelf.open();
    this.#server.listen(this.options.port, this.options.host);
    await once(this.#server, 'listening');
    return { port: (this.#server.address() as AddressInfo).port };
  }

  /** Aborts exchanges in progress and stores them as failed. */
  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    this.#agent.destroy();
    await closed;
    await Promise.all(this.#underWay);
  }

  #took(request: IncomingMessage, response: ServerResponse): void {
    const exchange = this.#exchange(request, response).finally(() => this.#underWay.delete(exchange));
    this.#underWay.add(exchange);
  }

  async #exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { maxBodyBytes, onStored, onError } = this.options;
    const number = this.#shelf.next();
    const startedAt = Date.now();
    const asked = new BodyCopy(request, maxBodyBytes);
    const answer = await this.#passOn(request, response);
    const { method = '', url = '', headers } = request;
    const redact = (text: string, type: string) => this.#redactor.body(text, type);
    try {
      const fixture: Fixture = {
        format: 1,
        after_ms: startedAt - this.#startedAt,
        request: {
          method,
          path: this.#redactor.path(url),
          headers: this.#redactor.headers(headers),
          body: asked.read(headers, redact),
        },
        answer: this.#written(answer, Date.now() - startedAt, redact),
      };
      onStored(await this.#shelf.put(number, fixture));
    } catch (error) {
      onError(`exchange ${number} was forwarded, but could not be stored: ${String(error)}`);
    }
  }

  #written(answer: Passed, latencyMs: number, redact: (text: string, type: string) => string): Fixture['answer'] {
    if ('failed' in answer) return { failed: answer.failed, latency_ms: latencyMs };
    const { status, headers, copy } = answer;
    return {
      status,
      headers: this.#redactor.headers(headers),
      body: copy.read(headers, redact),
      latency_ms: latencyMs,
    };
  }

  async #passOn(request: IncomingMessage, response: ServerResponse): Promise<Passed> {
    const { maxBodyBytes } = this.options;
    const onward = this.#request(request);
    response.once('close', () => onward.destroy());
    try {
      // A response may arrive before the whole request was sent.
      pipeline(request, onward).catch(() => undefined);
      const [answer] = (await once(onward, 'response')) as [IncomingMessage];
      const copy = new BodyCopy(answer, maxBodyBytes);
      const { statusCode: status = 502, statusMessage, headers } = answer;
      response.writeHead(status, statusMessage, rawHeaders(answer));
      await pipeline(answer, response);
      return { status, headers, copy };
    } catch (error) {
      onward.destroy();
      const failed = messageOf(error);
      if (response.headersSent) response.destroy();
      else response.writeHead(502, { 'content-type': 'text/plain' }).end('The recorder received no response.\n');
      return { failed };
    }
  }

  #request({ method, url = '/', headers, rawHeaders: raw }: IncomingMessage): ClientRequest {
    const { to, idleTimeoutMs } = this.options;
    const sent = pairs(raw).filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()));
    // A body without a length is chunked, and is forwarded chunked.
    if (headers['transfer-encoding'] !== undefined) sent.push(['transfer-encoding', 'chunked']);
    const target = { protocol: to.protocol, hostname: to.hostname.replace(/^\[|\]$/g, ''), port: to.port };
    const onward = (to.protocol === 'https:' ? https : http).request({
      ...target,
      method,
      path: to.pathname.replace(/\/$/, '') + url,
      headers: [['host', to.host], ...sent].flat(),
      agent: this.#agent,
      timeout: idleTimeoutMs,
    });
    onward.on('error', () => undefined);
    onward.on('timeout', () => onward.destroy(new Error(`no answer within ${idleTimeoutMs} ms`)));
    return onward;
  }
}

type Passed = { status: number; headers: IncomingHttpHeaders; copy: BodyCopy } | { failed: string };

function rawHeaders({ rawHeaders: raw }: IncomingMessage): string[] {
  return pairs(raw)
    .filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()))
    .flat();
}

function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as [string, string]] : []));
}
