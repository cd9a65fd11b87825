import { WebSocket, WebSocketServer } from 'ws';
import { addressOf } from '../http/address.js';
import { Problem } from '../http/problem.js';
import type { UpgradeRequest, OpenUpgradeRoute } from '../http/upgrade.js';
import type { Clock } from '../lib/clock.js';
import { Counter } from '../lib/counter.js';
import type { Logger } from '../lib/logger.js';
import { closeCodes, defaultRelayLimits, Relay, type RelayLimits } from './relay.js';

/** Asterisk takes no longer message either. */
const MAX_MESSAGE_BYTES = 65_535;
const SUBPROTOCOL = 'sip';
const CONNECT_MS = 5_000;
/** Connections that Asterisk has not let in yet, of one address and of all: they must not take the places of phones that are in use. */
const UNPROVEN = { ofAddress: 10, all: 50 };
/** For how long both sides may take to answer our goodbye. */
const FAREWELL_MS = 500;
/** Not compressed: Asterisk cannot, and it would cost memory for each browser. */
const PLAIN = { maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false } as const;

export interface SipSocketsOptions {
  /** Asterisk's own, such as `ws://127.0.0.1:8088/ws`. */
  target: string;
  /** @param host what the browser called us */
  mayConnect: (origin: string | undefined, host: string | undefined) => boolean;
  isHandset: (name: string) => boolean;
  limits: () => { max_connections: number; max_connections_per_address: number };
  /** See {@link addressOf}. */
  proxies?: number;
  clock: Clock;
  logger: Logger;
  relay?: Partial<RelayLimits>;
}

/** A place of one connection. */
interface Place {
  /** It takes no place among the unproven ones any more. */
  proven: () => void;
  release: () => void;
}

/**
 * `GET /ws`: SIP of browsers, passed on to Asterisk. It asks for no token: a page of another origin has none of ours, and the phone
 * logs in to Asterisk with its own password. Nothing of the handshake is passed on.
 */
export class SipSockets {
  readonly #server = new WebSocketServer({
    ...PLAIN,
    noServer: true,
    clientTracking: false,
    handleProtocols: () => SUBPROTOCOL,
  });
  /** Connections by the address that they come from, those included that are being made. */
  readonly #from = new Counter();
  /** Of those the ones that Asterisk has not let in yet. */
  readonly #unproven = new Counter();
  readonly #relays = new Map<Relay, Promise<void>>();
  readonly #dialled = new Set<WebSocket>();
  #stopped = false;

  constructor(private readonly options: SipSocketsOptions) {}

  readonly route: OpenUpgradeRoute = { path: '/ws', scope: 'public', handle: (knock) => this.#take(knock) };

  /** Connections, those included that are being made. */
  get open(): number {
    return this.#from.total;
  }

  /** Says goodbye, and resolves when every socket is closed. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const { clock } = this.options;
    for (const socket of this.#dialled) socket.terminate();
    for (const relay of this.#relays.keys()) relay.close(closeCodes.goingAway, 'the gateway stops');
    const cancel = clock.wakeAt(clock.now() + FAREWELL_MS, () => {
      for (const relay of this.#relays.keys()) relay.terminate();
    });
    await Promise.all(this.#relays.values());
    cancel();
  }

  async #take(knock: UpgradeRequest): Promise<void> {
    const { request } = knock;
    const { origin, host, 'sec-websocket-protocol': offered = '' } = request.headers;
    if (!offered.split(',').some((each) => each.trim() === SUBPROTOCOL))
      throw new Problem(400, 'Bad request', 'open it with the subprotocol sip');
    if (!this.options.mayConnect(origin, host))
      throw new Problem(403, 'Forbidden', 'pages from there may not use handsets: list their origin in browser_phones');
    const place = this.#claim(addressOf(request, this.options.proxies));
    try {
      const asterisk = await this.#dial(knock);
      const browser = this.#welcome(knock);
      if (browser === undefined) {
        asterisk.terminate();
        place.release();
      } else this.#join(browser, asterisk, place);
    } catch (error) {
      place.release();
      throw error;
    }
  }

  /** Undefined: the handshake was no good, and has been refused. */
  #welcome({ request, socket, head }: UpgradeRequest): WebSocket | undefined {
    const welcomed: WebSocket[] = [];
    // It calls back at once or not at all.
    this.#server.handleUpgrade(request, socket, head, (browser) => welcomed.push(browser));
    return welcomed[0];
  }

  #claim(address: string): Place {
    const { max_connections, max_connections_per_address } = this.options.limits();
    if (this.open >= max_connections || this.#from.of(address) >= max_connections_per_address)
      throw new Problem(503, 'Unavailable', 'too many phones are connected already');
    if (this.#unproven.total >= UNPROVEN.all || this.#unproven.of(address) >= UNPROVEN.ofAddress)
      throw new Problem(503, 'Unavailable', 'too many phones are logging in; try again in a moment');
    const leave = this.#from.add(address);
    const proven = this.#unproven.add(address);
    return {
      proven,
      release: () => {
        proven();
        leave();
      },
    };
  }

  /** Asterisk's side first: a browser whose socket opens may count on it. */
  #dial({ socket }: UpgradeRequest): Promise<WebSocket> {
    const unavailable = new Problem(503, 'Unavailable', 'the telephone exchange is out of reach; try again');
    if (this.#stopped) return Promise.reject(unavailable);
    const asterisk = new WebSocket(this.options.target, SUBPROTOCOL, { ...PLAIN, handshakeTimeout: CONNECT_MS });
    const giveUp = () => asterisk.terminate();
    this.#dialled.add(asterisk);
    socket.once('close', giveUp);
    return new Promise<WebSocket>((resolve, reject) => {
      asterisk.once('open', () => resolve(asterisk));
      asterisk.on('error', (error) => {
        this.options.logger.debug({ err: error }, 'a browser phone lost Asterisk');
        reject(unavailable);
      });
    }).finally(() => {
      this.#dialled.delete(asterisk);
      socket.removeListener('close', giveUp);
    });
  }

  #join(browser: WebSocket, asterisk: WebSocket, place: Place): void {
    const { clock, isHandset, logger } = this.options;
    const relay = new Relay(browser, asterisk, {
      clock,
      isHandset,
      limits: { ...defaultRelayLimits, ...this.options.relay },
      onRefused: (why) => logger.info({ why }, 'a browser phone was cut off'),
      onProven: place.proven,
    });
    const over = relay.run().then(() => {
      this.#relays.delete(relay);
      place.release();
    });
    this.#relays.set(relay, over);
  }
}
