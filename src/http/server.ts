import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa, { type Context } from 'koa';
import { Registry } from 'prom-client';
import { systemClock, type Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { ClearRequests } from './clear-requests.js';
import { refuseBanned, type AddressBans } from './address-bans.js';
import { answerClientError } from './client-error.js';
import { Pipeline, type ProblemPage } from './pipeline.js';
import { defaultLimits, type HttpLimits } from './limits.js';
import { parseJson, readText } from './body.js';
import { acceptPeer, isPeerEvent, peerEvent, refuseUnprovenPeer, type PeerEvent } from './peer.js';
import type { SharedCounts } from '../shared-state/counts.js';
import { RateLimit } from './rate-limit.js';
import { asProblem, problemAnswer, send } from './respond.js';
import type { ResultPages } from './result-pages.js';
import type { Route } from './route.js';
import type { Sessions } from './sessions.js';
import type { Passwords, Tokens } from './tokens.js';
import { Upgrades, type OpenUpgradeRoute, type UpgradeRoute } from './upgrade.js';
import { refuseBadTarget } from './target.js';
import { HttpMetrics } from './metrics.js';
import { validate } from './validate.js';

export interface HttpServerOptions {
  routes: Route[];
  /** WebSocket routes. Their handlers must close the sockets before the server stops. */
  upgrades?: (UpgradeRoute | OpenUpgradeRoute)[];
  tokens: Tokens;
  /** Without it there is no browser login. */
  sessions?: Sessions;
  /** Without it there is no password login. */
  passwords?: Passwords;
  /** Default: no address is banned. */
  bans?: AddressBans;
  /** Number of own reverse proxies, see address.ts. Default: 0. */
  proxies?: number;
  /** Of a standby that forwards requests, see peer.ts. Default: none does. */
  peerKey?: string;
  /** Rejects when another gateway has taken over: then requests change nothing. Default: none does. */
  ownership?: () => Promise<void> | undefined;
  /** Takes an event from a gateway of another node. Default: there are no others. */
  onPeerEvent?: (event: PeerEvent) => Promise<unknown>;
  logger: Logger;
  limits?: Partial<HttpLimits>;
  /** Refills the rate limits; default: the system's. */
  clock?: Clock;
  metrics?: Registry;
  /** Finds routes without a fixed path; called before all others. */
  find?: (method: string, url: string, headers: IncomingHttpHeaders) => { route: Route; params: unknown } | undefined;
  /** Browsers reach the gateway by https only and should remember that (HSTS). */
  secure?: boolean;
  /** Port of this server's own HTTPS, to which clear requests from other machines are redirected. Default: no HTTPS. */
  httpsPort?: number | undefined;
  /** Folder of ACME challenges, which are served without TLS (RFC 8555). */
  acmeDir?: string | undefined;
  /** Renders errors of pages. Default: text. */
  problemPage?: ProblemPage;
  /** Keeps the pages that answer forms; its routes must be among `routes`. Without it forms are answered directly. */
  results?: ResultPages;
  /** The URL of the built file of a source. Default, and when it was not built: the source. */
  assetAddress?: (source: string) => string | undefined;
  /** Whether the company works with a dispatch. Default: no. */
  usesDispatch?: () => boolean;
  /** Counts of all gateways, for rate limits; undefined: there are no others. */
  counts?: Pick<SharedCounts, 'of'> | undefined;
}

/** The HTTP server. Every request goes through one {@link Pipeline}. */
export class HttpServer {
  readonly #server: Server;
  /** Serves the same over TLS. */
  readonly #tlsServer: TlsServer;
  readonly #limits: HttpLimits;
  readonly #inProgress = new Set<Promise<void>>();
  #draining = false;

  constructor(options: HttpServerOptions) {
    this.#limits = { ...defaultLimits, ...options.limits };
    const { clock = systemClock } = options;
    const { failuresPerSecond: perSecond, failuresBurst: burst } = this.#limits;
    const failureLimit = new RateLimit({ perSecond, burst, clock, shared: options.counts?.of('http_failures') });
    const handle = createHandler(options, this.#limits, failureLimit);
    const upgrades = new Upgrades({ routes: options.upgrades ?? [], doors: options, failureLimit });
    const clear = new ClearRequests({ httpsPort: options.httpsPort, acmeDir: options.acmeDir });
    const timeouts = {
      maxHeaderSize: this.#limits.headerBytes,
      headersTimeout: this.#limits.headersTimeoutMs,
      requestTimeout: this.#limits.requestTimeoutMs,
      keepAliveTimeout: this.#limits.keepAliveTimeoutMs,
      connectionsCheckingInterval: Math.min(1000, this.#limits.headersTimeoutMs),
    };
    this.#server = createServer(timeouts);
    this.#tlsServer = createTlsServer({ ...timeouts, minVersion: 'TLSv1.2' });
    const serveClear: Handler = (request, response) => clear.serve(request, response, () => handle(request, response));
    for (const [server, serve] of [
      [this.#server, serveClear],
      [this.#tlsServer, handle],
    ] as const) {
      // First, so that all others see the client's address.
      for (const event of ['request', 'checkContinue', 'upgrade'])
        server.on(event, (request: IncomingMessage) => acceptPeer(request, options.peerKey));
      // The body is requested when it is read, so a body that is too large is refused before it is sent.
      for (const event of ['request', 'checkContinue'])
        server.on(event, (request: IncomingMessage, response: ServerResponse) => this.#serve(serve, request, response));
      server.on('clientError', answerClientError);
    }
    this.#server.on('upgrade', (request, socket, head) => {
      if (clear.mayUpgrade(request)) void upgrades.take(request, socket, head);
      else socket.destroy();
    });
    this.#tlsServer.on('upgrade', (request, socket, head) => void upgrades.take(request, socket, head));
  }

  /** Resolves when it listens. @throws when it cannot, for example because the port is taken */
  start(address: ListenAddress): Promise<{ port: number }> {
    return listen(this.#server, address);
  }

  /** Serves HTTPS as well, with the certificate of {@link setCertificate}: until then handshakes fail. @throws as {@link start} */
  startTls(address: ListenAddress): Promise<{ port: number }> {
    return listen(this.#tlsServer, address);
  }

  /** For new connections; open ones keep the former certificate. */
  setCertificate({ certificate, key }: { certificate: string; key: string }): void {
    this.#tlsServer.setSecureContext({ cert: certificate, key, minVersion: 'TLSv1.2' });
  }

  /** Accepts no new connections, waits for requests in progress, and aborts the rest after the drain timeout. */
  async stop(): Promise<void> {
    const servers = [this.#server, this.#tlsServer].filter(({ listening }) => listening);
    if (servers.length === 0) return;
    this.#draining = true;
    const closed = Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        for (const server of servers) server.closeAllConnections();
        resolve();
      }, this.#limits.drainTimeoutMs);
    });
    await closed;
    // A handler may outlive its connection.
    await Promise.race([Promise.all(this.#inProgress), timeUp]);
    clearTimeout(timer);
  }

  #serve(handle: Handler, request: IncomingMessage, response: ServerResponse): void {
    if (this.#draining) response.setHeader('connection', 'close');
    response.once('finish', () => {
      if (this.#draining)
        setImmediate(() => {
          this.#server.closeIdleConnections();
          this.#tlsServer.closeIdleConnections();
        });
    });
    const handled = handle(request, response).finally(() => this.#inProgress.delete(handled));
    this.#inProgress.add(handled);
  }
}

interface ListenAddress {
  host: string;
  port: number;
}

function listen(server: Server | TlsServer, { host, port }: ListenAddress): Promise<{ port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve({ port: (server.address() as AddressInfo).port });
    });
  });
}

/** One year, for this host only: other hosts of the domain are not ours to decide about. */
const HSTS = 'max-age=31536000';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export function createHttpServer(options: HttpServerOptions): HttpServer {
  return new HttpServer(options);
}

function createHandler(options: HttpServerOptions, limits: HttpLimits, failureLimit: RateLimit): Handler {
  const { clock = systemClock, counts } = options;
  const pipeline = new Pipeline({
    ...options,
    limits,
    metrics: new HttpMetrics(options.metrics ?? new Registry()),
    requestLimit: new RateLimit({
      perSecond: limits.requestsPerSecond,
      burst: limits.requestBurst,
      clock,
      shared: counts?.of('http_requests'),
    }),
    failureLimit,
    strangerLimit: new RateLimit({
      perSecond: limits.strangersPerSecond,
      burst: limits.strangersBurst,
      clock,
      shared: counts?.of('http_strangers'),
    }),
  });
  const router = new Router();
  for (const route of options.routes) {
    router.register(route.path, methodsOf(route), (context: Context & { params?: unknown }) =>
      pipeline.run(context, route, context.params),
    );
  }
  const app = new Koa();
  app.silent = true;
  app.on('error', (error: unknown) => options.logger.debug({ err: error }, 'a connection failed'));
  app.use((context, next) => {
    if (options.onPeerEvent !== undefined && isPeerEvent(context.req))
      return answerPeer(context, limits.jsonBytes, options.onPeerEvent);
    if (options.secure === true) context.set('strict-transport-security', HSTS);
    try {
      refuseBanned(context.req, options.bans, options.proxies);
      refuseUnprovenPeer(context.req);
      refuseBadTarget(context.req);
    } catch (error) {
      send(context, problemAnswer(asProblem(error, '')));
      return;
    }
    const found = options.find?.(context.method, context.url, context.headers);
    return found ? pipeline.run(context, found.route, found.params) : next();
  });
  app.use(router.routes()).use((context) => pipeline.refuse(context, options.routes));
  return app.callback();
}

async function answerPeer(context: Context, maxBytes: number, onEvent: (event: PeerEvent) => Promise<unknown>) {
  const event = await validate(peerEvent, parseJson(await readText(context.req, maxBytes)), 'body');
  context.body = { answer: await onEvent(event) };
}

function methodsOf(route: Route): string[] {
  return route.method === 'GET' ? ['GET', 'HEAD'] : [route.method];
}
