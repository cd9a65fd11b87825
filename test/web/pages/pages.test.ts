import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Accounts } from '../../../src/accounts/accounts.js';
import { ApiTokens } from '../../../src/accounts/api-tokens.js';
import { PasswordHasher } from '../../../src/accounts/password-hash.js';
import { PasswordStore } from '../../../src/accounts/password-store.js';
import { CallReader } from '../../../src/calls/reader.js';
import { callRoutes } from '../../../src/calls/routes.js';
import { queueSchema } from '../../../src/directory/schema.js';
import { problemPage } from '../../../src/web/pages/layout.js';
import { makeGatewayTokens } from '../../../src/integrations/gootax/make-gateway-tokens.js';
import { providers, type Provider } from '../../../src/integrations/gootax/settings.js';
import { settingsNow } from '../../../src/integrations/gootax/settings-routes.js';
import { RecordedRequests } from '../../../src/integrations/unknown-requests/unknown-requests.js';
import type { Scope } from '../../../src/http/route.js';
import { consoleRoutes } from '../../../src/web/pages/routes.js';
import { ApiDescription } from '../../../src/http/openapi.js';
import { audioRoutes } from '../../../src/prompts/audio-routes.js';
import { systemClock } from '../../../src/lib/clock.js';
import { createLogger } from '../../../src/lib/logger.js';
import { musicRoutes } from '../../../src/prompts/music-routes.js';
import { promptRoutes } from '../../../src/prompts/routes.js';
import { VirtualClock } from '../../../src/simulator/virtual-clock.js';
import { SqlFlowStore } from '../../../src/storage/flow-store.js';
import { Outbox } from '../../../src/webhooks/outbox.js';
import { DeliveryReader } from '../../../src/webhooks/reader.js';
import { ADMIN, READER, startServer, type TestServer } from '../../http/http-harness.js';
import { openPromptHarness, tone, type PromptHarness } from '../../prompts/prompt-harness.js';

let harness: PromptHarness;
let http: TestServer;
let cookie: string;
let recorded: RecordedRequests;
/** Of the rate limits: they refill only when a test says so. */
let clock: VirtualClock;

beforeEach(async () => {
  harness = await openPromptHarness({ shipped: ['cs/hello.wav', 'en/hello.wav'] });
  clock = new VirtualClock(Date.now());
  const calls = new CallReader(harness.db);
  const people = peopleOf(harness.db);
  const outbox = new Outbox(harness.db);
  const webhooks = {
    deliveries: new DeliveryReader(harness.db),
    redeliver: (id: number) => outbox.redeliver(id, Date.now()),
    redeliverDead: (hook: string) => outbox.redeliverDead(hook, Date.now()),
  };
  recorded = new RecordedRequests(harness.db, systemClock);
  const api = [
    ...promptRoutes(harness.service),
    ...audioRoutes(harness.service, harness.audio),
    ...musicRoutes(harness.music),
    ...callRoutes({ calls, country: () => 'CZ' }),
  ];
  http = await startServer(
    (sessions) => [
      ...api,
      ...consoleRoutes({
        people: { sessions, ...people },
        companies: harness.companies,
        prompts: harness.service,
        music: harness.music,
        clock,
        webhooks,
        dispatch: dispatchOf(people.apiTokens, recorded),
        timeZone: () => 'UTC',
        api: () => new ApiDescription(api, '0.0.0').read(),
      }),
    ],
    { problemPage, clock },
  );
  cookie = (await logIn(ADMIN)).cookie;
});

function dispatchOf(tokens: ApiTokens, requests: RecordedRequests) {
  const source = { company: () => harness.companies.company, tokens, url: 'https://pbx.example' };
  return {
    recorded: requests,
    settings: () => settingsNow(source, providers),
    makeTokens: async (wanted: Provider, replace: boolean, can: (scope: Scope) => boolean) =>
      settingsNow(source, providers, await makeGatewayTokens(tokens, [wanted], replace, can)),
  };
}

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
  expect(await get('/prompts', { cookie: entered.cookie })).toContain('<h1>Prompts</h1>');
  await post('/logout', new URLSearchParams(), entered.cookie);
  const after = await fetch(`${http.url}/prompts`, { headers: { cookie: entered.cookie }, redirect: 'manual' });
  expect(after.headers.get('location')).toBe('/login?next=%2Fprompts');
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

