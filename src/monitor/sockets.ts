import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Identity } from '../http/route.js';
import { nameOf } from '../http/tokens.js';
import type { Upgrade, UpgradeRoute } from '../http/upgrade.js';
import type { Clock } from '../lib/clock.js';
import { Counter } from '../lib/counter.js';
import type { Logger } from '../lib/logger.js';
import type { Hub } from './hub.js';
import { closeCodes, clientMessage, type ClientMessage } from './protocol.js';
import type { ScreenPops, PopScreen } from './screen-pops.js';
import { textFrame } from './text-frame.js';
import { onlyHandset, type View } from './view.js';
import type { MonitorSocket, Watcher } from './watcher.js';

const MAX_MESSAGE_BYTES = 4_096;
/** Maximal number of messages of a watcher between two beats. */
const MESSAGES_PER_BEAT = 20;
/** How long a watcher may take to answer the close frame. */
const CLOSE_TIMEOUT_MS = 500;

interface SocketLimits {
  watchers: number;
  /** Sockets of one person or token. */
  watchersPerIdentity: number;
  /** Interval of beats: each sends the current sequence number, pings the watcher and checks its permission. */
  beatMs: number;
}

const defaultLimits: SocketLimits = { watchers: 2_000, watchersPerIdentity: 20, beatMs: 5_000 };

