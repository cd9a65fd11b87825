import { randomBytes } from 'node:crypto';
import { SipHeaders, tagOf, uriOf, type SipRequest, type SipResponse } from './message.js';

/** The addresses and numbers that all messages of one call share (RFC 3261, 12). */

export const randomToken = () => randomBytes(8).toString('hex');

export class Dialog {
  readonly callId: string;
  readonly localTag: string;
  /** Our and the other side's From/To, ours with its tag. */
  readonly #local: string;
  #remote: string;
  #target: string;
  /** The proxies between the two sides, from ours. */
  #routes: string[] = [];
  #cseq = 0;

  constructor(ends: { callId: string; localTag: string; local: string; remote: string; target: string }) {
    this.callId = ends.callId;
    this.localTag = ends.localTag;
    this.#local = `${ends.local};tag=${ends.localTag}`;
    this.#remote = ends.remote;
    this.#target = ends.target;
  }

  static outgoing(ends: { local: string; targetUri: string }): Dialog {
    const { local, targetUri } = ends;
    return new Dialog({
      callId: randomToken(),
      localTag: randomToken(),
      local,
      remote: `<${targetUri}>`,
      target: targetUri,
    });
  }

  static incoming(invite: SipRequest): Dialog {
    const { headers } = invite;
    const dialog = new Dialog({
      callId: headers.get('Call-ID'),
      localTag: randomToken(),
      local: headers.get('To'),
      remote: headers.get('From'),
      target: uriOf(headers.get('Contact')),
    });
    dialog.#routes = routesIn(headers);
    return dialog;
  }

  /** The other side's tag and contact, from the first response to our INVITE that has them. */
  learn(response: SipResponse): void {
    if (tagOf(response.headers.get('To')) !== '') this.#remote = response.headers.get('To');
    const contact = response.headers.get('Contact');
    if (contact !== '') this.#target = uriOf(contact);
    this.#routes = routesIn(response.headers).reverse();
  }

  /** Empty until the other side has sent it. */
  get remoteTag(): string {
    return tagOf(this.#remote);
  }

  /** Where this call's requests go: host and port of the nearest proxy, else of the other side's contact. */
  get peer(): { host: string; port: number } {
    const [, host = '127.0.0.1', port = '5060'] =
      /^sip:(?:[^@]*@)?([^:;>]+)(?::(\d+))?/.exec(uriOf(this.#routes[0] ?? this.#target)) ?? [];
    return { host, port: Number(port) };
  }

  /** A request of this call. ACK and CANCEL have the CSeq number of their request. */
  request(method: string, local: { host: string; port: number }, cseq = (this.#cseq += 1)): SipRequest {
    const headers = new SipHeaders([
      ['Via', `SIP/2.0/UDP ${local.host}:${local.port};rport;branch=z9hG4bK${randomToken()}`],
      ['Max-Forwards', '70'],
      ['From', this.#local],
      ['To', this.#remote],
      ['Call-ID', this.callId],
      ['CSeq', `${cseq} ${method}`],
      ['Contact', `<sip:${userOrPhone(this.#local)}@${local.host}:${local.port}>`],
      ['User-Agent', 'test phone'],
    ]);
    for (const route of this.#routes) headers.add('Route', route);
    return { method, uri: this.#target, headers, body: '' };
  }
}

function routesIn(headers: SipHeaders): string[] {
  return headers.all('Record-Route').flatMap((value) => value.split(/,\s*(?=<)/));
}

function userOrPhone(address: string): string {
  return /sip:([^@;>]+)@/.exec(address)?.[1] ?? 'phone';
}

/** CANCEL, and the ACK of a refusal, belong to the INVITE's own transaction: same branch, same target. */
export function sameTransaction(invite: SipRequest, method: 'ACK' | 'CANCEL', to: string): SipRequest {
  const copied = ['Via', 'Max-Forwards', 'From', 'Call-ID'].map((name) => [name, invite.headers.get(name)] as const);
  const [number = '1'] = invite.headers.get('CSeq').split(' ');
  const headers = new SipHeaders([...copied, ['To', to], ['CSeq', `${number} ${method}`]]);
  return { method, uri: invite.uri, headers, body: '' };
}
