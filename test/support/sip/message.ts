/** The subset of SIP messages (RFC 3261) that a test phone needs. */

const compactNames: Record<string, string> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
};

/** Header fields in their order; names are compared without case. */
export class SipHeaders {
  readonly #fields: { name: string; value: string }[] = [];

  constructor(fields: Iterable<readonly [string, string]> = []) {
    for (const [name, value] of fields) this.add(name, value);
  }

  add(name: string, value: string): this {
    this.#fields.push({ name, value });
    return this;
  }

  all(name: string): string[] {
    return this.#fields.filter((field) => canonical(field.name) === canonical(name)).map((field) => field.value);
  }

  /** The first of that name; an empty string without one. */
  get(name: string): string {
    return this.all(name)[0] ?? '';
  }

  /** A copy with another value of the field of that name. */
  with(name: string, value: string): SipHeaders {
    return new SipHeaders(
      this.#fields.map(
        (field) => [field.name, canonical(field.name) === canonical(name) ? value : field.value] as const,
      ),
    );
  }

  toString(): string {
    return this.#fields.map(({ name, value }) => `${name}: ${value}\r\n`).join('');
  }
}

function canonical(name: string): string {
  const lower = name.toLowerCase();
  return compactNames[lower] ?? lower;
}

interface Common {
  headers: SipHeaders;
  body: string;
}
export type SipRequest = Common & { method: string; uri: string };
export type SipResponse = Common & { status: number; reason: string };
export type SipMessage = SipRequest | SipResponse;

export const isRequest = (message: SipMessage): message is SipRequest => 'method' in message;

/** Undefined for anything but SIP, such as keep-alives. */
export function parseSip(text: string): SipMessage | undefined {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [startLine = '', ...lines] = head.split('\r\n');
  const headers = new SipHeaders();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.add(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  const body = rest.join('\r\n\r\n');
  const response = /^SIP\/2\.0 (\d{3}) ?(.*)$/.exec(startLine);
  if (response) return { status: Number(response[1]), reason: response[2] ?? '', headers, body };
  const request = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(startLine);
  return request ? { method: request[1]!, uri: request[2]!, headers, body } : undefined;
}

export function buildSip(message: SipMessage): string {
  const startLine = isRequest(message)
    ? `${message.method} ${message.uri} SIP/2.0`
    : `SIP/2.0 ${message.status} ${message.reason}`;
  const length = new TextEncoder().encode(message.body).length;
  return `${startLine}\r\n${message.headers.toString()}Content-Length: ${length}\r\n\r\n${message.body}`;
}

/** A response with the fields that every response copies from its request; `toTag` marks our end of the dialog. */
export function responseTo(request: SipRequest, status: number, reason: string, toTag: string): SipResponse {
  const headers = new SipHeaders(request.headers.all('Via').map((via) => ['Via', via] as const));
  for (const route of request.headers.all('Record-Route')) headers.add('Record-Route', route);
  const to = request.headers.get('To');
  headers.add('From', request.headers.get('From')).add('To', tagOf(to) === '' ? `${to};tag=${toTag}` : to);
  headers.add('Call-ID', request.headers.get('Call-ID')).add('CSeq', request.headers.get('CSeq'));
  return { status, reason, headers, body: '' };
}

/** The URI inside a From, To or Contact. */
export function uriOf(address: string): string {
  return /<([^>]+)>/.exec(address)?.[1] ?? address.split(';')[0]!.trim();
}

/** The user part of the URI inside a From, To or Contact: a number or an account. */
export function userOf(address: string): string {
  return /^sips?:([^@;]*)@/.exec(uriOf(address))?.[1] ?? '';
}

export function tagOf(address: string): string {
  return /;\s*tag=([^;\s]+)/.exec(address)?.[1] ?? '';
}

export function branchOf(message: SipMessage): string {
  return /;\s*branch=([^;,\s]+)/.exec(message.headers.get('Via'))?.[1] ?? '';
}

export function cseqOf(message: SipMessage): { number: number; method: string } {
  const [number = '0', method = ''] = message.headers.get('CSeq').split(/\s+/);
  return { number: Number(number), method };
}
