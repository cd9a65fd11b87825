import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivery } from './ledger.js';

/** Takes webhooks, and remembers each in the order of arrival. */
export class Receiver {
  readonly deliveries: Delivery[] = [];
  readonly #server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      const fields = JSON.parse(body) as Record<string, unknown>;
      this.deliveries.push({
        callId: String(fields['call_id']),
        event: String(fields['event']),
        eventId: String(fields['event_id']),
        seq: Number(fields['seq']),
        body,
      });
      response.end();
    });
  });

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
