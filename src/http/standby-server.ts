import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createProxyServer } from 'httpxy';
import { isForwarded, isPeerPath, peerHeaders } from './peer.js';

/** The gateway that owns the node. `door`: where and with which key (see peer.ts) it takes requests of a standby; undefined: not known. */
export interface NodeOwner {
  name: string;
  door: { url: string; key: string } | undefined;
}

/** `starting`: it may still fail, for example while it migrates the tables. `standby`: it can take over. `owner`: it has started. */
type Standing = 'starting' | 'standby' | 'owner';

/**
 * Serves a gateway that waits for the node, and one with a port for that: its own `/healthz`, `/readyz` and `/metrics`, and everything else,
 * WebSockets too, by asking the owner. While no owner answers, 503.
 */
export class StandbyServer {
  standing: Standing = 'starting';
  owner: NodeOwner = { name: '', door: undefined };
  readonly #server = createServer((request, response) => this.#answer(request, response));
  /** Without a listener for errors, the promise of each request rejects. */
  readonly #proxy = createProxyServer();
  /** Of WebSockets. */
  readonly #sockets = new Set<Socket>();

  constructor() {
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket as Socket, head));
  }

  async start({ host, port }: { host: string; port: number }): Promise<{ port: number }> {
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    const address = this.#server.address();
    return { port: typeof address === 'object' && address !== null ? address.port : port };
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    this.#server.closeAllConnections();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const [path = ''] = (request.url ?? '').split('?');
    const { owner } = this;
    const problem = PROBLEMS[this.standing](owner.name);
    if (path === '/healthz') send(response, 200, 'application/json', { status: 'ok', node: this.standing });
    else if (path === '/readyz')
      send(response, 503, 'application/json', {
        status: 'not ready',
        checks: { node: problem },
        problems: [
          {
            check: 'node',
            problem,
            remedy: this.standing === 'standby' ? `Use the gateway ${owner.name}.` : 'Use HTTP_PORT.',
            blocking: true,
          },
        ],
      });
    else if (path === '/metrics' || this.standing !== 'standby') refuse(response, problem);
    else if (isPeerPath(path))
      send(response, 404, PROBLEM_JSON, { type: 'about:blank', title: 'Not found', status: 404 });
    else this.#forward(request, response);
  }

  #forward(request: IncomingMessage, response: ServerResponse): void {
    const options = this.#optionsFor(request);
    const fail = () => {
      if (response.headersSent) response.destroy();
      else refuse(response, `the gateway that owns the node (${this.owner.name}) does not answer`);
    };
    if (options === undefined) fail();
    else settled(() => this.#proxy.web(request, response, options)).catch(fail);
  }

  #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
    const options = this.#optionsFor(request);
    if (options === undefined)
      socket.end('HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\n\r\n');
    else settled(() => this.#proxy.ws(request, socket, options, head)).catch(() => socket.destroy());
  }

  /** Undefined: nowhere to forward to. Two gateways that took each other for the owner would forward a request endlessly. */
  #optionsFor(request: IncomingMessage): { target: string; headers: Record<string, string> } | undefined {
    const { door } = this.owner;
    if (this.standing !== 'standby' || door === undefined || isForwarded(request)) return undefined;
    return { target: door.url, headers: peerHeaders(door.key, request) };
  }
}

/** Also rejects for what is thrown at once, such as for a URL that is none. */
async function settled(work: () => Promise<void>): Promise<void> {
  await work();
}

const PROBLEMS: Record<Standing, (owner: string) => string> = {
  starting: () => 'this gateway starts',
  standby: (owner) =>
    `another gateway (${owner}) owns the node; this one is a standby and takes over when that one stops`,
  owner: () => 'this gateway owns the node; it answers at its other port, and here only while it waits',
};

const PROBLEM_JSON = 'application/problem+json';

function refuse(response: ServerResponse, detail: string): void {
  send(response, 503, PROBLEM_JSON, { type: 'about:blank', title: 'Standby', status: 503, detail });
}

function send(response: ServerResponse, status: number, type: string, body: unknown): void {
  const later = status === 503 ? { 'retry-after': '1' } : {};
  response
    .writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...later })
    .end(`${JSON.stringify(body)}\n`);
}
