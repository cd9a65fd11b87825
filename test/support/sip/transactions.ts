import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import {
  branchOf,
  buildSip,
  cseqOf,
  isRequest,
  parseSip,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from './message.js';

/** RFC 3261's T1 and T2, and 64 * T1 after which a request times out. */
const FIRST_RETRANSMIT_MS = 500;
const LONGEST_RETRANSMIT_MS = 4000;
const UNANSWERED_MS = 32_000;
const LOOPBACK = '127.0.0.1';

interface Pending {
  onResponse(response: SipResponse): void;
  abandon(): void;
}

/**
 * A UDP socket with SIP's transactions: requests are retransmitted until they are answered, repeated requests get the
 * same response again and are reported once.
 */
export class SipSocket {
  readonly #onRequest: (request: SipRequest) => void;
  readonly #onMessage: (text: string) => void;
  readonly #pending = new Map<string, Pending>();
  /** Last response by transaction; undefined before the first. */
  readonly #served = new Map<string, string | undefined>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #socket: Socket | undefined;
  #isSilenced = false;

  /** @param onMessage receives every message in either direction, repetitions included */
  constructor(onRequest: (request: SipRequest) => void, onMessage: (text: string) => void = () => undefined) {
    this.#onRequest = onRequest;
    this.#onMessage = onMessage;
  }

  /** @param port a free one by default */
  async open(port = 0, host = LOOPBACK): Promise<void> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 1_048_576 });
    this.#socket = socket;
    socket.on('message', (data) => this.#receive(data.toString('utf8')));
    socket.bind(port, host);
    await once(socket, 'listening');
  }

  /** Unanswered requests are rejected. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const pending of this.#pending.values()) pending.abandon();
    this.#pending.clear();
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined) return;
    const closed = once(socket, 'close');
    socket.close();
    await closed;
  }

  /** From now on no message is sent or read, as after a power cut. */
  silence(): void {
    this.#isSilenced = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  get address(): { host: string; port: number } {
    if (this.#socket === undefined) throw new Error('The SIP socket is not open');
    return { host: LOOPBACK, port: this.#socket.address().port };
  }

  /** Sends without waiting for a response: ACK, and deliberate messages of tests. */
  send(message: SipMessage, to: { host: string; port: number }): void {
    this.#sendText(buildSip(message), to);
  }

  /**
   * Sends a request and resolves with its final response. `onResponse` receives every response, provisional and repeated ones
   * included. Rejects after 32 s without a response; an INVITE may ring forever after a 1xx.
   */
  request(
    request: SipRequest,
    to: { host: string; port: number },
    onResponse: (response: SipResponse) => void = () => undefined,
  ): Promise<SipResponse> {
    const key = transactionKey(request);
    const text = buildSip(request);
    return new Promise((resolve, reject) => {
      let resend: NodeJS.Timeout;
      const repeat = (delayMs: number) => {
        resend = this.#after(delayMs, () => {
          this.#sendText(text, to);
          repeat(Math.min(delayMs * 2, LONGEST_RETRANSMIT_MS));
        });
      };
      const giveUp = this.#after(UNANSWERED_MS, () => {
        clearTimeout(resend);
        reject(new Error(`${request.method} ${request.uri} was not answered within ${UNANSWERED_MS} ms`));
      });
      const stop = () => {
        clearTimeout(resend);
        clearTimeout(giveUp);
      };
      this.#pending.set(key, {
        abandon: () => reject(new Error(`The phone stopped before ${request.method} was answered`)),
        onResponse: (response) => {
          if (response.status >= 200 || request.method === 'INVITE') stop();
          onResponse(response);
          if (response.status >= 200) resolve(response);
        },
      });
      repeat(FIRST_RETRANSMIT_MS);
      this.#sendText(text, to);
    });
  }

  /** Responds to a request by its topmost Via; repeated requests get the latest response again. */
  respond(request: SipRequest, response: SipResponse): void {
    const text = buildSip(response);
    this.#served.set(transactionKey(request), text);
    this.#sendText(text, viaAddress(request));
  }

  /** Runs `job` unless the socket is closed before. */
  #after(delayMs: number, job: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      job();
    }, delayMs);
    this.#timers.add(timer);
    return timer;
  }

  #sendText(text: string, to: { host: string; port: number }): void {
    if (this.#isSilenced) return;
    this.#onMessage(text);
    this.#socket?.send(text, to.port, to.host);
  }

  #receive(text: string): void {
    if (this.#isSilenced) return;
    this.#onMessage(text);
    const message = parseSip(text);
    if (message === undefined) return;
    const key = transactionKey(message);
    if (!isRequest(message)) {
      this.#pending.get(key)?.onResponse(message);
      return;
    }
    if (message.method !== 'ACK' && this.#served.has(key)) {
      const earlier = this.#served.get(key);
      if (earlier !== undefined) this.#sendText(earlier, viaAddress(message));
      return;
    }
    this.#served.set(key, undefined);
    this.#onRequest(message);
  }
}

const transactionKey = (message: SipMessage) => `${branchOf(message)} ${cseqOf(message).method}`;

function viaAddress(request: SipRequest): { host: string; port: number } {
  const via = request.headers.get('Via');
  const [, host = LOOPBACK, port = '5060'] = /^SIP\/2\.0\/UDP\s+([^:;\s]+)(?::(\d+))?/i.exec(via) ?? [];
  const rport = /;\s*rport=(\d+)/.exec(via)?.[1];
  return { host, port: Number(rport ?? port) };
}
