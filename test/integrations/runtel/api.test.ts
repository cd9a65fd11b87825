import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ControlAnswer } from '../../../src/telephony/control.js';
import type { CallRecord } from '../../../src/calls/reader.js';
import { createHttpServer, type HttpServer } from '../../../src/http/server.js';
import { TokenList } from '../../../src/http/tokens.js';
import type { Scope } from '../../../src/http/route.js';
import { RuntelApi } from '../../../src/integrations/runtel/api.js';
import { createLogger } from '../../../src/lib/logger.js';
import { companySchema, type Company } from '../../../src/company/company.js';

/** What a CRM asks of us as it would of Runtel, over HTTP. */

const KEY = 'a-pbx-key-of-the-tests';
const BLIND = 'a-key-that-sees-no-number';
const scopes: Scope[] = ['calls:read', 'calls:control', 'recordings:read', 'operators:read', 'numbers:read'];
const STARTED = Date.parse('2026-11-21T09:15:30Z');

const setup = (runtel: object | undefined): Company =>
  companySchema.parse({
    version: 1,
    handsets: [{ name: 'anna' }, { name: 'boss' }],
    operators: [
      { id: 7, login: 'anna@taxi.example', name: 'Anna', handset: 'anna' },
      { id: 8, login: 'boris', name: 'Boris' },
    ],
    ...(runtel && { runtel }),
  });

let server: HttpServer;
let url: string;
let company: Company;
let asked: unknown[];
let says: ControlAnswer;

beforeEach(async () => {
  company = setup({ extensions: { '101': 'anna' }, page_size: 2 });
  asked = [];
  says = { ok: true };
  const summary = {
    ...({
      at: 'over',
      line: '+420222333444',
      caller: '+420777888999',
      direction: 'incoming',
      endedBy: 'caller',
    } as const),
    startedAt: STARTED,
    answeredAt: STARTED + 5000,
    endedAt: STARTED + 65_400,
  } as const;
  const calls: CallRecord[] = [
    {
      id: 'c_1',
      kind: 'plan',
      running: false,
      startedAt: STARTED,
      summary,
      outcome: undefined,
      order: null,
      menuKeys: [],
      hasRecording: false,
      note: null,
    },
  ];
  const api = new RuntelApi({
    company: () => company,
    calls: {
      call: (request) => {
        asked.push(request);
        return Promise.resolve(says.ok ? { ok: true, callId: 'c_9' } : says);
      },
    },
    log: {
      list: (filter) => {
        asked.push(filter);
        return Promise.resolve({ calls });
      },
      get: (id) => Promise.resolve(calls.filter((each) => each.id === id).map((call) => ({ call }))[0]),
    },
    recordings: {
      ofCalls: () => Promise.resolve(new Map([['c_1', [{ id: 'r_1', state: 'ready', durationMs: 60_400 }]]])),
      audio: (id) =>
        Promise.resolve(
          id === 'r_1'
            ? { status: 200, headers: { 'content-type': 'audio/wav' }, body: Buffer.from('RIFF') }
            : undefined,
        ),
    },
    operators: {
      list: () =>
        Promise.resolve([
          {
            handset: 'anna',
            displayName: '',
            webrtc: false,
            encryption: 'off',
            maxContacts: 1,
            endpoint: null,
            contacts: [],
            registered: true,
            queues: [{ queue: 1, loggedIn: true, paused: true, pauseReason: '', state: 'free', wrapUpUntil: null }],
          },
        ]),
    },
  });
  server = createHttpServer({
    routes: [],
    find: (method, path) => api.find(method, path),
    tokens: new TokenList([
      { name: 'crm', token: KEY, scopes },
      { name: 'blind', token: BLIND, scopes: ['calls:read'] },
    ]),
    logger: createLogger({ level: 'silent' }),
  });
  url = `http://127.0.0.1:${(await server.start({ host: '127.0.0.1', port: 0 })).port}`;
});
afterEach(() => server.stop());

async function get(path: string, key = KEY) {
  const response = await fetch(url + path, { headers: { authorization: `Bearer ${key}` } });
  return { status: response.status, body: (await response.json()) as unknown };
}
async function call(body: object, path = '/integration/runtel/calls') {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as unknown };
}

const SHOWN = {
  call_id: 'c_1',
  direction: 'incoming',
  caller_number: '+420777888999',
  called_number: '+420222333444',
  started_at: '2026-11-21T10:15:30.000+01:00',
  answered_at: '2026-11-21T10:15:35.000+01:00',
  ended_at: '2026-11-21T10:16:35.400+01:00',
  duration: 65,
  running: false,
  recordings: [{ id: 'r_1', duration: 60, url: '/integration/runtel/recordings/r_1' }],
};