/** `GET /ws/monitor`: watchers over WebSocket. The only file of the monitor that uses the package `ws`. */
export class MonitorSockets {
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  });
  readonly #open = new Set<WebSocket>();
  /** Open sockets by {@link nameOf} of their identity. */
  readonly #perIdentity = new Counter();
  readonly #options: { hub: Hub; pops: ScreenPops; clock: Clock; logger: Logger };
  readonly #limits: SocketLimits;

  constructor(options: { hub: Hub; pops: ScreenPops; clock: Clock; logger: Logger; limits?: Partial<SocketLimits> }) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
  }

  readonly route: UpgradeRoute = {
    path: '/ws/monitor',
    scope: 'monitor:read',
    forPhones: true,
    handle: (upgrade) =>
      this.#server.handleUpgrade(upgrade.request, upgrade.socket, upgrade.head, (socket) =>
        this.#accept(socket, upgrade),
      ),
  };

  /** Sends a close frame to every socket and resolves when all are closed. */
  async stop(): Promise<void> {
    const closed = [...this.#open].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of this.#open) socket.close(closeCodes.goingAway, 'the gateway is stopping');
    const cancel = this.#options.clock.wakeAt(this.#options.clock.now() + CLOSE_TIMEOUT_MS, () => {
      for (const socket of this.#open) socket.terminate();
    });
    await Promise.all(closed);
    cancel();
  }

  #accept(socket: WebSocket, upgrade: Upgrade): void {
    this.#open.add(socket);
    socket.on('error', (error) => this.#options.logger.debug({ err: error }, 'a monitor socket failed'));
    const name = nameOf(upgrade.who);
    const leave = this.#perIdentity.add(name);
    socket.once('close', () => {
      this.#open.delete(socket);
      leave();
    });
    if (this.#open.size > this.#limits.watchers || this.#perIdentity.count(name) > this.#limits.watchersPerIdentity) {
      socket.close(closeCodes.tooMany, 'too many watchers');
      return;
    }
    const { hub, pops, clock } = this.#options;
    new WatcherConnection(socket, upgrade, { hub, pops, clock, beatMs: this.#limits.beatMs }).start();
  }
}

/** The connection of one watcher, from the handshake to the close. */
class WatcherConnection {
  #watcher: Watcher | undefined;
  #view: View;
  #ponged = true;
  #messages = 0;
  #cancelBeat: () => void = () => undefined;
  readonly #screen: PopScreen = {
    opensPages: false,
    operator: () => screenOwner(this.upgrade.again()),
    send: (message) => this.socket.send(JSON.stringify(message)),
  };

  constructor(
    private readonly socket: WebSocket,
    private readonly upgrade: Upgrade,
    private readonly options: { hub: Hub; pops: ScreenPops; clock: Clock; beatMs: number },
  ) {
    const label = upgrade.url.searchParams.get('handset');
    this.#view = {
      label: label === null || label === '' ? null : label.slice(0, 80),
      handset: onlyHandset(upgrade.who),
      seesNumbers: upgrade.who.scopes.includes('numbers:read'),
    };
  }

  start(): void {
    const { socket } = this;
    socket.on('message', (data) => this.#onMessage(data));
    socket.on('pong', () => (this.#ponged = true));
    socket.once('close', () => {
      this.#cancelBeat();
      if (this.#watcher !== undefined) this.options.hub.leave(this.#watcher);
      this.options.pops.leave(this.#screen);
    });
    this.#watcher = this.options.hub.join(socketOf(socket, this.upgrade.socket), this.#view);
    this.#armBeat();
  }

  #armBeat(): void {
    const { clock, beatMs } = this.options;
    this.#cancelBeat = clock.wakeAt(clock.now() + beatMs, () => this.#beat());
  }

  #beat(): void {
    const { socket, upgrade, options } = this;
    if (socket.readyState !== socket.OPEN || this.#watcher === undefined) return;
    const who = upgrade.again();
    if (who === undefined) {
      socket.close(closeCodes.noLongerAllowed, 'log in again');
      return;
    }
    if (!this.#ponged && !this.#watcher.isBehind) {
      socket.terminate();
      return;
    }
    this.#ponged = false;
    this.#messages = 0;
    socket.ping();
    const seesNumbers = who.scopes.includes('numbers:read');
    if (seesNumbers !== this.#view.seesNumbers) this.#changeView({ ...this.#view, seesNumbers });
    else options.hub.sendBeat(this.#watcher);
    this.#armBeat();
  }

  #onMessage(data: RawData): void {
    this.#messages += 1;
    const message = clientMessage.safeParse(parsed(data));
    if (!message.success || this.#messages > MESSAGES_PER_BEAT) {
      const why = message.success ? 'too many messages' : 'not a message of this protocol';
      this.socket.close(closeCodes.badMessage, why);
      return;
    }
    this.#handle(message.data);
  }

  #handle(message: ClientMessage): void {
    const { hub, pops } = this.options;
    switch (message.type) {
      case 'watch':
        this.#changeView({ ...this.#view, label: message.handset });
        return;
      case 'resync':
        if (this.#watcher !== undefined) hub.resync(this.#watcher);
        return;
      // Pages are sent only to clients that announced themselves: programs do not handle them.
      case 'pops':
        this.#screen.opensPages = message.open;
        pops.join(this.#screen);
        return;
      case 'popped':
        pops.confirm(this.#screen, message.call);
    }
  }

  #changeView(view: View): void {
    this.#view = view;
    if (this.#watcher !== undefined) this.options.hub.changeView(this.#watcher, view);
  }
}

/**
 * @returns undefined without a handset, for an embedded phone, which opens no pages, and without numbers:read: the page's address contains
 * the caller's number
 */
function screenOwner(who: Identity | undefined): ReturnType<PopScreen['operator']> {
  const { id, handset } = who?.operator ?? {};
  if (
    who?.phoneSession !== undefined ||
    id === undefined ||
    handset === undefined ||
    who?.scopes.includes('numbers:read') !== true
  )
    return undefined;
  return { id, handset };
}

/**
 * Messages are written as frames past `ws`, which would build a frame for each socket. Without compression it queues nothing, so the
 * order holds.
 */
function socketOf(socket: WebSocket, connection: Duplex): MonitorSocket {
  return {
    get backlogBytes() {
      return socket.bufferedAmount;
    },
    send: (message) => {
      if (socket.readyState === socket.OPEN) connection.write(frameOf(message));
    },
    ping: () => socket.ping(),
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
  };
}

const frames = new WeakMap<Buffer, Buffer>();

/** The frame of a message, built once for all watchers of its view. */
function frameOf(message: Buffer): Buffer {
  const known = frames.get(message);
  if (known !== undefined) return known;
  const frame = textFrame(message);
  frames.set(message, frame);
  return frame;
}

function parsed(data: RawData): unknown {
  try {
    return JSON.parse((data as Buffer).toString()) as unknown;
  } catch {
    return undefined;
  }
}
