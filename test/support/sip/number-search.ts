import { parseSip } from './message.js';

/** The notations of a phone number. */
export function formsOf(e164: string, countryCode: string): Record<string, string> {
  const digits = e164.replace(/\D/g, '');
  const national = digits.slice(countryCode.length);
  const groups = national.match(/\d{3}/g) ?? [];
  return {
    'E.164': e164,
    digits,
    national,
    'with 00': `00${digits}`,
    spaced: groups.join(' '),
    dashed: groups.join('-'),
    dotted: groups.join('.'),
    'URL-encoded': encodeURIComponent(e164),
    'URL-encoded digits': Array.from(national)
      .map((digit) => `%3${digit}`)
      .join(''),
    'digits apart': Array.from(national).join(' '),
    'digits apart with commas': Array.from(national).join(','),
    'in brackets': `(${groups[0] ?? ''}) ${groups.slice(1).join('/')}`,
  };
}

/** Separators between the digits of one number. */
const SEPARATORS = String.raw`[\s().,;:/_+"'\\-]{0,3}`;

/** True when the text holds the national part of the number in any form. */
export function holdsNumber(text: string, e164: string, countryCode: string): boolean {
  const national = e164.replace(/\D/g, '').slice(countryCode.length);
  const pattern = new RegExp(Array.from(national).join(SEPARATORS));
  return [text, decoded(text), decoded(decoded(text))].some((form) => pattern.test(form));
}

/** Places of the number in messages: `INVITE: From`, `200: body`. Searches every header, the first line, and the body. */
export function foundIn(messages: readonly string[], e164: string, countryCode: string): string[] {
  const found = new Set<string>();
  for (const text of messages) {
    const [head = '', ...rest] = text.split('\r\n\r\n');
    const [first = '', ...headers] = head.split('\r\n');
    const name = nameOf(text);
    const places: [string, string][] = [
      ['first line', first],
      ...headers.map((line): [string, string] => [line.slice(0, Math.max(0, line.indexOf(':'))) || 'header', line]),
      ['body', rest.join('\r\n\r\n')],
    ];
    for (const [place, said] of places) if (holdsNumber(said, e164, countryCode)) found.add(`${name}: ${place}`);
    // A number folded over two lines is in neither of them.
    if (![...found].some((where) => where.startsWith(`${name}: `)) && holdsNumber(head, e164, countryCode))
      found.add(`${name}: somewhere`);
  }
  return [...found];
}

/** Messages of one call. */
export function ofCall(trace: readonly string[], callId: string): string[] {
  return trace.filter((text) => parseSip(text)?.headers.get('Call-ID') === callId);
}

function nameOf(text: string): string {
  const message = parseSip(text);
  if (message === undefined) return 'unreadable';
  return 'method' in message ? message.method : String(message.status);
}

function decoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