describe('who asks', () => {
  it.each([
    ['without a key', {}],
    ['with a wrong key', { authorization: 'Bearer wrong' }],
    ['with Basic', { authorization: `Basic ${Buffer.from(`crm:${KEY}`).toString('base64')}` }],
    ['with another header', { 'api-key': KEY }],
  ])('%s is refused', async (_what, headers: Record<string, string>) => {
    for (const path of ['calls', 'calls/c_1', 'recordings/r_1', 'users'])
      expect((await fetch(`${url}/integration/runtel/${path}`, { headers })).status).toBe(401);
    expect((await fetch(`${url}/integration/runtel/calls`, { method: 'POST', headers, body: '{}' })).status).toBe(401);
    expect(asked).toEqual([]);
  });

  it('needs the scope, and sees numbers only with that for numbers', async () => {
    expect((await get('/integration/runtel/users', BLIND)).status).toBe(403);
    expect((await get('/integration/runtel/recordings/r_1', BLIND)).status).toBe(403);
    const { body } = await get('/integration/runtel/calls/c_1', BLIND);
    expect(body).toMatchObject({ caller_number: '+••••••••••99', recordings: [] });
  });
});

describe('the requests', () => {
  it('the history, page by page', async () => {
    const query = 'page=3&from=2026-11-21T00:00:00%2B01:00&to=2026-11-22T00:00:00%2B01:00';
    expect(await get(`/integration/runtel/calls?${query}`)).toEqual({ status: 200, body: { calls: [SHOWN], page: 3 } });
    const day = Date.parse('2026-11-21T00:00:00+01:00');
    expect(asked).toEqual([{ since: day, until: day + 86_400_000, limit: 2, offset: 4 }]);
    expect((await get('/integration/runtel/calls?page=0')).status).toBe(422);
    expect((await get('/integration/runtel/calls?from=yesterday')).status).toBe(422);
  });

  it('one call, and its recording', async () => {
    expect(await get('/integration/runtel/calls/c_1')).toEqual({ status: 200, body: SHOWN });
    expect((await get('/integration/runtel/calls/c_2')).status).toBe(404);
    const audio = await fetch(url + SHOWN.recordings[0]!.url, { headers: { authorization: `Bearer ${KEY}` } });
    expect(await audio.text()).toBe('RIFF');
    expect((await get('/integration/runtel/recordings/r_2')).status).toBe(404);
  });

  it('states of users', async () => {
    expect((await get('/integration/runtel/users')).body).toEqual({
      users: [
        { id: 7, login: 'anna@taxi.example', name: 'Anna', handset: 'anna', extension: '101', state: 'paused' },
        { id: 8, login: 'boris', name: 'Boris', handset: null, extension: null, state: 'offline' },
      ],
    });
  });

  it.each([[{ user: 7 }], [{ user: 'ANNA@taxi.example' }], [{ extension: '101' }], [{ handset: 'anna' }]])(
    'a call for %j',
    async (person) => {
      const answered = await call({ ...person, number: '777888999', line: '+420222333444' });
      expect(answered).toEqual({ status: 202, body: { call_id: 'c_9' } });
      expect(asked).toEqual([{ handset: 'anna', number: '777888999', line: '+420222333444' }]);
    },
  );

  it.each([
    [{ number: '777888999' }, /user: name a user/],
    [{ user: 8, number: '777888999' }, /user: name a user/],
    [{ handset: 'nobody', number: '777888999' }, /user: name a user/],
    [{ user: 7 }, /number/],
  ])('no call for %j', async (body, expected) => {
    const answered = await call(body);
    expect(answered.status).toBe(422);
    expect(JSON.stringify(answered.body)).toMatch(expected);
    expect(asked).toEqual([]);
  });

  it.each([
    ['bad_number', 422],
    ['refused', 422],
    ['unknown_target', 422],
    ['unavailable', 503],
  ] as const)('a call that is refused: %s', async (why, status) => {
    says = { ok: false, why, detail: 'because' };
    expect(await call({ user: 7, number: '1' + '1' })).toMatchObject({ status });
  });
});

describe('what the company sets up', () => {
  it('not found: the resource does not exist', async () => {
    company = setup(undefined);
    expect((await get('/integration/runtel/calls')).status).toBe(404);
  });

  it('other paths, names and numbers, beside ours', async () => {
    company = setup({
      numbers: 'national',
      paths: { 'GET /crm/history/:id': 'one_call', 'POST /crm/dial': 'call' },
      rename: { caller_number: 'from', recordings: 'records', user: 'manager', call_id: 'uid' },
    });
    expect((await get('/crm/history/c_1/')).body).toMatchObject({
      uid: 'c_1',
      from: '777888999',
      records: [{ id: 'r_1' }],
    });
    expect(await call({ manager: '7', number: '112' }, '/crm/dial')).toEqual({ status: 202, body: { uid: 'c_9' } });
    expect((await get('/integration/runtel/calls/c_1')).status).toBe(200);
  });

  it('no path of the gateway’s own, and no call that there is not', () => {
    for (const paths of [{ 'GET /api/v1/calls': 'call_log' }, { 'GET /crm': 'wake_up' }, { 'PUT /crm': 'call' }])
      expect(() => setup({ paths })).toThrow();
  });

  it('an unknown path is not of this integration', async () => {
    expect((await get('/integration/runtel/agents')).status).toBe(404);
    expect((await call({}, '/integration/runtel/users')).status).toBe(404);
  });
});
