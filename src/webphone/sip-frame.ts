/**
 * A message of a browser, parsed as far as the relay needs it. Asterisk identifies the sender of a request by the user of its From, and
 * an unknown user by the source address, which for all browsers is the gateway's own. So a request is forwarded only if its From names a
 * handset; Asterisk then asks for the password of that handset. In a call that Asterisk began, the phone's From is the name that Asterisk
 * dialled: such a request has a tag in its To, and Asterisk answers 481 to unknown tags. A registration may have one contact: Asterisk
 * rewrites only the first one, and would dial the others at any address. Messages that two parsers could read differently are rejected.
 */
type SipFrame =
  | { type: 'keep_alive' }
  | { type: 'response' }
  | { type: 'request'; from: string; withinCall: boolean }
  /** `why` contains nothing of the message. */
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
  if (end < 0) return invalidFrame('not a whole SIP message');
  const head = text.slice(0, end).split('\r\n');
  if (head.some((line) => /[\r\n\0]/.test(line) || /^\s/.test(line) || line === ''))
    return invalidFrame('folded or odd headers');
  if (!hasExactLength(head, text.slice(end + 4))) return invalidFrame('the Content-Length does not match the body');
  const first = head[0] ?? '';
  if (STATUS_LINE.test(first)) return { type: 'response' };
  if (!REQUEST_LINE.test(first)) return invalidFrame('neither a request nor a response');
  const froms = head.filter((line) => FROM.test(line));
  const from = froms.length === 1 ? userOf((froms[0] ?? '').replace(FROM, '')) : undefined;
  if (from === undefined) return invalidFrame('the From names no handset');
  if (/^REGISTER /i.test(first) && !hasOneContact(head)) return invalidFrame('more than one contact');
  const tos = head.filter((line) => TO.test(line));
  const isTagged = tos.length === 1 && hasTag((tos[0] ?? '').replace(TO, ''));
  return { type: 'request', from, withinCall: isTagged && WITHIN_CALLS.test(first) };
}

/** Linear in the length of the text, which comes from an unauthenticated client. */
function hasTag(value: string): boolean {
  const unquoted = value.replace(/^[^"<>]*"(?:[^"\\]|\\.)*"/, '');
  const [, behind = unquoted] = /^[^<>"]*<[^<>"]*>([^<>"]*)$/.exec(unquoted) ?? [];
  return !/[<>"]/.test(behind) && TAG.test(behind);
}

function hasOneContact(head: string[]): boolean {
  const contacts = head.filter((line) => CONTACT.test(line));
  return contacts.length <= 1 && !contacts.some((line) => hasTopLevelComma(line));
}

/** Whether there is a comma outside of quotes and brackets. Linear in the length of the line, like {@link hasTag}. */
function hasTopLevelComma(line: string): boolean {
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

/** Whether the message fills its frame: Asterisk would read a second message behind a shorter one. */
function hasExactLength(head: string[], body: string): boolean {
  const lengths = head.filter((line) => LENGTH.test(line)).map((line) => line.replace(LENGTH, '').trim());
  if (lengths.length === 0) return body === '';
  const [length = ''] = lengths;
  return lengths.length === 1 && /^\d{1,6}$/.test(length) && Number(length) === Buffer.byteLength(body);
}

/** `jana` of `"Jana" <sip:jana@gateway>;tag=1` and of `sip:jana@gateway;tag=1`. */
function userOf(value: string): string | undefined {
  const unquoted = value.trim().replace(/^"(?:[^"\\]|\\.)*"/, '');
  const uri = unquoted.includes('<') ? /^[^<>"]*<([^<>]*)>[^<>]*$/.exec(unquoted)?.[1] : unquoted.split(';')[0];
  return /^sips?:([A-Za-z0-9._-]{1,64})@[^@\s"<>]+$/i.exec(uri?.trim() ?? '')?.[1];
}

function invalidFrame(why: string): SipFrame {
  return { type: 'bad', why };
}
