import { Registry } from 'prom-client';
import { z } from 'zod';
import type { AddressBans } from '../../src/http/address-bans.js';
import { json } from '../../src/http/answer.js';
import { healthRoutes } from '../../src/http/health.js';
import { html, page } from '../../src/http/html.js';
import { metricsRoutes } from '../../src/http/metrics.js';
import type { ResultPages } from '../../src/http/result-pages.js';
import { ApiDescription } from '../../src/http/openapi.js';
import { route, type Identity, type Route, type Scope } from '../../src/http/route.js';
import { createHttpServer, type HttpServer, type HttpServerOptions } from '../../src/http/server.js';
import { Sessions } from '../../src/http/sessions.js';
import { adminToken, TokenList, type Passwords } from '../../src/http/tokens.js';
import type { HttpLimits } from '../../src/http/limits.js';
import { systemClock, type Clock } from '../../src/lib/clock.js';
import { createLogger, type Logger } from '../../src/lib/logger.js';

export const ADMIN = 'an-admin-token-of-the-tests';
export const READER = 'a-token-that-only-reads-calls';

export interface TestServer {
  url: string;
  port: number;
  server: HttpServer;
  sessions: Sessions;
  stop(): Promise<void>;
}

export async function startServer(
  given: Route[] | ((sessions: Sessions) => Route[]) = exampleRoutes(),
  more: {
    limits?: Partial<HttpLimits>;
    clock?: Clock;
    problemPage?: HttpServerOptions['problemPage'];
    assetAddress?: HttpServerOptions['assetAddress'];
    results?: ResultPages;
    /** Besides those of {@link ADMIN} and {@link READER}. */
    tokens?: { name: string; token: string; scopes: Scope[] }[];
    /** People that log in with their name as the password. */
    people?: Identity[];
    proxies?: number;
    bans?: AddressBans;
    upgrades?: HttpServerOptions['upgrades'];
    peerKey?: string;
    onPeerEvent?: HttpServerOptions['onPeerEvent'];
    ownership?: HttpServerOptions['ownership'];
    secure?: boolean;
    /** Default: a silent one. */
    logger?: Logger;
  } = {},
): Promise<TestServer> {
  const reader: { name: string; token: string; scopes: Scope[] } = {
    name: 'reader',
    token: READER,
    scopes: ['calls:read'],
  };
  const tokens = new TokenList([adminToken(ADMIN), reader, ...(more.tokens ?? [])]);
  const sessions = new Sessions({
    tokens,
    lifetimeMs: 3_600_000,
    idleMs: 3_600_000,
    secureCookie: false,
    clock: more.clock ?? systemClock,
  });
  const routes = typeof given === 'function' ? given(sessions) : given;
  const metrics = new Registry();
  const all = [
    ...routes,
    ...(more.results?.routes() ?? []),
    ...healthRoutes({ database: () => undefined }),
    ...metricsRoutes(metrics),
  ];
  const server = createHttpServer({
    routes: [...all, new ApiDescription(all, { version: '0.0.0' }).route],
    tokens,
    sessions,
    passwords: passwordsOf(more.people ?? []),
    logger: more.logger ?? createLogger({ level: 'silent' }),
    metrics,
    ...(more.assetAddress && { assetAddress: more.assetAddress }),
    ...(more.results && { results: more.results }),
    ...(more.problemPage && { problemPage: more.problemPage }),
    ...(more.limits && { limits: more.limits }),
    ...(more.clock && { clock: more.clock }),
    ...(more.proxies !== undefined && { proxies: more.proxies }),
    ...(more.bans && { bans: more.bans }),
    ...(more.peerKey !== undefined && { peerKey: more.peerKey }),
    ...(more.onPeerEvent && { onPeerEvent: more.onPeerEvent }),
    ...(more.ownership && { ownership: more.ownership }),
    ...(more.upgrades && { upgrades: more.upgrades }),
    ...(more.secure !== undefined && { secure: more.secure }),
  });
  const { port } = await server.start({ host: '127.0.0.1', port: 0 });
  return { url: `http://127.0.0.1:${port}`, port, server, sessions, stop: () => server.stop() };
}

/** The header of a person of {@link startServer}. */
export function asPerson(name: string): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${name}:${name}`).toString('base64')}` };
}

function passwordsOf(people: readonly Identity[]): Passwords {
  return {
    authenticate: (login, password) => {
      const who = people.find(({ name }) => name === login && name === password);
      return Promise.resolve(who === undefined ? { refused: 'wrong' } : { who });
    },
  };
}

export const asAdmin = { authorization: `Bearer ${ADMIN}` };

export function exampleRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/things',
      scope: 'config:write',
      summary: 'Makes a thing',
      query: z.strictObject({ dry_run: z.enum(['true', 'false']).optional() }),
      body: z.strictObject({ name: z.string(), size: z.number().int().default(1) }),
      answers: { 201: { description: 'The thing', schema: z.object({ name: z.string(), size: z.number() }) } },
      handle: ({ body }) => json({ name: body.name, size: body.size }, 201),
    }),
    route({
      method: 'GET',
      path: '/api/v1/things/:id',
      scope: 'config:read',
      summary: 'One thing',
      params: z.object({ id: z.coerce.number().int() }),
      handle: ({ params, who }) => json({ id: params.id, who: who?.name }),
    }),
    route({
      method: 'GET',
      path: '/broken',
      scope: 'public',
      summary: 'Fails',
      handle: () => {
        throw new Error('+420777888999 is secret');
      },
    }),
    route({
      method: 'GET',
      path: '/page',
      scope: 'calls:read',
      kind: 'page',
      summary: 'A page',
      handle: ({ who }) => page(html`<p>${who?.name}</p>`),
    }),
    route({
      method: 'POST',
      path: '/page',
      scope: 'calls:read',
      kind: 'page',
      summary: 'A form',
      body: z.object({ text: z.string() }),
      bodyType: 'form',
      handle: ({ body }) => page(html`<p>${body.text}</p>`),
    }),
  ];
}
