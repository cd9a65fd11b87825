import type { IncomingMessage } from 'node:http';

/**
 * Where a request comes from: guesses at passwords, and what else is limited for each address, count for that.
 *
 * @param proxies how many of our own a request comes through, each of which adds to `X-Forwarded-For` whom it saw; what stands there
 *   before that is anybody's word
 */
export function addressOf({ headers, socket }: IncomingMessage, proxies = 0): string {
  const told = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const seen = [...told.map((each) => each.trim()).filter((each) => each !== ''), socket.remoteAddress ?? ''];
  return seen.at(-1 - proxies) ?? seen[0] ?? '';
}
