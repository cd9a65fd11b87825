import { WebSocket, WebSocketServer } from 'ws';
import { addressOf } from '../http/address.js';
import type { LoginReports } from '../http/address-bans.js';
import { Problem } from '../http/problem.js';
import type { UpgradeRequest, OpenUpgradeRoute } from '../http/upgrade.js';
import type { Clock } from '../lib/clock.js';
import { Counter } from '../lib/counter.js';
import type { Logger } from '../lib/logger.js';
import { sipCloseCodes, defaultRelayLimits, Relay, type RelayLimits } from './relay.js';
import type { ShortLivedAccounts } from './short-lived-accounts.js';

/** Asterisk accepts no longer messages either. */
const MAX_MESSAGE_BYTES = 65_535;
const SUBPROTOCOL = 'sip';
const CONNECT_MS = 5_000;
/** Connections that Asterisk has not accepted yet, of one address and of all: they must not use up the slots of working phones. */
const MAX_UNAUTHENTICATED = { ofAddress: 10, all: 50 };
/** How long both sides may take to answer the close frame. */
const CLOSE_TIMEOUT_MS = 500;
/** Not compressed: Asterisk does not support it, and it would cost memory for each browser. */
const PLAIN = { maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false } as const;

export interface SipSocketsOptions {
  /** Address of Asterisk, such as `ws://127.0.0.1:8088/ws`. */
  target: string;
  /** @param host the Host header of the browser */
  mayConnect: (origin: string | undefined, host: string | undefined) => boolean;
  isHandset: (name: string) => boolean;
  accounts?: Pick<ShortLivedAccounts, 'admit' | 'isValid'>;
  limits: () => { max_connections: number; max_connections_per_address: number };
  /** See {@link addressOf}. */
  proxies?: number;
  bans?: LoginReports;
  clock: Clock;
  logger: Logger;
  relay?: Partial<RelayLimits>;
}

/** The slot of one connection. */
interface Slot {
  /** Releases the slot among the unauthenticated connections. */
  authenticated: () => void;
  release: () => void;
}

/**
 * `GET /ws`: SIP of browsers, relayed to Asterisk. It needs no token: a page of another origin has none, and the phone logs in to
 * Asterisk with its own password, or with an account that the relay exchanges for it. Nothing of the handshake is forwarded.
 */
export class SipSockets {
  readonly #server = new WebSocketServer({
    ...PLAIN,
    noServer: true,
    clientTracking: false,
    handleProtocols: () => SUBPROTOCOL,
  });
  /** Connections by source address, including those that are being established. */
  readonly #byAddress = new Counter();
  /** The connections that Asterisk has not accepted yet, by source address. */
  readonly #unauthenticated = new Counter();
  readonly #relays = new Map<Relay, Promise<void>>();
  readonly #connecting = new Set<WebSocket>();
  #stopped = false;

  constructor(private readonly options: SipSocketsOptions) {}

  readonly route: OpenUpgradeRoute = { path: '/ws', scope: 'public', handle: (upgrade) => this.#accept(upgrade) };

  /** Number of connections, including those that are being established. */
  get open(): number {
    return this.#byAddress.total;
  }

  /** Sends a close frame to every socket and resolves when all are closed. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const { clock } = this.options;
    for (const socket of this.#connecting) socket.terminate();
    for (const relay of this.#relays.keys()) relay.close(sipCloseCodes.goingAway, 'the gateway is stopping');
    const cancel = clock.wakeAt(clock.now() + CLOSE_TIMEOUT_MS, () => {
      for (const relay of this.#relays.keys()) relay.terminate();
    });
    await Promise.all(this.#relays.values());
    cancel();
  }

  async #accept(upgrade: UpgradeRequest): Promise<void> {
    const { request } = upgrade;
    const { origin, host, 'sec-websocket-protocol': offered = '' } = request.headers;
    if (!offered.split(',').some((each) => each.trim() === SUBPROTOCOL))
      throw new Problem(400, 'Bad request', 'open the WebSocket with the subprotocol sip');
    if (!this.options.mayConnect(origin, host))
      throw new Problem(
        403,
        'Forbidden',
        'pages of this origin may not use handsets: add the origin to browser_phones.origins',
      );
    const address = addressOf(request, this.options.proxies);
    const slot = this.#reserve(address);
    try {
      const asterisk = await this.#connectToAsterisk(upgrade);
      const browser = this.#completeHandshake(upgrade);
      if (browser === undefined) {
        asterisk.terminate();
        slot.release();
      } else this.#startRelay(browser, asterisk, slot, address);
    } catch (error) {
      slot.release();
      throw error;
    }
  }

  /** @returns undefined when the handshake was invalid and has been rejected */
  #completeHandshake({ request, socket, head }: UpgradeRequest): WebSocket | undefined {
    const accepted: WebSocket[] = [];
    // The callback is synchronous.
    this.#server.handleUpgrade(request, socket, head, (browser) => accepted.push(browser));
    return accepted[0];
  }

  #reserve(address: string): Slot {
    const { max_connections, max_connections_per_address } = this.options.limits();
    if (this.open >= max_connections || this.#byAddress.count(address) >= max_connections_per_address)
      throw new Problem(503, 'Unavailable', 'too many phones are connected');
    if (
      this.#unauthenticated.total >= MAX_UNAUTHENTICATED.all ||
      this.#unauthenticated.count(address) >= MAX_UNAUTHENTICATED.ofAddress
    )
      throw new Problem(503, 'Unavailable', 'too many phones are logging in; try again in a moment');
    const leave = this.#byAddress.add(address);
    const authenticated = this.#unauthenticated.add(address);
    return {
      authenticated,
      release: () => {
        authenticated();
        leave();
      },
    };
  }

  /** Connects to Asterisk before the browser's handshake completes: an open socket of a browser always has Asterisk behind it. */
  #connectToAsterisk({ socket }: UpgradeRequest): Promise<WebSocket> {
    const unavailable = new Problem(503, 'Unavailable', 'Asterisk is unreachable; try again');
    if (this.#stopped) return Promise.reject(unavailable);
    const asterisk = new WebSocket(this.options.target, SUBPROTOCOL, { ...PLAIN, handshakeTimeout: CONNECT_MS });
    const giveUp = () => asterisk.terminate();
    this.#connecting.add(asterisk);
    socket.once('close', giveUp);
    return new Promise<WebSocket>((resolve, reject) => {
      asterisk.once('open', () => resolve(asterisk));
      asterisk.on('error', (error) => {
        this.options.logger.debug({ err: error }, 'the connection of a browser phone to Asterisk failed');
        reject(unavailable);
      });
    }).finally(() => {
      this.#connecting.delete(asterisk);
      socket.removeListener('close', giveUp);
    });
  }

  #startRelay(browser: WebSocket, asterisk: WebSocket, slot: Slot, address: string): void {
    const { clock, isHandset, accounts, logger, bans } = this.options;
    const relay = new Relay(browser, asterisk, {
      clock,
      isHandset,
      accounts,
      limits: { ...defaultRelayLimits, ...this.options.relay },
      onRejected: (why) => logger.info({ why }, 'a browser phone was disconnected'),
      onAuthenticated: () => {
        slot.authenticated();
        bans?.proved(address);
      },
      onWrongPassword: () => bans?.failed(address),
    });
    const closed = relay.run().then(() => {
      this.#relays.delete(relay);
      slot.release();
    });
    this.#relays.set(relay, closed);
  }
}
