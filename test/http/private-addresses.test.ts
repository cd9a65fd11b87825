import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { isPrivate, publicLookup } from '../../src/http/private-addresses.js';

it.each([
  ...['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1'],
  ...['255.255.255.255', '::1', '::', 'fd00::1', 'fe80::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '64:ff9b::7f00:1'],
  ...['2002:7f00:1::', '64:ff9b:1::7f00:1', '2001::1', '::7f00:1', 'fec0::1', '::ffff:0:7f00:1'],
])('%s is of a private network', (address) => expect(isPrivate(address)).toBe(true));

it.each(['8.8.8.8', '172.32.0.1', '192.169.0.1', '2001:4860:4860::8888', '::ffff:8.8.8.8'])('%s is not', (address) =>
  expect(isPrivate(address)).toBe(false),
);

it('a name that leads there is not looked up to its end', async () => {
  await expect(promisify(publicLookup)('localhost', {})).rejects.toThrow('private network');
});