test('prompts: made, heard, uploaded, renamed and deleted on pages', async () => {
  const made = await post('/prompts', new URLSearchParams({ name: 'API - <Stav>' }));
  expect(made.headers.get('location')).toBe('/prompts/1');
  expect(await get('/prompts')).toContain('API - &lt;Stav&gt;');
  const form = new FormData();
  form.set('audio', new Blob([new Uint8Array(await tone(join(harness.folder, 'in.wav')))]), 'in.wav');
  expect((await post('/prompts/1/audio?language=ru', form)).status).toBe(303);
  const page = await get('/prompts/1');
  const source = /<audio[^>]*src="([^"]+)"/.exec(page)![1]!;
  const audio = await fetch(http.url + source, { headers: { cookie } });
  expect([audio.status, audio.headers.get('content-type')]).toEqual([200, 'audio/wav']);
  await post('/prompts/1/name', new URLSearchParams({ name: 'Nová' }));
  expect(await get('/prompts/1')).toContain('1 · Nová');
  harness.usages.set(1, [{ where: 'part main-menu' }]);
  expect(await get('/prompts/1')).toContain('part main-menu');
  const refused = await post('/prompts/1/delete', new URLSearchParams());
  expect(refused.status).toBe(409);
  expect(await refused.text()).toMatch(/part main-menu[\s\S]*href="\/prompts\/1"/);
  harness.usages.clear();
  expect((await post('/prompts/1/delete', new URLSearchParams())).headers.get('location')).toBe('/prompts');
});

test('music: made, uploaded, heard and deleted on pages', async () => {
  const made = await post('/music', new URLSearchParams({ name: 'calm', title: 'Klid & <ticho>' }));
  expect(made.headers.get('location')).toBe('/music/calm');
  expect(await get('/music')).toContain('Klid &amp; &lt;ticho&gt;');
  const form = new FormData();
  form.set('audio', new Blob([new Uint8Array(await tone(join(harness.folder, 'in.wav')))]), 'in.wav');
  expect((await post('/music/calm/audio', form)).status).toBe(303);
  const source = /<audio[^>]*src="([^"]+)"/.exec(await get('/music/calm'))![1]!;
  const audio = await fetch(http.url + source, { headers: { cookie } });
  expect([audio.status, audio.headers.get('content-type')]).toEqual([200, 'audio/wav']);
  await post('/music/calm/title', new URLSearchParams({ title: 'Ranní' }));
  expect(await get('/music/calm')).toContain('<h1>Ranní</h1>');
  await harness.companies.update((company) => ({
    ...company,
    queues: [queueSchema.parse({ id: 7, name: 'Sales', music: 'calm' })],
  }));
  expect(await get('/music/calm')).toContain('queues/7/music');
  const refused = await post('/music/calm/delete', new URLSearchParams());
  expect(refused.status).toBe(409);
  expect(await refused.text()).toMatch(/queue still plays[\s\S]*queues\/7\/music[\s\S]*href="\/music\/calm"/);
  await harness.companies.update((company) => ({ ...company, queues: [] }));
  const sha256 = source.split('/').at(-1)!;
  expect((await post('/music/calm/remove-audio', new URLSearchParams({ sha256 }))).status).toBe(303);
  expect(await get('/music/calm')).not.toContain('<audio');
  expect((await post('/music/calm/delete', new URLSearchParams())).headers.get('location')).toBe('/music');
});

test('a bad upload on the page is explained there', async () => {
  await post('/prompts', new URLSearchParams({ name: 'x' }));
  const form = new FormData();
  form.set('audio', new Blob(['text']), 'x.wav');
  const answer = await post('/prompts/1/audio?language=cs', form);
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('WAV, MP3, Ogg Vorbis or FLAC');
});

test('who may not change prompts cannot see them without the right', async () => {
  const reader = (await logIn(READER)).cookie;
  const answer = await fetch(`${http.url}/prompts`, { headers: { cookie: reader } });
  expect(answer.status).toBe(403);
});

test('the language of the login is kept, and so is where the visitor was going', async () => {
  const shown = await fetch(`${http.url}/login?lang=ru&next=/prompts`);
  expect(shown.headers.get('set-cookie')).toContain('cordboard_lang=ru');
  expect(await shown.text()).toContain('name="next" value="/login?next=%2Fprompts"');
});

test('three languages: asked for, chosen, kept', async () => {
  expect(await get('/prompts', { 'accept-language': 'ru,en;q=0.5' })).toContain('<html lang="ru">');
  expect(await get('/prompts', { 'accept-language': 'de,cs;q=0.5,en;q=0.1' })).toContain('<html lang="cs">');
  const chosen = await fetch(`${http.url}/prompts?lang=cs`, { headers: { cookie, 'accept-language': 'ru' } });
  expect(await chosen.text()).toContain('<h1>Hlášky</h1>');
  const kept = chosen.headers.get('set-cookie')!.split(';')[0]!;
  expect(await get('/prompts', { cookie: `${cookie}; ${kept}`, 'accept-language': 'ru' })).toContain(
    '<html lang="cs">',
  );
});

