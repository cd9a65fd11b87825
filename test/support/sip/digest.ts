import { createHash } from 'node:crypto';

/** Digest authentication (RFC 2617, MD5), as Asterisk requests it. */

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

export interface Account {
  user: string;
  password: string;
}

function parameters(challenge: string): Record<string, string> {
  const pairs = challenge.matchAll(/(\w+)=(?:"([^"]*)"|([^,\s]+))/g);
  return Object.fromEntries([...pairs].map(([, name, quoted, bare]) => [name!.toLowerCase(), quoted ?? bare ?? '']));
}

/** The value of an Authorization header that answers `challenge` for one request. */
export function digestAnswer(challenge: string, request: { method: string; uri: string }, account: Account): string {
  const { realm = '', nonce = '', opaque, qop } = parameters(challenge);
  const secret = md5(`${account.user}:${realm}:${account.password}`);
  const what = md5(`${request.method}:${request.uri}`);
  const fields = [
    `username="${account.user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${request.uri}"`,
    'algorithm=MD5',
  ];
  if (opaque !== undefined) fields.push(`opaque="${opaque}"`);
  if (qop?.split(',').includes('auth')) {
    const [count, ours] = ['00000001', md5(nonce).slice(0, 8)];
    fields.push('qop=auth', `nc=${count}`, `cnonce="${ours}"`);
    fields.push(`response="${md5(`${secret}:${nonce}:${count}:${ours}:auth:${what}`)}"`);
  } else {
    fields.push(`response="${md5(`${secret}:${nonce}:${what}`)}"`);
  }
  return `Digest ${fields.join(', ')}`;
}
