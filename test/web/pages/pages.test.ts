import { afterEach, beforeEach, expect, test } from 'vitest';
import { Accounts } from '../../../src/accounts/accounts.js';
import { ApiTokens } from '../../../src/accounts/api-tokens.js';
import { PasswordHasher } from '../../../src/accounts/password-hash.js';
import { PasswordStore } from '../../../src/accounts/password-store.js';
import { CallReader } from '../../../src/calls/reader.js';
import { callRoutes } from '../../../src/calls/routes.js';
import { problemPage } from '../../../src/web/pages/layout.js';
import { route } from '../../../src/http/route.js';
import { consoleRoutes } from '../../../src/web/pages/routes.js';
import { noContent } from '../../../src/http/answer.js';
import { ApiDescription } from '../../../src/http/openapi.js';
import { audioRoutes } from '../../../src/prompts/audio-routes.js';
import { systemClock } from '../../../src/lib/clock.js';
import { createLogger } from '../../../src/lib/logger.js';
import { musicRoutes } from '../../../src/prompts/music-routes.js';
import { promptRoutes } from '../../../src/prompts/routes.js';
import { VirtualClock } from '../../../src/simulator/virtual-clock.js';
import { SqlFlowStore } from '../../../src/storage/flow-store.js';
import { ADMIN, READER, startServer, type TestServer } from '../../http/http-harness.js';
import { openPromptHarness, type PromptHarness } from '../../prompts/prompt-harness.js';

let harness: PromptHarness;
let http: TestServer;
let cookie: string;
/** Of the rate limits: they refill only when a test says so. */
let clock: VirtualClock;

const forAdmins = route({
  method: 'GET',
  path: '/for-admins',
  kind: 'page',
  scope: 'accounts:write',
  summary: 'A page for admins',
  handle: () => noContent(),
});

beforeEach(async () => {
  harness = await openPromptHarness({ shipped: ['cs/hello.wav', 'en/hello.wav'] });
  clock = new VirtualClock(Date.now());
  const calls = new CallReader(harness.db);
  const people = peopleOf(harness.db);
  const api = [
    ...promptRoutes(harness.service),
    ...audioRoutes(harness.service, harness.audio),
    ...musicRoutes(harness.music),
    ...callRoutes({ calls, country: () => 'CZ', record: () => Promise.resolve() }),
  ];
  http = await startServer(
    (sessions) => [
      ...api,
      forAdmins,
      ...consoleRoutes({
        people: { sessions, ...people },
        clock,
        api: () => new ApiDescription(api, { version: '0.0.0' }).read(),
      }),
    ],
    { problemPage, clock },
  );
  cookie = (await logIn(ADMIN)).cookie;
});

/** Nobody has an account: who logs in does so with a token. */
function peopleOf(db: PromptHarness['db']) {
  const logger = createLogger({ level: 'silent' });
  const store = new PasswordStore(db);
  const options = {
    store,
    clock: systemClock,
    hasher: new PasswordHasher(),
    people: () => [],
    roles: () => ({}),
    logger,
  };
  const accounts = new Accounts(options);
  return { accounts, principals: accounts, apiTokens: new ApiTokens(db, systemClock) };
}

afterEach(async () => {
  await http.stop();
  await harness.close();
});

async function logIn(token: string, next = ''): Promise<{ status: number; cookie: string; location: string | null }> {
  const answer = await post('/login', new URLSearchParams({ token, next }), '');
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { status: answer.status, cookie, location: answer.headers.get('location') };
}

function post(path: string, body: URLSearchParams | FormData, withCookie = cookie): Promise<Response> {
  const headers = { origin: http.url, cookie: withCookie };
  return fetch(http.url + path, { method: 'POST', headers, body, redirect: 'manual' });
}

async function get(path: string, headers: Record<string, string> = {}): Promise<string> {
  return (await fetch(http.url + path, { headers: { cookie, ...headers } })).text();
}

