import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.js';

/**
 * Refuses a request whose target cannot be parsed: neither a path nor a URL, not exactly one Host header (RFC 9112, section 3.2), or an
 * invalid host.
 *
 * @throws {Problem} 400
 */
export function refuseBadTarget({ url = '', rawHeaders, httpVersion }: IncomingMessage): void {
  const hosts = rawHeaders.filter((_, index) => index % 2 === 0 && rawHeaders[index]?.toLowerCase() === 'host');
  const host = rawHeaders[rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'host') + 1];
  const isMissing = hosts.length === 0 && httpVersion === '1.0';
  if (!isMissing && hosts.length !== 1) throw bad('send one Host header');
  if (!isMissing && !isHost(host ?? '')) throw bad('the Host header holds no host');
  const isRead = url.startsWith('/')
    ? URL.canParse(url, 'http://localhost')
    : /^https?:\/\//i.test(url) && URL.canParse(url);
  if (!isRead && url !== '*') throw bad('the request target is not a path or a URL');
}

/** An empty Host is valid: the client knows no name (RFC 9112). */
function isHost(text: string): boolean {
  return (
    text === '' ||
    (/^(?:\[[\da-f:.]+\]|[^\s"<>\\/?#@[\]]+)$/i.test(text.replace(/:\d*$/, '')) && URL.canParse(`http://${text}/`))
  );
}

function bad(detail: string): Problem {
  return new Problem(400, 'Bad request', detail);
}
