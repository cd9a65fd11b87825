import { createHmac } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { OutboundClient } from '../../src/http/outbound.js';
import { systemClock } from '../../src/lib/clock.js';
import { eventId } from '../../src/webhooks/event-id.js';
import { headersOf } from '../../src/webhooks/request.js';
import { deliverySender } from '../../src/webhooks/sender.js';
import { hook, START } from './webhook-harness.js';

const letter = {
  eventId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  contentType: 'application/json',
  body: '{"test": 2432232314}',
};

describe('headers', () => {
  it('sign as Standard Webhooks does: its own example', () => {
    const secrets = { WEBHOOK_KEY: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' };
    const headers = headersOf(hook({ secret: 'WEBHOOK_KEY' }), letter, secrets, 1614265330);
    expect(headers).toMatchObject({
      'webhook-id': letter.eventId,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('take any other text for the key itself', () => {
    const { ['webhook-signature']: signature } = headersOf(
      hook({ secret: 'WEBHOOK_KEY' }),
      letter,
      { WEBHOOK_KEY: 'klíč' },
      7,
    );
    const expected = createHmac('sha256', 'klíč').update(`${letter.eventId}.7.${letter.body}`).digest('base64');
    expect(signature).toBe(`v1,${expected}`);
  });

  it('log in where that is wanted, and have neither otherwise', () => {
    const headers = headersOf(hook({ basic_auth: 'WEBHOOK_LOGIN' }), letter, { WEBHOOK_LOGIN: 'eshop:žluť' }, 7);
    expect(headers['authorization']).toBe(`Basic ${Buffer.from('eshop:žluť').toString('base64')}`);
    expect(Object.keys(headersOf(hook(), letter, {}, 7))).not.toContain('webhook-signature');
  });
});

describe('an event id', () => {
  it('is a UUID of version 7 with the time in front, always the same for the same news', () => {
    const id = eventId('c_1', 3, START);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(START);
    expect(eventId('c_1', 3, START)).toBe(id);
    const others = [eventId('c_1', 4, START), eventId('c_2', 3, START), eventId('c_1', 3, START + 1)];
    expect(new Set([id, ...others]).size).toBe(4);
  });
});

describe('an attempt', () => {
  const client = new OutboundClient();
  let stop: (() => Promise<void>) | undefined;
  afterEach(async () => stop?.());

  async function attempt(shop: RequestListener, more = {}, secrets = {}) {
    const server = createServer(shop).listen(0, '127.0.0.1');
    await once(server, 'listening');
    stop = async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    };
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/telfa/`;
    return deliverySender(client, secrets, systemClock)(hook({ url, ...more }), letter);
  }

  it('sends the body as it is, to the address as it is', async () => {
    const seen: unknown[] = [];
    const result = await attempt((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => {
        seen.push([request.method, request.url, request.headers['content-type'], body]);
        response.writeHead(202).end('thanks');
      });
    });
    expect(seen).toEqual([['POST', '/telfa/', 'application/json', letter.body]]);
    expect(result).toMatchObject({ status: 202, answer: 'thanks' });
  });

  it('has failed when there is no whole answer within 5 s', async () => {
    const result = await attempt((_request, response) => {
      response.writeHead(200).write('{');
    });
    expect(result).toMatchObject({ failed: expect.stringContaining('timeout') as string });
    expect(result.latencyMs).toBeGreaterThan(4900);
    expect(result.latencyMs).toBeLessThan(6000);
  });

  it('has failed when the answer breaks off', async () => {
    const result = await attempt((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{', () => response.destroy());
    });
    expect(result).toMatchObject({ failed: expect.stringContaining('reset') as string });
  });

  it('is not made without the secret that it needs', async () => {
    const result = await attempt(() => expect.fail('asked'), { secret: 'WEBHOOK_KEY' });
    expect(result).toEqual({ failed: 'the environment variable WEBHOOK_KEY is not set', latencyMs: 0 });
  });
});
