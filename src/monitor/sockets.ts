import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Identity } from '../http/route.js';
import { nameOf } from '../http/tokens.js';
import type { Upgrade, UpgradeRoute } from '../http/upgrade.js';
import type { Clock } from '../lib/clock.js';
import { Counter } from '../lib/counter.js';
import type { Logger } from '../lib/logger.js';
import type { Hub } from './hub.js';
import { closeCodes, messageToUs, type MessageToUs } from './protocol.js';
import type { ScreenPops, PopScreen } from './screen-pops.js';
import type { View } from './view.js';
import type { MonitorSocket, Watcher } from './watcher.js';

const MAX_MESSAGE_BYTES = 4_096;
/** A watcher has little to say: so many messages between two beats. */
const MESSAGES_PER_BEAT = 20;
/** For how long a watcher may take to answer our goodbye. */
const FAREWELL_MS = 500;

interface SocketLimits {
  watchers: number;
  /** Of one person or token. */
  watchersOfOne: number;
  /** How often each watcher is told that nothing was missed, asked whether it is there, and may still watch. */
  beatMs: number;
}

const defaultLimits: SocketLimits = { watchers: 2_000, watchersOfOne: 20, beatMs: 5_000 };

/** `GET /ws/monitor`: watchers over WebSocket. Of the monitor the one file that knows the package `ws`. */
export class MonitorSockets {
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  });
  readonly #open = new Set<WebSocket>();
  /** Open sockets by {@link nameOf} of whose they are. */
  readonly #ofOne = new Counter();
  readonly #options: { hub: Hub; pops: ScreenPops; clock: Clock; logger: Logger };
  readonly #limits: SocketLimits;

  constructor(options: { hub: Hub; pops: ScreenPops; clock: Clock; logger: Logger; limits?: Partial<SocketLimits> }) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
  }

  readonly route: UpgradeRoute = {
    path: '/ws/monitor',
    scope: 'monitor:read',
    handle: (upgrade) =>
      this.#server.handleUpgrade(upgrade.request, upgrade.socket, upgrade.head, (socket) =>
        this.#welcome(socket, upgrade),
      ),
  };

  /** Says goodbye, and resolves when every socket is closed. */
  async stop(): Promise<void> {
    const closed = [...this.#open].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of this.#open) socket.close(closeCodes.goingAway, 'the gateway stops');
    const cancel = this.#options.clock.wakeAt(this.#options.clock.now() + FAREWELL_MS, () => {
      for (const socket of this.#open) socket.terminate();
    });
    await Promise.all(closed);
    cancel();
  }

  #welcome(socket: WebSocket, upgrade: Upgrade): void {
    this.#open.add(socket);
    socket.on('error', (error) => this.#options.logger.debug({ err: error }, 'a watcher failed'));
    const name = nameOf(upgrade.who);
    const leave = this.#ofOne.add(name);
    socket.once('close', () => {
      this.#open.delete(socket);
      leave();
    });
    if (this.#open.size > this.#limits.watchers || this.#ofOne.of(name) > this.#limits.watchersOfOne) {
      socket.close(closeCodes.tooMany, 'too many watch already');
      return;
    }
    const { hub, pops, clock } = this.#options;
    new Visit(socket, upgrade, { hub, pops, clock, beatMs: this.#limits.beatMs }).begin();
  }
}

/** One watcher, from the handshake to the close. */
class Visit {
  #watcher: Watcher | undefined;
  #view: View;
  #answered = true;
  #messages = 0;
  #cancelBeat: () => void = () => undefined;
  readonly #screen: PopScreen = {
    opens: false,
    who: () => screenOwner(this.upgrade.again()),
    send: (message) => this.socket.send(JSON.stringify(message)),
  };

  constructor(
    private readonly socket: WebSocket,
    private readonly upgrade: Upgrade,
    private readonly around: { hub: Hub; pops: ScreenPops; clock: Clock; beatMs: number },
  ) {
    const label = upgrade.url.searchParams.get('handset');
    this.#view = {
      label: label === null || label === '' ? null : label.slice(0, 80),
      seesNumbers: upgrade.who.scopes.includes('numbers:read'),
    };
  }

  begin(): void {
    const { socket } = this;
    socket.on('message', (data) => this.#hear(data));
    socket.on('pong', () => (this.#answered = true));
    socket.once('close', () => {
      this.#cancelBeat();
      if (this.#watcher !== undefined) this.around.hub.leave(this.#watcher);
      this.around.pops.leave(this.#screen);
    });
    this.#watcher = this.around.hub.join(socketOf(socket), this.#view);
    this.#armBeat();
  }

  #armBeat(): void {
    const { clock, beatMs } = this.around;
    this.#cancelBeat = clock.wakeAt(clock.now() + beatMs, () => this.#beat());
  }

  #beat(): void {
    const { socket, upgrade, around } = this;
    if (socket.readyState !== socket.OPEN || this.#watcher === undefined) return;
    const who = upgrade.again();
    if (who === undefined) {
      socket.close(closeCodes.noLongerAllowed, 'log in again');
      return;
    }
    if (!this.#answered && !this.#watcher.isBehind) {
      socket.terminate();
      return;
    }
    this.#answered = false;
    this.#messages = 0;
    socket.ping();
    const seesNumbers = who.scopes.includes('numbers:read');
    if (seesNumbers !== this.#view.seesNumbers) this.#look({ ...this.#view, seesNumbers });
    else around.hub.beat(this.#watcher);
    this.#armBeat();
  }

  #hear(data: RawData): void {
    this.#messages += 1;
    const message = messageToUs.safeParse(parsed(data));
    if (!message.success || this.#messages > MESSAGES_PER_BEAT) {
      const why = message.success ? 'too many messages' : 'not a message of this protocol';
      this.socket.close(closeCodes.badMessage, why);
      return;
    }
    this.#obey(message.data);
  }

  #obey(message: MessageToUs): void {
    const { hub, pops } = this.around;
    switch (message.type) {
      case 'watch':
        this.#look({ ...this.#view, label: message.handset });
        return;
      case 'resync':
        if (this.#watcher !== undefined) hub.resync(this.#watcher);
        return;
      // Only who says so is told of pages: programs that watch know nothing of them.
      case 'pops':
        this.#screen.opens = message.open;
        pops.join(this.#screen);
        return;
      case 'popped':
        pops.confirm(this.#screen, message.call);
    }
  }

  #look(view: View): void {
    this.#view = view;
    if (this.#watcher !== undefined) this.around.hub.change(this.#watcher, view);
  }
}

/** A person at a handset, who may see numbers: the page's address holds the caller's. */
function screenOwner(who: Identity | undefined): ReturnType<PopScreen['who']> {
  const { id, handset } = who?.operator ?? {};
  if (id === undefined || handset === undefined || who?.scopes.includes('numbers:read') !== true) return undefined;
  return { id, handset };
}

function socketOf(socket: WebSocket): MonitorSocket {
  return {
    get backlogBytes() {
      return socket.bufferedAmount;
    },
    send: (message) => socket.send(message, { binary: false }),
    ping: () => socket.ping(),
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
  };
}

function parsed(data: RawData): unknown {
  try {
    return JSON.parse((data as Buffer).toString()) as unknown;
  } catch {
    return undefined;
  }
}