test('login: the token lets in, once out the cookie is worth nothing', async () => {
  expect((await logIn('wrong')).status).toBe(401);
  const entered = await logIn(ADMIN, '/prompts/1?x=2');
  expect(entered).toMatchObject({ status: 303, location: '/prompts/1?x=2' });
  const page = () => fetch(`${http.url}/for-admins`, { headers: { cookie: entered.cookie }, redirect: 'manual' });
  expect((await page()).status).toBe(204);
  await post('/logout', new URLSearchParams(), entered.cookie);
  expect((await page()).headers.get('location')).toBe('/login?next=%2Ffor-admins');
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/a\r\nset-cookie: x', 'javascript:alert(1)'])(
  'login leads to no other site: %s',
  async (next) => {
    expect((await logIn(ADMIN, next)).location).toBe('/');
  },
);

test('guessing tokens at the login is slowed down', async () => {
  const statuses = [];
  for (let guess = 0; guess < 22; guess += 1) statuses.push((await logIn('wrong')).status);
  expect(statuses.slice(-3)).toEqual([401, 429, 429]);
  expect((await logIn(ADMIN)).status).toBe(303);
  clock.advanceBy(1000);
  expect([(await logIn('wrong')).status, (await logIn('wrong')).status]).toEqual([401, 429]);
});

test('the login reads short bodies, and not any number of them', async () => {
  expect((await logIn('x'.repeat(8_193))).status).toBe(413);
  const statuses = [];
  // No token is so long: that it is wrong is found without a look at the tokens.
  for (let guess = 0; guess < 70; guess += 1) statuses.push((await logIn('x'.repeat(600))).status);
  expect([statuses[0], statuses.at(-1)]).toEqual([422, 429]);
});

test('a page cannot be seen without the right', async () => {
  const reader = (await logIn(READER)).cookie;
  const answer = await fetch(`${http.url}/for-admins`, { headers: { cookie: reader } });
  expect(answer.status).toBe(403);
});

test('the language of the login is kept, and so is where the visitor was going', async () => {
  const shown = await fetch(`${http.url}/login?lang=ru&next=/prompts`);
  expect(shown.headers.get('set-cookie')).toContain('cordboard_lang=ru');
  expect(await shown.text()).toContain('name="next" value="/login?next=%2Fprompts"');
});

test('three languages: asked for, chosen, kept', async () => {
  expect(await get('/docs', { 'accept-language': 'ru,en;q=0.5' })).toContain('<html lang="ru">');
  expect(await get('/docs', { 'accept-language': 'de,cs;q=0.5,en;q=0.1' })).toContain('<html lang="cs">');
  const chosen = await fetch(`${http.url}/docs?lang=cs`, { headers: { cookie, 'accept-language': 'ru' } });
  expect(await chosen.text()).toContain('lang="cs"');
  const kept = chosen.headers.get('set-cookie')!.split(';')[0]!;
  expect(await get('/docs', { cookie: `${cookie}; ${kept}`, 'accept-language': 'ru' })).toContain('<html lang="cs">');
});

test('no page has a script or a style of its own, and none asks another host', async () => {
  for (const path of ['/login', '/docs']) {
    const text = await get(path);
    expect(text, path).toContain('</html>');
    expect(text, path).not.toMatch(/<script|style="|(src|href)="(https?:)?\/\//);
  }
  expect(await get('/docs')).toContain('/api/v1/prompts/{id}/audio/{language}');
});

export async function storeExampleCall({ db }: Pick<PromptHarness, 'db'>): Promise<void> {
  const at = Date.parse('2026-11-21T10:15:30.120Z');
  const entries: [number, string, Record<string, unknown>][] = [
    [0, 'arrived', { line: '+420222333444', caller: '+420777888999', name: 'Jan', codec: 'alaw' }],
    [12, 'action', { action: 'answer', at: 'plan/0' }],
    [40, 'action', { action: 'menu', at: 'part main-menu/0' }],
    [4100, 'digit', { digit: '9', duration_ms: 120, use: 'input' }],
    [4102, 'prompt', { prompts: [1], languages: ['cs'], heard_ms: 4050, of_ms: 11200, outcome: 'interrupted' }],
    [4103, 'input', { digits: '9', ended: 'max' }],
    [
      4110,
      'shop_request',
      {
        url: 'http://127.0.0.1:8090/launch.php?s=telfa',
        step: 1,
        body: '{"caller_number":"777888999","called_number":"222333444"}',
      },
    ],
    [
      4160,
      'shop_answer',
      {
        status: 200,
        latency_ms: 50,
        attempts: 1,
        body: '{"action":"menu","recording_id":"20","menu_timeout":"5","max":"10"}',
      },
    ],
    [9300, 'input', { digits: '1001', ended: 'hash' }],
    [
      9310,
      'shop_request',
      {
        url: 'http://127.0.0.1:8090/launch.php?s=telfa',
        step: 2,
        body: '{"caller_number":"777888999","received_digits":"1001"}',
      },
    ],
    [17320, 'shop_no_answer', { reason: 'timeout: no complete answer within 8000 ms', latency_ms: 8001, attempts: 1 }],
    [17321, 'shop_failed', { reason: 'timeout' }],
    [21900, 'prompt', { prompts: [4], languages: ['cs'], heard_ms: 4500, of_ms: 4500, outcome: 'played' }],
    [22000, 'hang_up', { by: 'plan', cause: 'normal' }],
    [22050, 'ended', { by: 'plan', cause: 'normal', q850: 16 }],
  ];
  await new SqlFlowStore(db).commit([
    {
      flowId: 'c_1.1',
      at,
      step: {
        kind: 'plan',
        startedAt: at,
        program: { hash: 'h', body: {} },
        state: {},
        pending: [],
        summary: {
          line: '+420222333444',
          caller: '+420777888999',
          direction: 'incoming',
          startedAt: at,
          answeredAt: at + 20,
          endedAt: at + 22_050,
          endedBy: 'plan',
          at: 'over',
        },
        over: true,
      },
      log: entries.map(([offset, kind, data], seq) => ({ seq, at: at + offset, kind, data })),
    },
  ]);
}
