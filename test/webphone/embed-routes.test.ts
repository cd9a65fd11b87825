import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { route } from '../../src/http/route.js';
import { json } from '../../src/http/answer.js';
import { createHttpServer } from '../../src/http/server.js';
import { TokenList, type Tokens } from '../../src/http/tokens.js';
import { createLogger } from '../../src/lib/logger.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { embedRoutes, issuerFinder } from '../../src/webphone/embed-routes.js';
import { holderOf } from '../../src/webphone/phone-identity.js';
import { PhoneSessions } from '../../src/webphone/phone-sessions.js';
import { PhoneTokens } from '../../src/webphone/phone-tokens.js';

/** The API of embedded phones: who gets a token, and what a session may do. */

const ORIGIN = 'https://shop.example';
const ISSUER = 'a-token-that-may-embed-phones';
const OTHER = 'a-token-that-may-not';

let server: ReturnType<typeof createHttpServer>;
let url = '';
let clock: VirtualClock;
let recorded: unknown[];

beforeEach(async () => {
  clock = new VirtualClock(Date.UTC(2026, 0, 1));
  recorded = [];
  const principals = new TokenList([
    { name: 'shop', token: ISSUER, scopes: ['phones:embed'] },
    { name: 'other', token: OTHER, scopes: ['operators:read', 'monitor:read'] },
  ]);
  const operators = () => [
    { id: 1, login: 'eva', role: 'operator' as const, handset: 'eva' },
    { id: 2, login: 'petr', role: 'operator' as const, handset: 'desk' },
  ];
  const named = (name: string) => principals.named(name);
  const isListed = (origin: string) => origin === ORIGIN;
  const rules = { operators, roles: () => ({}), isForBrowsers: () => true, isListed, named };
  const sessions = new PhoneSessions({
    clock,
    store: { load: () => Promise.resolve([]), put: () => undefined, remove: () => undefined },
    holderOf: (grant) => holderOf(grant, rules),
  });
  const tokens: Tokens = { verify: (token) => principals.verify(token) ?? sessions.verify(token), named };
  const plain = route({
    method: 'GET',
    path: '/api/v1/handsets',
    scope: 'operators:read',
    summary: 'A route that is not for phones',
    handle: () => json({}),
  });
  const routes = embedRoutes({
    tokens: new PhoneTokens(clock),
    sessions,
    handsets: () => [
      { name: 'eva', webrtc: true },
      { name: 'free', webrtc: true },
      { name: 'desk', webrtc: false },
    ],
    operators,
    isListed,
    issuerOf: issuerFinder(named),
    record: (entry) => {
      recorded.push(entry);
      return Promise.resolve();
    },
  });
  server = createHttpServer({ routes: [...routes, plain], tokens, logger: createLogger({ level: 'silent' }) });
  const { port } = await server.start({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${port}`;
});

afterEach(() => server.stop());

async function send(method: string, path: string, token?: string, body?: unknown) {
  const headers: Record<string, string> = {};
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  const response = await fetch(url + path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, string> };
}

const tokenFor = (handset: string, { token = ISSUER, origin = ORIGIN } = {}) =>
  send('POST', `/api/v1/handsets/${handset}/phone-token`, token, { origin });

async function session(): Promise<string> {
  const { body } = await tokenFor('eva');
  const begun = await send('POST', '/api/v1/phone-sessions', undefined, { token: body['token'], origin: ORIGIN });
  expect(begun.status).toBe(201);
  return begun.body['token'] ?? '';
}

describe('a token', () => {
  test('needs the scope, a handset for browsers with an operator, and a listed origin', async () => {
    expect((await tokenFor('eva')).status).toBe(201);
    expect((await tokenFor('eva', { token: OTHER })).status).toBe(403);
    expect((await tokenFor('nobody')).status).toBe(404);
    expect((await tokenFor('desk')).status).toBe(409);
    expect((await tokenFor('free')).status).toBe(409);
    expect((await tokenFor('eva', { origin: 'https://elsewhere.example' })).status).toBe(422);
    expect((await tokenFor('eva', { origin: `${ORIGIN}/page` })).status).toBe(422);
  });

  test('opens a session once, within five minutes, and for its origin', async () => {
    const begin = async (token: string | undefined, origin = ORIGIN) =>
      (await send('POST', '/api/v1/phone-sessions', undefined, { token, origin })).status;
    const [used, late, foreign] = [await tokenFor('eva'), await tokenFor('eva'), await tokenFor('eva')];
    expect(await begin(used.body['token'])).toBe(201);
    expect(await begin(used.body['token'])).toBe(401);
    expect(await begin(foreign.body['token'], 'https://elsewhere.example')).toBe(401);
    expect(await begin(foreign.body['token'])).toBe(401);
    clock.advanceBy(5 * 60_000);
    expect(await begin(late.body['token'])).toBe(401);
    expect(recorded).toEqual([
      {
        action: 'embedded_phone_opened',
        subject: 'eva',
        detail: { origin: ORIGIN, token: 'shop' },
        actor: { kind: 'operator', id: 1, name: '@eva' },
      },
    ]);
  });
});

describe('a session', () => {
  test('is renewed and ended by its own token', async () => {
    const token = await session();
    clock.advanceBy(9 * 60_000);
    const renewed = await send('POST', '/api/v1/phone-session/renewal', token);
    expect(renewed.body['expires_at']).toBe(new Date(clock.now() + 10 * 60_000).toISOString());
    expect((await send('POST', '/api/v1/phone-session/renewal', OTHER)).status).toBe(403);
    expect((await send('DELETE', '/api/v1/phone-session', token)).status).toBe(204);
    expect((await send('POST', '/api/v1/phone-session/renewal', token)).status).toBe(401);
  });

  test('is not for other routes, although it has their scope', async () => {
    const token = await session();
    expect((await send('GET', '/api/v1/handsets', OTHER)).status).toBe(200);
    expect((await send('GET', '/api/v1/handsets', token)).status).toBe(403);
    expect((await tokenFor('eva', { token })).status).toBe(403);
  });
});
