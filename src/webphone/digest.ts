import { createHash } from 'node:crypto';

/** Digest credentials in a SIP request (RFC 8760 with MD5, which JsSIP and Asterisk agree on). */
export interface Digest {
  /** The whole header line. */
  line: string;
  /** Name of the header as it was sent. */
  header: string;
  /** Method of the request. */
  method: string;
  /** The parameters by lower-case name, without quotes. */
  fields: ReadonlyMap<string, string>;
}

export interface SipAccount {
  user: string;
  password: string;
}

const HEADER = /^((?:proxy-)?authorization)[ \t]*:[ \t]*digest[ \t]+(.*)$/i;
/** Values with escaped characters are not supported: neither JsSIP nor Asterisk sends them. */
const FIELD = /^([a-z]{1,20})=(?:"([^"\\]*)"|([\w.-]+))$/i;
const QUOTED = new Set(['username', 'realm', 'nonce', 'uri', 'response', 'opaque', 'cnonce']);

/** @returns undefined when the request has no credentials, several, or some of another kind */
export function readDigest(message: string): Digest | undefined {
  const head = message.slice(0, message.indexOf('\r\n\r\n')).split('\r\n');
  const lines = head.filter((line) => /^(?:proxy-)?authorization[ \t]*:/i.test(line));
  const [line = ''] = lines;
  const [, header = '', content = ''] = HEADER.exec(line) ?? [];
  if (lines.length !== 1 || header === '') return undefined;
  const fields = new Map<string, string>();
  // A comma inside of a quoted value makes the credentials unreadable here, and Asterisk decides about them.
  for (const part of content.split(',')) {
    const [, name, quoted, plain] = FIELD.exec(part.trim()) ?? [];
    if (name === undefined || fields.has(name.toLowerCase())) return undefined;
    fields.set(name.toLowerCase(), quoted ?? plain ?? '');
  }
  return { line, header, method: head[0]?.split(' ')[0] ?? '', fields };
}

/** The response that this account gives to the challenge; undefined for an algorithm other than MD5 with `qop=auth` or without `qop`. */
export function responseOf({ method, fields }: Digest, { user, password }: SipAccount): string | undefined {
  const field = (name: string) => fields.get(name) ?? '';
  const qop = fields.get('qop');
  if (!/^(?:|md5)$/i.test(field('algorithm')) || (qop !== undefined && qop !== 'auth')) return undefined;
  const ha1 = md5(`${user}:${field('realm')}:${password}`);
  const ha2 = md5(`${method}:${field('uri')}`);
  const counted = qop === undefined ? [] : [field('nc'), field('cnonce'), qop];
  return md5([ha1, field('nonce'), ...counted, ha2].join(':'));
}

/** The message with the credentials of another account for the same challenge. */
export function withAccount(message: string, digest: Digest, account: SipAccount): string {
  const response = responseOf(digest, account);
  if (response === undefined) return message;
  const fields = new Map([...digest.fields, ['username', account.user], ['response', response]]);
  const content = [...fields].map(([name, value]) => `${name}=${QUOTED.has(name) ? `"${value}"` : value}`).join(', ');
  return message.replace(digest.line, () => `${digest.header}: Digest ${content}`);
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
