import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { remoteAddress } from './peer.js';

/**
 * The address that rate limits and login lockouts count for a request, as {@link subscriberOf}.
 *
 * @param proxies number of own reverse proxies in front of the gateway. Each appends the address it saw to `X-Forwarded-For`; entries
 * before those come from the client and prove nothing
 */
export function addressOf(request: IncomingMessage, proxies = 0): string {
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const seen = [...forwarded.map((each) => each.trim()).filter((each) => each !== ''), remoteAddress(request)];
  return subscriberOf(seen.at(-1 - proxies) ?? seen[0] ?? '');
}

/**
 * The unit that limits by address count: an IPv4 address, or the /64 network of an IPv6 address, since one subscriber has all of it.
 * IPv4-mapped IPv6 counts as IPv4.
 */
export function subscriberOf(address: string): string {
  const bare = address.replace(/%.*$/, '');
  if (!isIPv6(bare)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail = ''] = new URL(`http://[${bare}]/`).hostname.slice(1, -1).split('::');
  const before = head.split(':').filter((group) => group !== '');
  const after = tail.split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
}
