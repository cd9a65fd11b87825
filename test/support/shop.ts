import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { say, type ShopAnswer } from './shop-answers.js';
import { Changes } from './sip/until.js';

export { faults, json, say, text, type ShopAnswer } from './shop-answers.js';

/** One hand-over request as the shop received it. */
export interface ShopRequest {
  atMs: number;
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  rawBody: string;
  /** The body's fields; empty when it was no JSON object. */
  fields: Record<string, unknown>;
  /** Identifies the call: the gateway's call id, else the caller's number. */
  call: string;
  /** The index of the request in its call, from 0. */
  step: number;
}

export type ShopBehaviour = (request: ShopRequest) => ShopAnswer | Promise<ShopAnswer>;

const LOOPBACK = '127.0.0.1';
const PATH = '/launch.php?s=telfa';

/** A shop's web application for tests: answers hand-overs as scripted, correctly or not, and records every request. */
export class Shop {
  readonly #changes = new Changes();
  readonly #requests: ShopRequest[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  #behaviour: ShopBehaviour;
  /** By the end of the caller's number. */
  readonly #behaviours = new Map<string, ShopBehaviour>();
  #server: Server | undefined;
  #port = 0;

  constructor(behaviour: ShopBehaviour) {
    this.#behaviour = behaviour;
  }

  /** @param port a free one by default */
  async start(port = 0): Promise<this> {
    this.#port = port;
    await this.acceptConnections();
    return this;
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await this.refuseConnections();
  }

  /** The URL for a plan's `hand_over`. */
  get url(): string {
    return `http://${LOOPBACK}:${this.#port}${PATH}`;
  }

  /** All requests so far, oldest first. */
  get requests(): readonly ShopRequest[] {
    return this.#requests;
  }

  /** The requests of one caller's calls. `ending` is compared with the end of the number: profiles write it in several ways. */
  requestsFrom(ending: string): ShopRequest[] {
    return this.#requests.filter(({ fields }) => String(fields['caller_number']).endsWith(ending));
  }

  /** Sets the behaviour from now on. */
  behave(behaviour: ShopBehaviour): void {
    this.#behaviour = behaviour;
  }

  /** As `behave`, for the calls of one caller; `ending` is compared with the end of the number. */
  behaveTo(ending: string, behaviour: ShopBehaviour): void {
    this.#behaviours.set(ending, behaviour);
  }

  /** The first matching request, earlier ones included. */
  request(matches: (request: ShopRequest) => boolean, { withinMs = 15_000 } = {}): Promise<ShopRequest> {
    const bodies = () => this.#requests.map(({ rawBody }) => rawBody).join(' ');
    return this.#changes.until(
      () => this.#requests.find(matches),
      withinMs,
      () => `No such request; all: ${bodies()}`,
    );
  }

  /** Stops listening and cuts every connection; the port stays known for {@link Shop.acceptConnections}. */
  async refuseConnections(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  /** Listens again on the same port. */
  async acceptConnections(): Promise<void> {
    if (this.#server) return;
    const server = createServer((request, response) => void this.#receive(request, response));
    server.listen(this.#port, LOOPBACK);
    await once(server, 'listening');
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.on('error', () => undefined);
    const chunks: string[] = [];
    request.setEncoding('utf8');
    for await (const chunk of request) chunks.push(chunk as string);
    const received = this.#remember(request, chunks.join(''));
    const answer = await this.#behaviourTo(received)(received);
    if (answer.delayMs !== undefined) await this.#wait(answer.delayMs);
    if ('fault' in answer) this.#fail(answer.fault, response);
    else response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  #behaviourTo({ fields }: ShopRequest): ShopBehaviour {
    const caller = String(fields['caller_number']);
    const [, special] = [...this.#behaviours].find(([ending]) => caller.endsWith(ending)) ?? [];
    return special ?? this.#behaviour;
  }

  #remember(request: IncomingMessage, rawBody: string): ShopRequest {
    const fields = objectIn(rawBody);
    const id = fields['call_id'] ?? fields['caller_number'];
    const call = typeof id === 'string' ? id : '';
    const received = {
      atMs: Date.now(),
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      rawBody,
      fields,
      call,
      step: this.#requests.filter((earlier) => earlier.call === call).length,
    };
    this.#requests.push(received);
    this.#changes.notify();
    return received;
  }

  #fail(fault: 'reset' | 'reset_mid_answer' | 'never', response: ServerResponse): void {
    if (fault === 'reset') response.socket?.resetAndDestroy();
    if (fault !== 'reset_mid_answer') return;
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"action":', () => response.socket?.resetAndDestroy());
  }

  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        resolve();
      }, delayMs);
      this.#timers.add(timer);
    });
  }
}

function objectIn(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Answers each call's requests with these in turn; afterwards the plan continues. */
export function scripted(answers: readonly ShopAnswer[]): ShopBehaviour {
  return ({ step }) => answers[step] ?? say.goOn();
}

export interface OrderStatusSettings {
  /** Prompt of the status, by order number. */
  orders: Record<string, number>;
  askPrompt?: number;
  unknownPrompt?: number;
  tooManyPrompt?: number;
  tries?: number;
  menu?: { timeoutS?: number; max?: number };
  /** The action after the status: the end of the call, or the plan's next action. */
  afterwards?: 'hangup' | 'return';
}

/**
 * The order-status call as the shop controls it: asks for the number, plays the order's status, asks again for an unknown one,
 * ends after some tries. Like the known shop, it keeps its state in a key that the gateway has to return.
 */
export function orderStatusShop(settings: OrderStatusSettings): ShopBehaviour {
  const {
    orders,
    askPrompt = 20,
    unknownPrompt = 21,
    tooManyPrompt = 22,
    tries = 3,
    menu = {},
    afterwards = 'hangup',
  } = settings;
  const over = afterwards === 'hangup' ? say.hangUp() : say.goOn();
  return ({ fields }) => {
    if (fields['hangup'] === true) return nothing();
    const place = fields['pokracovani'];
    if (place === undefined) return say.menu(askPrompt, { ...menu, pokracovani: '1' });
    if (place === 'konec') return over;
    const status = orders[String(fields['received_digits'])];
    if (status !== undefined) return say.play(status, { pokracovani: 'konec' });
    if (Number(place) >= tries) return say.play(tooManyPrompt, { pokracovani: 'konec' });
    return say.menu(unknownPrompt, { ...menu, pokracovani: String(Number(place) + 1) });
  };
}

const nothing = (): ShopAnswer => ({ status: 204, headers: {}, body: '' });
