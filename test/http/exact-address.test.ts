import { expect, test } from 'vitest';
import { EffectSender } from '../../src/http/effect-sender.js';
import { readExactAddress, withQuery } from '../../src/http/exact-address.js';
import type { OutboundClient, OutboundRequest } from '../../src/http/outbound.js';
import { isBelow } from '../../src/webhooks/callbacks.js';

test.each([
  ['http://shop.test', '?a=1'],
  ['http://shop.test?', '?a=1'],
  ["http://shop.test/?k=O'Brien&b+c=%7E", "/?k=O'Brien&b+c=%7E&a=1"],
  ['http://shop.test/x/../y?x&&a=0&%61=2#part', '/x/../y?x&a=1#part'],
])('a query is added to %s, and the rest stays as it is written', (address, expected) => {
  expect(withQuery(address, { a: '1' })).toBe(`http://shop.test${expected}`);
});

test('what is added is encoded', () => {
  expect(withQuery('http://shop.test/', { number: '+420 1&2' })).toBe('http://shop.test/?number=%2B420%201%262');
});

test.each([
  ['http://user@127.0.0.1\\@shop.test/x', '127.0.0.1', '\\@shop.test/x'],
  ['http:\\\\127.0.0.1/x', '127.0.0.1', '/x'],
  ['http://shop.test@127.0.0.1/x', '127.0.0.1', '/x'],
  ['ht\ntp://127.0.0\t.1/x', '127.0.0.1', '/x'],
  ['http://0x7f000001/a/../x', '127.0.0.1', '/a/../x'],
])('the host of %j is the one that is connected to', (text, hostname, path) => {
  const address = readExactAddress(text);
  expect(address?.url.hostname).toBe(hostname);
  expect(address?.path).toBe(path.startsWith('/') ? path : `/${path}`);
});

test.each([
  ['https://shop.test/told/1', true],
  ['https://shop.test/told?x=/', true],
  ['https://shop.test/told/../other', false],
  ['https://shop.test/other/../told/1', false],
  ['https://shop.test/told/%2e%2e/other', false],
  ['https://shop.test/toldother', false],
])('below an allowed address, whether dot segments are resolved or not: %s is %s', (url, below) => {
  expect(isBelow(url, 'https://shop.test/told')).toBe(below);
});

test('requests of flows get a connection of their own, since they are not repeated', async () => {
  const sent: OutboundRequest[] = [];
  const request = (options: OutboundRequest) => {
    sent.push(options);
    return Promise.resolve({ status: 200, headers: {}, body: '', latencyMs: 1, attempts: 1 });
  };
  const limits = { connectTimeoutMs: 1, totalTimeoutMs: 2 };
  const effect = { method: 'POST', url: 'http://shop.test/', contentType: 'text/plain', body: '', ...limits } as const;
  await new EffectSender({ request } as unknown as OutboundClient).send({
    type: 'http',
    id: 'e1',
    purpose: 'hand_over',
    ...effect,
  });
  expect(sent).toMatchObject([{ reuse: false }]);
});