/** A delivery that the shop has refused for good, of the example call. */
async function storeDeadDelivery({ db }: Pick<PromptHarness, 'db'>): Promise<void> {
  const at = Date.parse('2026-11-21T10:15:30.120Z');
  const body = JSON.stringify({ event: 'hangup', call_id: 'c_1.1', caller_number: '777888999' });
  const delivery = {
    hook: 'shop',
    event_id: 'e1',
    flow_id: 'c_1.1',
    seq: 2,
    event: 'hangup',
    body,
    state: 'dead',
  } as const;
  await db
    .insertInto('webhook_deliveries')
    .values({ ...delivery, tries: 1, created_at: at, expires_at: at, finished_at: at })
    .execute();
  const answer = '<b>no order of 777888999</b>';
  const attempt = { delivery_id: 1, number: 1, at, latency_ms: 42, status: 410, failed: null, answer };
  await db.insertInto('webhook_attempts').values(attempt).execute();
}

test('webhooks: found by state, seen with every attempt, sent again at the press of a button', async () => {
  await storeExampleCall(harness);
  await storeDeadDelivery(harness);
  expect(await get('/webhooks?state=dead')).toMatch(/href="\/webhooks\/1"[\s\S]*failed permanently[\s\S]*410/);
  expect(await get('/webhooks?state=waiting')).toContain('Nothing here yet');
  expect(await get('/webhooks/1')).toMatch(
    /42 ms[\s\S]*HTTP 410[\s\S]*&lt;b&gt;no order of 777888999[\s\S]*caller_number/,
  );
  const reader = (await logIn(READER)).cookie;
  const masked = await get('/webhooks/1', { cookie: reader });
  expect(masked).not.toMatch(/777888|Resend/);
  expect((await post('/webhooks/1/redeliver', new URLSearchParams(), reader)).status).toBe(403);
  expect((await post('/webhooks/1/redeliver', new URLSearchParams())).headers.get('location')).toBe('/webhooks/1');
  expect(await get('/webhooks/1')).toContain('pending');
  expect((await post('/webhooks/9/redeliver', new URLSearchParams())).status).toBe(404);
});

test('the dispatch’s forms are filled in, in every language; their tokens are made and shown once', async () => {
  for (const [language, word] of [
    ['cs', 'Vytvořit tokeny'],
    ['ru', 'Создать токены'],
    ['en', 'Create tokens'],
  ] as const) {
    const shown = await get(`/dispatch?lang=${language}`);
    expect(shown).toMatch(/Runtel new[\s\S]*Wss url[\s\S]*wss:\/\/pbx\.example\/ws[\s\S]*Common ATS[\s\S]*Custom ATS/);
    expect(shown.split(word)).toHaveLength(4);
  }
  const made = await (await post('/dispatch/tokens', new URLSearchParams({ for: 'custom' }))).text();
  const [, token = ''] = /pbx\.example\/integration\/key\/([\w-]{43})</.exec(made) ?? [];
  expect(token).not.toBe('');
  const later = await get('/dispatch?lang=en');
  expect(later).not.toContain(token);
  expect(later).toMatch(/already created[\s\S]*Revoke and create new tokens/);
  const reader = (await logIn(READER)).cookie;
  expect((await post('/dispatch/tokens', new URLSearchParams({ for: 'custom' }), reader)).status).toBe(403);
});

test('recorded requests: what came, and why it was not understood', async () => {
  expect(await get('/recorded-requests?lang=en')).toContain('Nothing here yet');
  const kept = { who: 'gootax-voice', method: 'POST', path: '/integration/<x>', query: {}, headers: {}, bytes: 7 };
  await recorded.keep({ ...kept, body: { stav: '<b>' }, status: 501, why: 'nobody knows' });
  expect(await get('/recorded-requests')).toMatch(
    /POST \/integration\/&lt;x&gt;[\s\S]*nobody knows[\s\S]*&lt;b&gt;[\s\S]*HTTP 501[\s\S]*gootax-voice/,
  );
});

test('no page has a script or a style of its own, and none asks another host', async () => {
  await storeExampleCall(harness);
  await storeDeadDelivery(harness);
  await post('/prompts', new URLSearchParams({ name: 'x' }));
  await post('/music', new URLSearchParams({ name: 'calm', title: '' }));
  for (const path of [
    '/login',
    '/prompts',
    '/prompts/1',
    '/music',
    '/music/calm',
    '/webhooks',
    '/webhooks/1',
    '/dispatch',
    '/recorded-requests',
    '/docs',
  ]) {
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
