import { createHash } from 'node:crypto';

/** Digest authentication (RFC 2617 with MD5, RFC 8760 with SHA-256), as Asterisk requests it. */

export interface Account {
  user: string;
  password: string;
}

function parameters(challenge: string): Record<string, string> {
  const pairs = challenge.matchAll(/([\w-]+)=(?:"([^"]*)"|([^,\s]+))/g);
  return Object.fromEntries([...pairs].map(([, name, quoted, bare]) => [name!.toLowerCase(), quoted ?? bare ?? '']));
}

/** The value of an Authorization header that answers `challenge` for one request. */
export function digestAnswer(challenge: string, request: { method: string; uri: string }, account: Account): string {
  const { realm = '', nonce = '', opaque, qop, algorithm = 'MD5' } = parameters(challenge);
  const hash = (text: string) => createHash(algorithm.replace('-', '')).update(text).digest('hex');
  const secret = hash(`${account.user}:${realm}:${account.password}`);
  const what = hash(`${request.method}:${request.uri}`);
  const fields = [
    `username="${account.user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${request.uri}"`,
    `algorithm=${algorithm}`,
  ];
  if (opaque !== undefined) fields.push(`opaque="${opaque}"`);
  if (qop?.split(',').includes('auth')) {
    const [count, ours] = ['00000001', hash(nonce).slice(0, 8)];
    fields.push('qop=auth', `nc=${count}`, `cnonce="${ours}"`);
    fields.push(`response="${hash(`${secret}:${nonce}:${count}:${ours}:auth:${what}`)}"`);
  } else {
    fields.push(`response="${hash(`${secret}:${nonce}:${what}`)}"`);
  }
  return `Digest ${fields.join(', ')}`;
}
