import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { digestAnswer, type Account } from './digest.js';
import { randomToken } from './dialog.js';
import { isRequest, parseSip, uriOf, type SipResponse } from './message.js';

const WITHIN_MS = 15_000;

/** SIP over the gateway's WebSocket, as a browser's page would send it, with a custom Contact. */
export class WebSocketPhone {
  readonly #socket: WebSocket;
  readonly #answers: SipResponse[] = [];
  readonly requests: string[] = [];
  readonly #callId = randomToken();
  readonly #tag = randomToken();
  #cseq = 0;
  closed: number | undefined;

  /** @param account for the challenge; its user may differ from the one of the SIP address */
  private constructor(
    url: string,
    private readonly user: string,
    private readonly account: Account,
  ) {
    this.#socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, ['sip'], { origin: url });
    this.#socket.on('close', (code) => (this.closed = code));
    this.#socket.on('message', (data: Buffer) => {
      const message = parseSip(data.toString());
      if (message === undefined) return;
      if (isRequest(message)) this.requests.push(message.method);
      else this.#answers.push(message);
    });
  }

  stop(): void {
    this.#socket.terminate();
  }

  /** @param url of the gateway */
  static async open(url: string, user: string, account: Account): Promise<WebSocketPhone> {
    const phone = new WebSocketPhone(url, user, account);
    await once(phone.#socket, 'open');
    return phone;
  }

  /** The final response; undefined when the gateway closed the socket instead. */
  async asks(method: string, target: string, contact: string, body = ''): Promise<SipResponse | undefined> {
    const first = await this.#request(method, target, contact, body);
    if (first?.status !== 401) return first;
    const challenge = first.headers.get('WWW-Authenticate');
    if (method === 'INVITE') this.#send('ACK', target, contact, { to: first.headers.get('To') });
    const authorization = digestAnswer(challenge, { method, uri: target }, this.account);
    const answer = await this.#request(method, target, contact, body, authorization);
    if (method === 'INVITE' && answer !== undefined)
      this.#send('ACK', answer.status === 200 ? uriOf(answer.headers.get('Contact')) : target, contact, {
        to: answer.headers.get('To'),
      });
    return answer;
  }

  async #request(
    method: string,
    target: string,
    contact: string,
    body: string,
    authorization?: string,
  ): Promise<SipResponse | undefined> {
    this.#cseq += 1;
    this.#send(method, target, contact, { body, authorization });
    const isAnswer = ({ status, headers }: SipResponse) =>
      status >= 200 && headers.get('CSeq') === `${this.#cseq} ${method}`;
    for (const until = Date.now() + WITHIN_MS; Date.now() < until;) {
      await delay(20);
      const answer = this.#answers.find(isAnswer);
      if (answer !== undefined || this.closed !== undefined) return answer;
    }
    throw new Error(`${method} was not answered`);
  }

  #send(
    method: string,
    target: string,
    contact: string,
    more: { to?: string; body?: string; authorization?: string | undefined },
  ): void {
    const { to, body = '', authorization } = more;
    const own = `sip:${this.user}@127.0.0.1`;
    const lines = [
      `${method} ${target} SIP/2.0`,
      `Via: SIP/2.0/WS browser.invalid;branch=z9hG4bK${randomToken()}`,
      `From: <${own}>;tag=${this.#tag}`,
      `To: ${to ?? `<${method === 'REGISTER' ? own : target}>`}`,
      `Call-ID: ${this.#callId}`,
      `CSeq: ${this.#cseq} ${method}`,
      'Max-Forwards: 70',
      `Contact: ${contact}`,
      ...(method === 'REGISTER' ? ['Expires: 120'] : []),
      ...(authorization === undefined ? [] : [`Authorization: ${authorization}`]),
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    this.#socket.send(`${lines.join('\r\n')}\r\n\r\n${body}`);
  }
}
