/**
 * What a browser sends to Asterisk, looked at as far as it has to be. Asterisk knows a request's sender by the user of its From, and a
 * sender whom it does not know by the address that the request comes from, which for all browsers is the gateway's own. So a request
 * goes on only with a From that names a handset; whoever claims to be one is then asked for its password. Within a call that Asterisk
 * began, a phone is called what Asterisk called it: such a request has a tag in its To, and Asterisk answers 481 to tags that it did not
 * give. A registration has one contact at most: Asterisk puts the first one right, and would call the others wherever they are.
 * Whatever two parsers could read differently is refused.
 */
type SipFrame =
  | { type: 'keep_alive' }
  | { type: 'response' }
  | { type: 'request'; from: string; withinCall: boolean }
  /** Holds nothing of the message. */
  | { type: 'bad'; why: string };

const STATUS_LINE = /^SIP\/2\.0 [1-6]\d\d /;
const REQUEST_LINE = /^[A-Z]{2,20} sips?:\S+ SIP\/2\.0$/i;
const WITHIN_CALLS = /^(?:INVITE|ACK|BYE|INFO|UPDATE|PRACK) /;
const TAG = /;[ \t]*tag=[\w.~!%*+`'-]+/i;
const TO = /^(?:to|t)[ \t]*:/i;
const FROM = /^(?:from|f)[ \t]*:/i;
const CONTACT = /^(?:contact|m)[ \t]*:/i;
const LENGTH = /^(?:content-length|l)[ \t]*:/i;

export function readSipFrame(text: string): SipFrame {
  if (/^(\r\n)+$/.test(text)) return { type: 'keep_alive' };
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return bad('not a whole SIP message');
  const head = text.slice(0, end).split('\r\n');
  if (head.some((line) => /[\r\n\0]/.test(line) || /^\s/.test(line) || line === ''))
    return bad('folded or odd headers');
  if (!isAlone(head, text.slice(end + 4))) return bad('not the length that it says');
  const first = head[0] ?? '';
  if (STATUS_LINE.test(first)) return { type: 'response' };
  if (!REQUEST_LINE.test(first)) return bad('neither a request nor an answer');
  const froms = head.filter((line) => FROM.test(line));
  const from = froms.length === 1 ? userOf((froms[0] ?? '').replace(FROM, '')) : undefined;
  if (from === undefined) return bad('its From names no handset');
  if (/^REGISTER /i.test(first) && !hasOneContact(head)) return bad('more than one contact');
  const tos = head.filter((line) => TO.test(line));
  const isTagged = tos.length === 1 && hasTag((tos[0] ?? '').replace(TO, ''));
  return { type: 'request', from, withinCall: isTagged && WITHIN_CALLS.test(first) };
}

/** Each of these expressions goes through the text once: a stranger may send one that is long. */
function hasTag(value: string): boolean {
  const unquoted = value.replace(/^[^"<>]*"(?:[^"\\]|\\.)*"/, '');
  const [, behind = unquoted] = /^[^<>"]*<[^<>"]*>([^<>"]*)$/.exec(unquoted) ?? [];
  return !/[<>"]/.test(behind) && TAG.test(behind);
}

function hasOneContact(head: string[]): boolean {
  const contacts = head.filter((line) => CONTACT.test(line));
  return contacts.length <= 1 && !contacts.some((line) => isList(line));
}

/** Whether there is a comma outside of quotes and brackets. In one pass: a stranger may send a long line. */
function isList(line: string): boolean {
  let closing = '';
  for (let at = 0; at < line.length; at += 1) {
    const sign = line.charAt(at);
    if (closing === '"' && sign === '\\') at += 1;
    else if (sign === closing) closing = '';
    else if (closing !== '') continue;
    else if (sign === '"') closing = '"';
    else if (sign === '<') closing = '>';
    else if (sign === ',') return true;
  }
  return closing !== '';
}

/** Behind a message that is shorter than its frame, Asterisk would read another one. */
function isAlone(head: string[], body: string): boolean {
  const lengths = head.filter((line) => LENGTH.test(line)).map((line) => line.replace(LENGTH, '').trim());
  if (lengths.length === 0) return body === '';
  const [length = ''] = lengths;
  return lengths.length === 1 && /^\d{1,6}$/.test(length) && Number(length) === Buffer.byteLength(body);
}

/** `"Jana" <sip:jana@gateway>;tag=1` or `sip:jana@gateway;tag=1`: jana. */
function userOf(value: string): string | undefined {
  const unquoted = value.trim().replace(/^"(?:[^"\\]|\\.)*"/, '');
  const uri = unquoted.includes('<') ? /^[^<>"]*<([^<>]*)>[^<>]*$/.exec(unquoted)?.[1] : unquoted.split(';')[0];
  return /^sips?:([A-Za-z0-9._-]{1,64})@[^@\s"<>]+$/i.exec(uri?.trim() ?? '')?.[1];
}

function bad(why: string): SipFrame {
  return { type: 'bad', why };
}
