import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { headersOf } from '../../src/webhooks/request.js';
import { hook } from '../webhooks/webhook-harness.js';

export interface ReceivedRequest {
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** A gateway that takes down what a dispatch asks of it, and tells the dispatch things as ours does. */
export class StubGateway {
  readonly requests: ReceivedRequest[] = [];
  /** Of the next answers; the last one stays. */
  status = 202;
  answer: Record<string, unknown> = {};
  readonly #server: Server;
  #events = 0;

  private constructor(private readonly key: string) {
    this.#server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (more: string) => (text += more));
      request.on('end', () => {
        const body = JSON.parse(text) as Record<string, unknown>;
        this.requests.push({ path: request.url ?? '', headers: request.headers, body });
        response.writeHead(this.status, { 'content-type': 'application/json' }).end(JSON.stringify(this.answer));
      });
    });
  }

  static async start(key: string): Promise<StubGateway> {
    const gateway = new StubGateway(key);
    gateway.#server.listen(0, '127.0.0.1');
    await once(gateway.#server, 'listening');
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  requestsTo(path: string): ReceivedRequest[] {
    return this.requests.filter((each) => each.path === path);
  }

  /** Sends a webhook as ours are written and signed. Resolves with the status of the answer. */
  async sendWebhook(
    dispatch: string,
    event: string,
    fields: Record<string, unknown>,
    eventId?: string,
  ): Promise<number> {
    this.#events += 1;
    const id = eventId ?? `e-${this.#events}`;
    const body = JSON.stringify({
      event,
      event_id: id,
      seq: this.#events,
      timestamp: new Date().toISOString(),
      ...fields,
    });
    return (await fetch(`${dispatch}/webhook`, { method: 'POST', headers: this.#signed(id, body), body })).status;
  }

  lookUp(address: string): Promise<Response> {
    return fetch(address, { headers: this.#signed('orders-1', '') });
  }

  #signed(eventId: string, body: string): Record<string, string> {
    const letter = { eventId, contentType: 'application/json', body };
    const secrets = { WEBHOOK_DISPATCH_KEY: this.key };
    return headersOf(hook({ secret: 'WEBHOOK_DISPATCH_KEY' }), letter, secrets, Math.floor(Date.now() / 1000));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
