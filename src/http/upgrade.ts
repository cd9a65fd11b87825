import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { addressOf } from './address.js';
import { refuseBanned } from './address-bans.js';
import { authorize, identify, requireOurPages, type Doors, type Found } from './authenticate.js';
import { refuseUnprovenPeer } from './peer.js';
import { Problem } from './problem.js';
import { refuseBadTarget } from './target.js';
import type { RateLimit } from './rate-limit.js';
import type { Identity, Scope } from './route.js';

const PROTOCOL_PREFIX = 'token.';

/** A request to open a WebSocket. */
export interface UpgradeRequest {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
  url: URL;
}

/** An authorized request to open a WebSocket. */
export interface Upgrade extends UpgradeRequest {
  who: Identity;
  /** The identity at present; undefined once the token or session is no longer valid. */
  again(): Identity | undefined;
}

/** A WebSocket route that needs a scope. */
export interface UpgradeRoute {
  path: string;
  scope: Scope;
  /** Also for embedded phones. */
  forPhones?: true;
  handle(upgrade: Upgrade): void;
}

/** A public WebSocket route: the protocol on it has its own login. Tokens and cookies are ignored. */
export interface OpenUpgradeRoute {
  path: string;
  scope: 'public';
  /** @throws {Problem} sent to the client */
  handle(knock: UpgradeRequest): void | Promise<void>;
}

/** Authenticates and authorizes WebSocket upgrades. Refusals are the same as those of the HTTP API. */
export class Upgrades {
  constructor(
    private readonly options: { routes: (UpgradeRoute | OpenUpgradeRoute)[]; doors: Doors; failureLimit: RateLimit },
  ) {}

  async take(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    try {
      await this.#admit(request, socket, head);
    } catch (error) {
      refuse(socket, error instanceof Problem ? error : new Problem(500, 'Internal error', 'the gateway failed'));
    }
  }

  async #admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { bans, proxies } = this.options.doors;
    refuseBanned(request, bans, proxies);
    refuseUnprovenPeer(request);
    refuseBadTarget(request);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const route = this.options.routes.find(({ path }) => path === url.pathname);
    if (route === undefined) throw new Problem(404, 'Not found', 'there is no WebSocket at this path');
    if (route.scope === 'public') {
      await route.handle({ request, socket, head, url });
      return;
    }
    const { who, fromBrowser, again: still } = await this.#identified(request, url);
    // The browser sends the cookie for any page that opens the WebSocket.
    if (fromBrowser) requireOurPages(request);
    authorize(route, who);
    if (who === undefined) return;
    bans?.proved(addressOf(request, proxies));
    const again = () => {
      const now = still();
      return now?.scopes.includes(route.scope) === true ? now : undefined;
    };
    route.handle({ request, socket, head, url, who, again });
  }

  async #identified(request: IncomingMessage, url: URL): Promise<Found> {
    try {
      return await identify(request, this.options.doors, tokenOf(request, url));
    } catch (error) {
      const { bans, proxies } = this.options.doors;
      const address = addressOf(request, proxies);
      bans?.failed(address);
      const waitS = this.options.failureLimit.take(address);
      if (waitS > 0) throw new Problem(429, 'Too many requests', `wait ${waitS} s and try again`);
      throw error;
    }
  }
}

/** Scripts in a browser cannot set headers: the token comes as the subprotocol `token.…` after another one, or as `?token=…`. */
function tokenOf({ headers }: IncomingMessage, url: URL): string | undefined {
  const offered = headers['sec-websocket-protocol']?.split(',').map((each) => each.trim()) ?? [];
  const given = offered.find((each) => each.startsWith(PROTOCOL_PREFIX))?.slice(PROTOCOL_PREFIX.length);
  return given ?? url.searchParams.get('token') ?? undefined;
}

function refuse(socket: Duplex, problem: Problem): void {
  const body = JSON.stringify(problem);
  const headers = {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
    ...problem.more.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n${body}`,
  );
}
