import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { authorize, identify, requireOurPages, type Doors } from './authenticate.js';
import { Problem } from './problem.js';
import type { RateLimit } from './rate-limit.js';
import type { Identity, Scope } from './route.js';

/** Somebody who opens a WebSocket. */
export interface Upgrade {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
  url: URL;
  who: Identity;
  /** Who it is now: undefined once token or session are not valid any more. */
  again(): Identity | undefined;
}

/** Where WebSockets may be opened, and by whom. */
export interface UpgradeRoute {
  path: string;
  scope: Scope;
  handle(upgrade: Upgrade): void;
}

/** Lets those through who may open a WebSocket; answers the others as the HTTP API would. */
export class Upgrades {
  constructor(private readonly options: { routes: UpgradeRoute[]; doors: Doors; failureLimit: RateLimit }) {}

  async take(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    try {
      await this.#admit(request, socket, head);
    } catch (error) {
      refuse(socket, error instanceof Problem ? error : new Problem(500, 'Internal error', 'the gateway failed'));
    }
  }

  async #admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const route = this.options.routes.find(({ path }) => path === url.pathname);
    if (route === undefined) throw new Problem(404, 'Not found', 'there is no WebSocket at this path');
    const { who, fromBrowser } = await this.#identified(request);
    // The browser sends the cookie along whoever's page asks.
    if (fromBrowser) requireOurPages(request);
    authorize(route, who);
    if (who === undefined) return;
    const still = this.#stays(request, who, fromBrowser);
    const again = () => {
      const now = still();
      return now?.scopes.includes(route.scope) === true ? now : undefined;
    };
    route.handle({ request, socket, head, url, who, again });
  }

  async #identified(request: IncomingMessage): ReturnType<typeof identify> {
    try {
      return await identify(request, this.options.doors);
    } catch (error) {
      const waitS = this.options.failureLimit.take(request.socket.remoteAddress ?? '');
      if (waitS > 0) throw new Problem(429, 'Too many requests', `wait ${waitS} s and try again`);
      throw error;
    }
  }

  /** Whether token, password or session are still good: another one of the same name is not. */
  #stays(request: IncomingMessage, { name }: Identity, fromBrowser: boolean): () => Identity | undefined {
    const { tokens, sessions } = this.options.doors;
    if (fromBrowser) return () => sessions?.identify(request.headers.cookie);
    const fingerprint = tokens.named(name)?.fingerprint;
    return () => {
      const known = tokens.named(name);
      return known?.fingerprint === fingerprint ? known : undefined;
    };
  }
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
