import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { messageOf } from '../../lib/error-message.js';
import { SECOND_MS } from '../../lib/time.js';
import { urlHost } from '../../lib/url-host.js';
import type { SipAccount } from '../../webphone/digest.js';
import { RtpSession } from './rtp-session.js';
import { buildOffer, parseAnswer, type RemoteMedia } from './sdp.js';
import {
  buildResponse,
  buildSip,
  credentialsFor,
  headerOf,
  newToken,
  parseSip,
  statusOf,
  type SipMessage,
} from './sip-message.js';

/** RFC 3261: T1 and T2. */
const FIRST_REPEAT_MS = 500;
const LONGEST_REPEAT_MS = 4 * SECOND_MS;
/** From the INVITE to its final response. */
const ANSWER_MS = 10 * SECOND_MS;
const END_MS = SECOND_MS;
const CHALLENGES = new Set([401, 407]);

/** Asterisk refused the call. */
export class CallRefused extends Error {
  constructor(
    readonly status: number,
    startLine: string,
  ) {
    super(`Asterisk refused the call: ${startLine.slice('SIP/2.0 '.length)}`);
  }
}

/** Nobody answers SIP at that address. */
export class NoAnswer extends Error {}

interface Transaction {
  method: 'INVITE' | 'BYE' | 'CANCEL';
  number: number;
  onResponse: (response: SipMessage, status: number) => void;
}

/** A telephone of a test call: logs in and calls over UDP, as an ordinary telephone does. One call only. */
export class SipCaller {
  readonly #uri: string;
  readonly #from: string;
  readonly #own: { host: string; port: number };
  #to: string;
  /** Of requests within the call. */
  #target: string;
  #number = 0;
  #branch = '';
  #transaction: Transaction | undefined;
  #state: 'idle' | 'calling' | 'up' | 'over' = 'idle';
  #repeat: NodeJS.Timeout | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #reject: (error: Error) => void = () => undefined;

  private constructor(
    private readonly socket: Socket,
    readonly audio: RtpSession,
    private readonly options: SipCallerOptions,
  ) {
    const { server, account, dialled } = options;
    const { address: host, port } = socket.address();
    this.#own = { host, port };
    this.#uri = `sip:${dialled}@${urlHost(server.host)}:${server.port}`;
    this.#from = `<sip:${account.user}@${urlHost(server.host)}>;tag=${newToken()}`;
    this.#to = `<${this.#uri}>`;
    this.#target = this.#uri;
    socket.on('message', (data) => this.#receive(parseSip(data)));
    socket.on('error', (error) => this.#fail(new NoAnswer(messageOf(error))));
  }

  /** @throws Error when the address cannot be resolved */
  static async open(options: SipCallerOptions): Promise<SipCaller> {
    const family = isIPv6(options.server.host) ? 'udp6' : 'udp4';
    const socket = createSocket(family);
    try {
      socket.connect(options.server.port, options.server.host);
      await once(socket, 'connect');
      return new SipCaller(socket, await RtpSession.open(family), options);
    } catch (error) {
      socket.close();
      throw error;
    }
  }

  /** Resolves when the call is answered. @throws CallRefused @throws NoAnswer */
  call(): Promise<RemoteMedia> {
    this.#state = 'calling';
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      this.#deadline = setTimeout(() => reject(new NoAnswer('Asterisk gave no final response')), ANSWER_MS);
      this.#invite([], (response, status) => this.#onInviteResponse(response, status, resolve));
    });
  }

