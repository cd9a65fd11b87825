import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/**
 * Where a request comes from, as {@link subscriberOf}: guesses at passwords, and what else is limited for each address, count for that.
 *
 * @param proxies how many of our own a request comes through, each of which adds to `X-Forwarded-For` whom it saw; what stands there
 *   before that is anybody's word
 */
export function addressOf({ headers, socket }: IncomingMessage, proxies = 0): string {
  const told = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const seen = [...told.map((each) => each.trim()).filter((each) => each !== ''), socket.remoteAddress ?? ''];
  return subscriberOf(seen.at(-1 - proxies) ?? seen[0] ?? '');
}

/**
 * Whom limits by address count: an IPv4 address, or the /64 network of an IPv6 address, all of which one subscriber has. IPv4 written as
 * IPv6 is IPv4.
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
