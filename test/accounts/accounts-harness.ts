import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { createFirstAccount } from '../../src/app/first-account.js';
import { firstAccountRoutes } from '../../src/accounts/first-account-routes.js';
import { html } from '../../src/http/html.js';
import { show } from '../../src/web/pages/layout.js';
import { setupPages } from '../../src/web/pages/setup-page.js';
import { ApiTokens } from '../../src/accounts/api-tokens.js';
import { Principals } from '../../src/accounts/principals.js';
import { AuditReader } from '../../src/accounts/audit-reader.js';
import { auditRoutes } from '../../src/accounts/audit-routes.js';
import { accountRoutes } from '../../src/accounts/routes.js';
import { SqlSessionStore } from '../../src/accounts/session-store.js';
import { tokenRoutes } from '../../src/accounts/token-routes.js';
import { loginRoutes } from '../../src/web/pages/login.js';
import { json } from '../../src/http/answer.js';
import { route, scopes, type Route } from '../../src/http/route.js';
import { createHttpServer } from '../../src/http/server.js';
import type { Upgrade } from '../../src/http/upgrade.js';
import { Sessions } from '../../src/http/sessions.js';
import { adminToken, TokenList } from '../../src/http/tokens.js';
import { ConfigStore } from '../../src/company/store/config-store.js';
import { Emitter } from '../../src/lib/emitter.js';
import { createLogger } from '../../src/lib/logger.js';
import { CompanyStore } from '../../src/company/store/company-store.js';
import { recordAudit } from '../../src/storage/audit-log.js';
import type { Database } from '../../src/storage/database.js';
import { openAccounts, virtualClock } from './sample-accounts.js';

export const ADMIN = 'the-admin-token-of-the-tests';
const HOUR_MS = 3_600_000;

export type AccountsHarness = Awaited<ReturnType<typeof startAccountsHarness>>;

/** A real server with everything about accounts, and for each scope a route that needs it: `/needs/calls-read`. */
export async function startAccountsHarness(db: Database, clock = virtualClock(), { isNew = false } = {}) {
  const opened = await openAccounts(db, { clock, isNew });
  const { accounts } = opened;
  const logger = createLogger({ level: 'silent' });
  const apiTokens = new ApiTokens(db, clock);
  await apiTokens.start();
  const principals = new Principals([new TokenList([adminToken(ADMIN)]), apiTokens], accounts);
  const store = new SqlSessionStore(db, logger, (name) => principals.named(name)?.operator?.id ?? null);
  const sessions = new Sessions({
    tokens: principals,
    lifetimeMs: 12 * HOUR_MS,
    idleMs: 4 * HOUR_MS,
    secureCookie: false,
    clock,
    store,
  });
  await sessions.start();
  const companies = new CompanyStore({
    store: new ConfigStore(db),
    lint: { knownSounds: new Map() },
    hasAudio: () => Promise.resolve(false),
    changed: new Emitter(() => undefined),
  });
  companies.onChange(({ company }) => (opened.company.people = company.operators));
  const first = createFirstAccount({ db, accounts, companies, clock });
  const upgraded: Upgrade[] = [];
  const server = createHttpServer({
    // Says who asks, in place of a WebSocket.
    upgrades: [
      {
        path: '/ws',
        scope: 'monitor:read',
        handle: (upgrade) => {
          upgraded.push(upgrade);
          upgrade.socket.end(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${JSON.stringify(upgrade.who)}`);
        },
      },
    ],
    routes: [
      ...accountRoutes(accounts),
      ...tokenRoutes(apiTokens),
      ...auditRoutes(new AuditReader(db.history), (entry) => recordAudit(db, { ...entry, at: clock.now() })),
      ...firstAccountRoutes(first, { sessions, outsideUrl: 'http://gateway.test' }),
      ...setupPages({ firstAccount: first, shell: (request, title) => show(request, title, html`wizard`) }),
      ...loginRoutes(sessions, principals, clock, () => first.isMissing),
      ...needs(),
    ],
    tokens: principals,
    passwords: principals,
    sessions,
    logger,
    limits: { failuresBurst: 1000 },
  });
  const { port } = await server.start({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${port}`;
  return {
    ...opened,
    clock,
    url,
    apiTokens,
    store,
    companies,
    /** Those who opened a WebSocket. */
    upgraded,
    /** Asks for a WebSocket at `/ws`. */
    upgrade: (query: string, headers: Record<string, string>) => askForSocket(port, `/ws${query}`, headers),
    /** Sends JSON when there is a body. */
    ask: (path: string, headers: Record<string, string> = {}, method = 'GET', body?: unknown) =>
      fetch(url + path, {
        method,
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        body: body === undefined ? null : JSON.stringify(body),
        redirect: 'manual',
      }),
    /** As a form of our own page sends it. */
    submit: (path: string, fields: Record<string, string>, cookie = '') =>
      fetch(url + path, {
        method: 'POST',
        headers: { origin: url, cookie },
        body: new URLSearchParams(fields),
        redirect: 'manual',
      }),
    async stop() {
      await server.stop();
      await apiTokens.stop();
      await store.stop();
    },
  };
}

function askForSocket(
  port: number,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; name: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({
      host: '127.0.0.1',
      port,
      path,
      headers: { connection: 'upgrade', upgrade: 'websocket', ...headers },
    });
    asked.on('response', (answer) => {
      text(answer).then((body) => {
        const { name = '' } = JSON.parse(body) as { name?: string };
        resolve({ status: answer.statusCode ?? 0, name });
      }, reject);
    });
    asked.on('error', reject).end();
  });
}

function needs(): Route[] {
  const open = route({
    method: 'GET',
    path: '/open',
    scope: 'public',
    summary: 'For everybody',
    handle: () => json({}),
  });
  return [
    open,
    ...scopes.map((scope) =>
      route({
        method: 'POST',
        // What follows a colon would be a parameter.
        path: `/needs/${scope.replace(':', '-')}`,
        scope,
        summary: scope,
        handle: ({ who }) => json(who),
      }),
    ),
  ];
}

export function basic(login: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}` };
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

export function cookieOf(answer: Response): string {
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}
