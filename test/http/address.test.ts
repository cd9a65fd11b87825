import type { IncomingMessage } from 'node:http';
import { expect, it, test } from 'vitest';
import { addressOf, subscriberOf } from '../../src/http/address.js';
import { asAdmin, startServer } from './http-harness.js';

const PROXY = '127.0.0.1';

it.each([
  ['no proxy', 0, undefined, PROXY],
  ['no proxy, and somebody who says otherwise', 0, '198.51.100.7', PROXY],
  ['a proxy', 1, '198.51.100.7', '198.51.100.7'],
  ['a proxy, and somebody who says otherwise', 1, '10.0.0.1, 198.51.100.7', '198.51.100.7'],
  ['two proxies', 2, '10.0.0.1, 198.51.100.7, 192.0.2.1', '198.51.100.7'],
  ['a proxy, and somebody who passed it by', 1, undefined, PROXY],
  ['nothing in the header', 1, ' , ', PROXY],
])('with %s', (_what, proxies, forwarded, expected) => {
  const request = { headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: PROXY } };
  expect(addressOf(request as unknown as IncomingMessage, proxies)).toBe(expected);
});

it.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002:ffff::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::ffff:198.51.100.7', '198.51.100.7'],
  ['198.51.100.7', '198.51.100.7'],
  ['nonsense', 'nonsense'],
])('%s counts as %s', (address, counted) => expect(subscriberOf(address)).toBe(counted));

test('behind a proxy, a client that guesses tokens does not slow down others', async () => {
  const server = await startServer(undefined, {
    limits: { failuresBurst: 1, failuresPerSecond: 0.01 },
    proxies: 1,
  });
  try {
    const guess = async (from: string) => {
      const headers = { authorization: 'Bearer guess', 'x-forwarded-for': from };
      return (await fetch(`${server.url}/api/v1/things/1`, { headers })).status;
    };
    expect([await guess('198.51.100.7'), await guess('198.51.100.7')]).toEqual([401, 429]);
    expect(await guess('198.51.100.8')).toBe(401);
    expect((await fetch(`${server.url}/api/v1/things/1`, { headers: asAdmin })).status).toBe(200);
  } finally {
    await server.stop();
  }
});
