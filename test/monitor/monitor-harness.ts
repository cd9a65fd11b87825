import { once } from 'node:events';
import { WebSocket } from 'ws';
import { createHttpServer } from '../../src/http/server.js';
import { Sessions } from '../../src/http/sessions.js';
import { adminToken, TokenList } from '../../src/http/tokens.js';
import { systemClock, type Clock } from '../../src/lib/clock.js';
import { createLogger } from '../../src/lib/logger.js';
import { Hub } from '../../src/monitor/hub.js';
import { applyPatch, type Patch } from '../../src/monitor/merge-patch.js';
import { emptyState } from '../../src/monitor/present.js';
import { serverMessage, type ServerMessage, type ShownCall, type State } from '../../src/monitor/protocol.js';
import { monitorRoutes } from '../../src/monitor/routes.js';
import { ScreenPops, type ScreenPopsOptions } from '../../src/monitor/screen-pops.js';
import { MonitorSockets } from '../../src/monitor/sockets.js';
import type { WatcherLimits } from '../../src/monitor/watcher.js';

export const ADMIN = 'an-admin-token-of-the-tests';
export const READER = 'a-token-that-only-reads-calls';
export const STRANGER = 'a-token-that-reads-no-calls';

export function shownCall(id: string, more: Partial<ShownCall> = {}): ShownCall {
  const at = '2026-11-21T10:00:00.000Z';
  const base = { id, direction: 'incoming', number: '+420777888999', state: 'in_plan', rings: [] } as const;
  return { ...base, started_at: at, since: at, ...more, rings: more.rings ?? [] };
}

/** A real server with a monitor that shows what the test wishes. */
export class MonitorServer {
  #state = emptyState;
  readonly hub: Hub;
  readonly pops: ScreenPops;
  popOn: ReturnType<ScreenPopsOptions['trigger']> = 'ring';
  readonly sessions: Sessions;
  readonly #sockets: MonitorSockets;
  readonly #server: ReturnType<typeof createHttpServer>;
  port = 0;

  /** @param beats when the sockets beat; by default as time passes */
  constructor(
    limits: Partial<WatcherLimits> & { beatMs?: number; watchers?: number } = {},
    beats: Clock = systemClock,
  ) {
    const clock = systemClock;
    const logger = createLogger({ level: 'silent' });
    const tokens = new TokenList([
      adminToken(ADMIN),
      { name: 'reader', token: READER, scopes: ['monitor:read'] },
      { name: 'stranger', token: STRANGER, scopes: ['prompts:read'] },
    ]);
    this.sessions = new Sessions({ tokens, lifetimeMs: 60_000, idleMs: 60_000, secureCookie: false, clock });
    this.hub = new Hub({ clock, state: () => this.#state, limits });
    this.pops = new ScreenPops({
      state: () => this.#state,
      trigger: () => this.popOn,
      pageUrl: ({ id, number }, operator) => `https://dispatch.example/?call_id=${id}&clid=${number}&of=${operator}`,
    });
    this.#sockets = new MonitorSockets({ hub: this.hub, pops: this.pops, clock: beats, logger, limits });
    this.#server = createHttpServer({
      routes: monitorRoutes(() => this.#state),
      upgrades: [this.#sockets.route],
      tokens,
      sessions: this.sessions,
      logger,
    });
  }

  async start(): Promise<this> {
    ({ port: this.port } = await this.#server.start({ host: '127.0.0.1', port: 0 }));
    this.hub.start();
    return this;
  }

  async stop(): Promise<void> {
    this.hub.stop();
    await this.#sockets.stop();
    await this.#server.stop();
  }

  get state(): State {
    return this.#state;
  }

  show(calls: ShownCall[]): void {
    this.#state = { ...this.#state, current: true, calls: Object.fromEntries(calls.map((call) => [call.id, call])) };
    this.hub.scheduleUpdate();
    this.pops.update();
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  watch(query = '', headers: Record<string, string> = { authorization: `Bearer ${ADMIN}` }): WatchingClient {
    return new WatchingClient(new WebSocket(`ws://${this.host}/ws/monitor${query}`, { headers }));
  }
}

/** A client as docs/monitor.md wants them. */
export class WatchingClient {
  readonly messages: Exclude<ServerMessage, { type: 'pop' }>[] = [];
  readonly pops: Extract<ServerMessage, { type: 'pop' }>[] = [];
  state: State | undefined;
  seq = 0;
  gaps = 0;
  closed: { code: number; reason: string } | undefined;
  /** HTTP status in place of an upgrade. */
  refused: number | undefined;

  constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.#take(serverMessage.parse(JSON.parse(data.toString()))));
    socket.on('unexpected-response', (request, response) => {
      this.refused = response.statusCode;
      request.destroy();
      socket.terminate();
    });
    socket.on('error', () => undefined);
    socket.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }));
  }

  /** Calls it shows, by id. */
  get calls(): State['calls'] {
    return this.state?.calls ?? {};
  }

  /** Resolves when the server has read everything that was sent to it so far, answers to its pings included. */
  async roundTrip(): Promise<void> {
    const answered = once(this.socket, 'pong');
    this.socket.ping();
    await answered;
  }

  async close(): Promise<void> {
    if (this.closed !== undefined || this.refused !== undefined) return;
    this.socket.close();
    await once(this.socket, 'close');
  }

  #take(message: ServerMessage): void {
    if (message.type === 'pop') {
      this.pops.push(message);
      return;
    }
    this.messages.push(message);
    if (message.type === 'snapshot') this.state = message.state;
    else if (message.type === 'beat' ? message.seq !== this.seq : message.seq !== this.seq + 1) this.gaps += 1;
    else if (message.type === 'delta' && this.state !== undefined)
      this.state = applyPatch(this.state, message.patch as Patch);
    this.seq = message.seq;
  }
}
