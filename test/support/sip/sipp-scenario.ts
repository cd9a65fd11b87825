/** The behaviour of a SIPp caller, and its XML for SIPp. */

export type SippStep =
  | { wait: number }
  /** Presses keys by SIP INFO; every caller must press the same number of keys. */
  | { press: string | ((caller: number) => string); gapMs?: number }
  /** Hangs up unless the other side did within that time. */
  | { expectBye: { timeoutMs: number } }
  | { hangUp: true };

/** The part of a scenario that differs between callers: the fields of one line of SIPp's CSV. */
export interface SippFields {
  caller: number;
  from: string;
  target: string;
  mediaHost: string;
  mediaPort: number;
}

/** Column of the first key; the columns before it are those of {@link SippFields}. */
const FIRST_KEY_COLUMN = 5;
const KEY_DURATION_MS = 100;
const DEFAULT_GAP_MS = 250;
/** Final responses to an INVITE that SIPp must treat as an end and not as an error. */
const REFUSALS = [
  400, 401, 403, 404, 408, 410, 415, 420, 480, 481, 482, 484, 486, 487, 488, 500, 501, 502, 503, 504, 600, 603,
];

const keysOf = (step: SippStep, caller: number): string => {
  if (!('press' in step)) return '';
  return typeof step.press === 'string' ? step.press : step.press(caller);
};

/** SIPp's `-inf` file. Throws RangeError when callers press different numbers of keys in one step. */
export function sippCsv(script: readonly SippStep[], callers: readonly SippFields[]): string {
  const lines = callers.map((fields) => {
    const keys = script.map((step) => keysOf(step, fields.caller));
    return [
      fields.caller,
      fields.from,
      fields.target,
      fields.mediaHost,
      fields.mediaPort,
      ...Array.from(keys.join('')),
    ].join(';');
  });
  for (const step of script) {
    const lengths = new Set(callers.map(({ caller }) => keysOf(step, caller).length));
    if (lengths.size > 1) throw new RangeError('Every SIPp caller has to press the same number of keys');
  }
  return `SEQUENTIAL\n${lines.map((line) => `${line};`).join('\n')}\n`;
}

const log = (what: string) => `<action><log message="[field0] ${what}"/></action>`;

function send(startLine: string, headers: string[], body = '', retransmitted = true): string {
  const lines = [startLine, ...headers, 'Max-Forwards: 70', 'Content-Length: [len]', '', body].join('\n');
  return `<send${retransmitted ? ' retrans="500"' : ''}><![CDATA[\n${lines}\n]]></send>`;
}

const VIA = 'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]';
const FROM = 'From: <sip:[field1]@[local_ip]:[local_port]>;tag=[pid]-[call_number]';
const CONTACT = 'Contact: <sip:[field1]@[local_ip]:[local_port]>';
const TARGET = 'sip:[field2]@[remote_ip]:[remote_port]';

function inDialog(method: string, cseq: number, headers: string[] = [], body = ''): string {
  const common = [VIA, FROM, '[last_To:]', 'Call-ID: [call_id]', `CSeq: ${cseq} ${method}`, CONTACT, ...headers];
  return send(`${method} [next_url] SIP/2.0`, common, body, method !== 'ACK');
}

function invite(): string {
  const sdp = `v=0
o=- 1 1 IN IP4 [field3]
s=-
c=IN IP4 [field3]
t=0 0
m=audio [field4] RTP/AVP 8 0
a=rtpmap:8 PCMA/8000
a=rtpmap:0 PCMU/8000
`;
  // With UPDATE Asterisk refreshes the session by that, which SIPp answers automatically; a second INVITE it would not.
  const allow = 'Allow: INVITE, ACK, BYE, CANCEL, INFO, UPDATE';
  const headers = [VIA, FROM, `To: <${TARGET}>`, 'Call-ID: [call_id]', 'CSeq: 1 INVITE', CONTACT, allow];
  return [
    send(`INVITE ${TARGET} SIP/2.0`, [...headers, 'Content-Type: application/sdp'], sdp),
    ...[100, 180, 181, 183].map((status) => `<recv response="${status}" optional="true"/>`),
    ...REFUSALS.map(
      (status) => `<recv response="${status}" optional="true" next="refused">${log(`refused ${status}`)}</recv>`,
    ),
    // Global: from here on it is awaited at every step, pauses included.
    `<recv request="BYE" optional="global" next="bye_came">${log('peer')}</recv>`,
    `<recv response="200" rrs="true">${log('answered')}</recv>`,
    inDialog('ACK', 1),
  ].join('\n');
}

const HANG_UP = `<label id="hang_up"/>\n${inDialog('BYE', 9999)}\n<recv response="200" next="end">${log('caller')}</recv>`;

const ENDINGS = `<label id="bye_came"/>
${send('SIP/2.0 200 OK', ['[last_Via:]', '[last_From:]', '[last_To:]', '[last_Call-ID:]', '[last_CSeq:]'], '', false)}
<pause milliseconds="1" next="end"/>
<label id="refused"/>
${send(`ACK ${TARGET} SIP/2.0`, ['[last_Via:]', '[last_From:]', '[last_To:]', 'Call-ID: [call_id]', 'CSeq: 1 ACK'], '', false)}
<label id="end"/>`;

/** SIPp's scenario. After the last step the caller hangs up, unless the other side did. */
export function sippScenario(script: readonly SippStep[]): string {
  let column = FIRST_KEY_COLUMN;
  let cseq = 1;
  const steps = script.map((step) => {
    if ('wait' in step) return `<pause milliseconds="${step.wait}"/>`;
    if ('expectBye' in step)
      return `<recv request="BYE" timeout="${step.expectBye.timeoutMs}" ontimeout="hang_up" next="bye_came">${log('peer')}</recv>`;
    if ('hangUp' in step) return '<nop next="hang_up"/>';
    return Array.from(keysOf(step, 0), () => {
      cseq += 1;
      const body = `Signal=[field${column}]\nDuration=${KEY_DURATION_MS}\n`;
      column += 1;
      const info = inDialog('INFO', cseq, ['Content-Type: application/dtmf-relay'], body);
      return `${info}\n<recv response="200"/>\n<pause milliseconds="${step.gapMs ?? DEFAULT_GAP_MS}"/>`;
    }).join('\n');
  });
  return [
    '<?xml version="1.0" encoding="ISO-8859-1" ?>',
    '<!DOCTYPE scenario SYSTEM "sipp.dtd">',
    '<scenario name="caller">',
    invite(),
    ...steps,
    HANG_UP,
    ENDINGS,
    '</scenario>\n',
  ].join('\n');
}
