import { randomBytes } from 'node:crypto';
import { responseOf, type SipAccount } from '../../webphone/digest.js';

/** The part of SIP (RFC 3261) that a telephone needs which makes one call. */

/** Bytes of tags, branches and nonces. */
const TOKEN_BYTES = 8;

export const newToken = () => randomBytes(TOKEN_BYTES).toString('hex');

export interface SipMessage {
  /** `INVITE sip:… SIP/2.0` or `SIP/2.0 200 OK`. */
  startLine: string;
  /** Values by lower-case name, in their order. */
  headers: ReadonlyMap<string, readonly string[]>;
  body: string;
}

const COMPACT: Record<string, string> = { v: 'via', f: 'from', t: 'to', i: 'call-id', m: 'contact' };

export function parseSip(data: Buffer): SipMessage {
  const text = data.toString('utf8');
  const end = text.indexOf('\r\n\r\n');
  const [startLine = '', ...lines] = text.slice(0, end === -1 ? undefined : end).split('\r\n');
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const short = line.slice(0, colon).trim().toLowerCase();
    const name = COMPACT[short] ?? short;
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return { startLine, headers, body: end === -1 ? '' : text.slice(end + 4) };
}

export function headerOf({ headers }: SipMessage, name: string): string {
  return headers.get(name)?.[0] ?? '';
}

/** Undefined for a request. */
export function statusOf({ startLine }: SipMessage): number | undefined {
  const status = /^SIP\/2\.0 (\d{3})/.exec(startLine)?.[1];
  return status === undefined ? undefined : Number(status);
}

/** @param head the start line and the header fields, without Content-Length */
export function buildSip(head: readonly string[], body = ''): string {
  return [...head, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n');
}

/** The response to a request, without a body. */
export function buildResponse(request: SipMessage, status: string): string {
  const copied = ['via', 'from', 'to', 'call-id', 'cseq'].flatMap((name) =>
    (request.headers.get(name) ?? []).map((value) => `${name}: ${value}`),
  );
  return buildSip([`SIP/2.0 ${status}`, ...copied]);
}

/** The header field that answers a challenge (RFC 8760); undefined when it asks for another hash than MD5. */
export function credentialsFor(
  response: SipMessage,
  { method, uri }: { method: string; uri: string },
  account: SipAccount,
): string | undefined {
  const [header, challenge] =
    statusOf(response) === 407
      ? ['Proxy-Authorization', headerOf(response, 'proxy-authenticate')]
      : ['Authorization', headerOf(response, 'www-authenticate')];
  const asked = new Map(
    [...challenge.matchAll(/([a-z]+)=(?:"([^"]*)"|([^,\s]+))/gi)].map(
      ([, name = '', quoted, plain]) => [name.toLowerCase(), quoted ?? plain ?? ''] as const,
    ),
  );
  const fields = new Map([
    ['username', account.user],
    ['realm', asked.get('realm') ?? ''],
    ['nonce', asked.get('nonce') ?? ''],
    ['uri', uri],
    ['algorithm', asked.get('algorithm') ?? 'MD5'],
  ]);
  const opaque = asked.get('opaque');
  if (opaque !== undefined) fields.set('opaque', opaque);
  const isCounted = asked.get('qop')?.split(',').includes('auth') === true;
  if (isCounted)
    for (const [name, value] of [
      ['qop', 'auth'],
      ['nc', '00000001'],
      ['cnonce', newToken()],
    ] as const)
      fields.set(name, value);
  const answer = responseOf({ line: '', header, method, fields }, account);
  if (answer === undefined) return undefined;
  const plain = new Set(['algorithm', 'qop', 'nc']);
  const text = [...fields, ['response', answer] as const].map(([name, value]) =>
    plain.has(name) ? `${name}=${value}` : `${name}="${value}"`,
  );
  return `${header}: Digest ${text.join(', ')}`;
}
