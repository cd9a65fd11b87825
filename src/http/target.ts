import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.js';

/**
 * Refuses what is sent to no address that can be read: a request target that is neither a path nor a whole URL, more or less than one Host
 * header (RFC 9112, section 3.2), one that is no host.
 *
 * @throws {Problem} 400
 */
export function refuseBadTarget({ url = '', rawHeaders, httpVersion }: IncomingMessage): void {
  const hosts = rawHeaders.filter((_, index) => index % 2 === 0 && rawHeaders[index]?.toLowerCase() === 'host');
  const host = rawHeaders[rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'host') + 1];
  const isMissing = hosts.length === 0 && httpVersion === '1.0';
  if (!isMissing && hosts.length !== 1) throw bad('send one Host header');
  if (!isMissing && !isHost(host ?? '')) throw bad('the Host header names no host');
  const isRead = url.startsWith('/')
    ? URL.canParse(url, 'http://localhost')
    : /^https?:\/\//i.test(url) && URL.canParse(url);
  if (!isRead && url !== '*') throw bad('the address of the request cannot be read');
}

/** Empty for a client that knows none. */
function isHost(text: string): boolean {
  return (
    text === '' ||
    (/^(?:\[[\da-f:.]+\]|[^\s"<>\\/?#@[\]]+)$/i.test(text.replace(/:\d*$/, '')) && URL.canParse(`http://${text}/`))
  );
}

function bad(detail: string): Problem {
  return new Problem(400, 'Bad request', detail);
}