  /** Ends the call and closes everything. */
  async end(): Promise<void> {
    if (this.#state === 'up') await this.#finish('BYE');
    else if (this.#state === 'calling') await this.#finish('CANCEL');
    this.#endTimers();
    this.audio.close();
    this.socket.close();
  }

  #invite(more: readonly string[], onResponse: Transaction['onResponse']): void {
    this.#number += 1;
    this.#branch = newBranch();
    this.#transaction = { method: 'INVITE', number: this.#number, onResponse };
    const offer = buildOffer(this.#own.host, this.audio.port);
    const head = this.#head('INVITE', this.#uri, this.#branch);
    this.#sendRepeatedly(buildSip([...head, ...more, 'Content-Type: application/sdp'], offer));
  }

  #onInviteResponse(response: SipMessage, status: number, resolve: (media: RemoteMedia) => void): void {
    clearTimeout(this.#repeat);
    if (status < 200) return;
    this.#to = headerOf(response, 'to');
    if (status >= 300) {
      this.#send(buildSip(this.#head('ACK', this.#uri, this.#branch)));
      this.#onRefusal(response, status, resolve);
      return;
    }
    this.#target = /<([^>]+)>/.exec(headerOf(response, 'contact'))?.[1] ?? this.#uri;
    this.#send(buildSip(this.#head('ACK', this.#target, newBranch())));
    if (this.#state !== 'calling') return;
    this.#state = 'up';
    this.#endTimers();
    const media = parseAnswer(response.body);
    if (media === undefined) this.#reject(new Error('the answer has neither alaw nor ulaw'));
    else resolve(media);
  }

  #onRefusal(response: SipMessage, status: number, resolve: (media: RemoteMedia) => void): void {
    if (this.#state !== 'calling') return;
    const request = { method: 'INVITE', uri: this.#uri };
    const isFirst = this.#number === 1 && CHALLENGES.has(status);
    const credentials = isFirst ? credentialsFor(response, request, this.options.account) : undefined;
    if (credentials === undefined) {
      this.#fail(new CallRefused(status, response.startLine));
      return;
    }
    this.#to = `<${this.#uri}>`;
    this.#invite([credentials], (next, nextStatus) => this.#onInviteResponse(next, nextStatus, resolve));
  }

  /** There is no call. */
  #fail(error: Error): void {
    if (this.#state !== 'calling') return;
    this.#state = 'over';
    this.#endTimers();
    this.#reject(error);
  }

  /** Asterisk may be away: waits for a response, but not long. */
  #finish(method: 'BYE' | 'CANCEL'): Promise<void> {
    this.#endTimers();
    this.#state = 'over';
    return new Promise((resolve) => {
      this.#deadline = setTimeout(resolve, END_MS);
      const isCancel = method === 'CANCEL';
      if (!isCancel) {
        this.#number += 1;
        this.#transaction = { method, number: this.#number, onResponse: () => resolve() };
      }
      const branch = isCancel ? this.#branch : newBranch();
      this.#sendRepeatedly(buildSip(this.#head(method, isCancel ? this.#uri : this.#target, branch)));
    });
  }

  #head(method: string, uri: string, branch: string): string[] {
    const { user } = this.options.account;
    const own = `${urlHost(this.#own.host)}:${this.#own.port}`;
    return [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP ${own};rport;branch=${branch}`,
      'Max-Forwards: 70',
      `From: ${this.#from}`,
      `To: ${this.#to}`,
      `Call-ID: ${this.options.callId}`,
      `CSeq: ${this.#number} ${method}`,
      `Contact: <sip:${user}@${own}>`,
      'User-Agent: cordboard doctor',
    ];
  }

  #receive(message: SipMessage): void {
    const status = statusOf(message);
    if (status === undefined) {
      this.#respond(message);
      return;
    }
    const transaction = this.#transaction;
    if (headerOf(message, 'cseq') !== `${transaction?.number ?? 0} ${transaction?.method ?? ''}`) return;
    transaction?.onResponse(message, status);
  }

  #respond(request: SipMessage): void {
    const method = request.startLine.split(' ')[0];
    if (method === 'ACK' || !request.headers.has('cseq')) return;
    if (method === 'BYE') this.#state = 'over';
    this.#send(
      buildResponse(request, method === 'INVITE' || method === 'UPDATE' ? '488 Not Acceptable Here' : '200 OK'),
    );
  }

  #sendRepeatedly(text: string, delayMs = FIRST_REPEAT_MS): void {
    this.#send(text);
    clearTimeout(this.#repeat);
    this.#repeat = setTimeout(() => this.#sendRepeatedly(text, Math.min(delayMs * 2, LONGEST_REPEAT_MS)), delayMs);
  }

  #send(text: string): void {
    this.socket.send(text);
  }

  #endTimers(): void {
    clearTimeout(this.#repeat);
    clearTimeout(this.#deadline);
  }
}

interface SipCallerOptions {
  server: { host: string; port: number };
  account: SipAccount;
  dialled: string;
  callId: string;
}

function newBranch(): string {
  return `z9hG4bK${newToken()}`;
}
