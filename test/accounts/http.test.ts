import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { scopes } from '../../src/http/route.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { ADMIN, basic, bearer, cookieOf, startAccountsHarness, type AccountsHarness } from './accounts-harness.js';
import { adam, boss, eva, PASSWORD } from './sample-accounts.js';

const HOUR_MS = 3_600_000;

let db: Database;
let server: AccountsHarness;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  server = await startAccountsHarness(db);
});

afterEach(async () => {
  await server.stop();
  await db.destroy();
});

async function logIn(login = eva.login, password = PASSWORD): Promise<string> {
  return cookieOf(await server.submit('/login', { login, password }));
}

async function statusOf(headers: Record<string, string>, path = '/needs/calls:read'): Promise<number> {
  return (await server.ask(path.replace(':', '-'), { origin: server.url, ...headers }, 'POST')).status;
}

const OPERATOR = ['calls:read', 'numbers:read', 'calls:reject', 'monitor:read', 'operators:read', 'prompts:read'];
const SUPERVISOR = [
  ...OPERATOR,
  ...[
    'calls:control',
    'calls:listen',
    'recordings:read',
    'operators:control',
    'config:read',
    'metrics:read',
    'lines:read',
    'alarms:write',
  ],
];

describe('what a role may', () => {
  test.each([
    { person: eva, may: OPERATOR },
    { person: adam, may: SUPERVISOR },
    { person: boss, may: scopes },
  ])('$person.role: these routes and no others', async ({ person, may }) => {
    await server.accounts.setPassword(person.login, PASSWORD);
    const cookie = await logIn(person.login);
    for (const scope of scopes) {
      const expected = may.includes(scope) ? 200 : 403;
      expect(await statusOf({ cookie }, `/needs/${scope}`), scope).toBe(expected);
      expect(await statusOf(basic(person.login, PASSWORD), `/needs/${scope}`), scope).toBe(expected);
    }
  });

  test('the document takes and gives, at once; never from an admin', async () => {
    await server.accounts.setPassword('boss', PASSWORD);
    const [cookie, admin] = [await logIn(), await logIn('boss')];
    expect(await statusOf({ cookie }, '/needs/numbers:read')).toBe(200);
    server.company.roles = { operator: { numbers: false, listen: true, operators: true, delete_recordings: true } };
    expect(await statusOf({ cookie }, '/needs/numbers:read')).toBe(403);
    for (const scope of ['calls:listen', 'operators:control', 'recordings:delete'])
      expect(await statusOf({ cookie }, `/needs/${scope}`), scope).toBe(200);
    expect(await statusOf({ cookie: admin }, '/needs/numbers:read')).toBe(200);
  });
});

describe('login and password over HTTP Basic', () => {
  test('name the operator and the handset', async () => {
    const answer = await server.ask('/api/v1/me', basic(eva.login, PASSWORD));
    expect(await answer.json()).toMatchObject({ name: eva.login, operator: 7, handset: 'sales' });
  });

  test('are refused alike for a wrong password and an unknown login, then held up', async () => {
    const answers = await Promise.all(
      [eva.login, 'nobody'].map(async (login) => {
        const answer = await server.ask('/api/v1/me', basic(login, 'wrong'));
        return { status: answer.status, body: (await answer.json()) as unknown };
      }),
    );
    expect(answers[0]).toMatchObject({ status: 401, body: { detail: 'the login or the password is wrong' } });
    expect(answers[1]).toEqual(answers[0]);
    for (let time = 0; time < 4; time += 1) await server.ask('/api/v1/me', basic(eva.login, `wrong ${time}`));
    const locked = await server.ask('/api/v1/me', basic(eva.login, PASSWORD));
    expect([locked.status, locked.headers.get('retry-after')]).toEqual([429, '30']);
    expect(await logIn()).toBe('');
  });

  test('cost nothing where everybody may go', async () => {
    const before = server.hasher.checks;
    expect((await server.ask('/open', basic(eva.login, 'wrong'))).status).toBe(200);
    expect(server.hasher.checks).toBe(before);
  });

  test.each(['no-colon', '', ':', 'Eva@shop.example:', ':wrong', '\0:\0'])('nonsense is refused: %j', async (text) => {
    const headers = { authorization: `Basic ${Buffer.from(text).toString('base64')}` };
    expect((await server.ask('/api/v1/me', headers)).status).toBe(401);
  });

  test('that a browser sends by itself from somebody’s page change nothing', async () => {
    const headers = basic(eva.login, PASSWORD);
    expect(await statusOf({ ...headers, origin: 'https://evil.example' })).toBe(403);
    expect(await statusOf({ ...headers, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect((await server.ask('/needs/calls-read', headers, 'POST')).status).toBe(200);
  });
});

describe('sessions', () => {
  test('begin with name and password, out of reach of scripts and other sites', async () => {
    const answer = await server.submit('/login', { login: eva.login, password: PASSWORD, next: '/account' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account']);
    expect(answer.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict$/);
    const cookie = cookieOf(answer);
    expect(await statusOf({ cookie })).toBe(200);
    expect(await statusOf({ cookie, origin: 'https://evil.example' })).toBe(403);
    expect((await server.submit('/login', { login: eva.login, password: 'wrong' })).status).toBe(401);
  });

  test.each<[string, () => unknown]>([
    ['a new password', () => server.accounts.setPassword(eva.login, 'another password')],
    ['another role', () => void (server.company.people = [{ ...eva, role: 'supervisor' }])],
    ['being removed', () => void (server.company.people = [adam])],
    ['half a working day without a request', () => void (server.clock.at += 4 * HOUR_MS)],
  ])('end with %s', async (_, happens) => {
    const cookie = await logIn();
    expect(await statusOf({ cookie })).toBe(200);
    await happens();
    expect(await statusOf({ cookie })).toBe(401);
  });

  test('end after twelve hours, however busy', async () => {
    const cookie = await logIn();
    for (let hour = 0; hour < 11; hour += 1) {
      server.clock.at += HOUR_MS;
      expect(await statusOf({ cookie }), `after ${hour + 1} h`).toBe(200);
    }
    server.clock.at += HOUR_MS;
    expect(await statusOf({ cookie })).toBe(401);
  });

  test('end where they were logged out, and nowhere else', async () => {
    const [here, there] = [await logIn(), await logIn()];
    await server.submit('/logout', {}, here);
    expect([await statusOf({ cookie: here }), await statusOf({ cookie: there })]).toEqual([401, 200]);
  });

  test('live on when the gateway is started again; those that ended do not', async () => {
    const [cookie, loggedOut] = [await logIn(), await logIn()];
    await server.submit('/logout', {}, loggedOut);
    await server.stop();
    const stored = JSON.stringify(await db.selectFrom('sessions').selectAll().execute());
    expect(stored).not.toContain(cookie.split('=')[1]);
    server = await startAccountsHarness(db, server.clock);
    expect(await statusOf({ cookie })).toBe(200);
    expect(await statusOf({ cookie: loggedOut })).toBe(401);
  });

  test('that were logged out at another gateway on the database end here too, and are not stored again', async () => {
    const cookie = await logIn();
    await server.store.stop();
    const another = await startAccountsHarness(db, server.clock);
    try {
      await server.submit('/logout', {}, cookie);
      await server.store.stop();
      // Here it is still known; the request stores when it was seen.
      server.clock.at += HOUR_MS;
      const ask = () => another.ask('/needs/calls-read', { origin: another.url, cookie }, 'POST');
      await ask();
      await another.store.stop();
      expect(await db.selectFrom('sessions').selectAll().execute()).toEqual([]);
      expect(await db.selectFrom('audit').where('action', '=', 'logged_in').selectAll().execute()).toHaveLength(1);
      expect((await ask()).status).toBe(401);
    } finally {
      await another.stop();
    }
  });

  test('whose beginning could not be stored are stored with a later request', async () => {
    const write = vi.spyOn(db, 'transaction').mockImplementation(() => {
      throw new Error('the database is away');
    });
    const cookie = await logIn();
    await server.store.stop();
    write.mockRestore();
    server.clock.at += HOUR_MS;
    expect(await statusOf({ cookie })).toBe(200);
    await expect.poll(() => db.selectFrom('sessions').selectAll().execute()).toHaveLength(1);
    expect(await statusOf({ cookie })).toBe(200);
  });
});

describe('passwords over the API', () => {
  test('an admin makes one up for somebody, and it is shown this once', async () => {
    const answer = await server.ask('/api/v1/accounts/ADAM/password', bearer(ADMIN), 'PUT', {});
    const { password } = (await answer.json()) as { password: string };
    expect(await statusOf(basic('adam', password))).toBe(200);
    const listed = await server.ask('/api/v1/accounts', bearer(ADMIN));
    expect(await listed.json()).toMatchObject({ accounts: [{ has_password: true }, { has_password: true }, {}] });
  });

  test('nobody else sets them', async () => {
    await server.accounts.setPassword('adam', PASSWORD);
    for (const login of [eva.login, 'adam']) {
      const answer = await server.ask('/api/v1/accounts/adam/password', basic(login, PASSWORD), 'PUT', {});
      expect(answer.status).toBe(403);
    }
  });

  test('a token that may set passwords sets none of somebody who may do more than it', async () => {
    const token = await server.apiTokens.create({
      name: 'personnel',
      scopes: ['accounts:write', 'calls:read', 'numbers:read', 'calls:reject', ...OPERATOR] as never,
      expiresAt: null,
    });
    const set = (login: string) =>
      server.ask(`/api/v1/accounts/${login}/password`, bearer(token ?? ''), 'PUT', { password: 'ten or more' });
    expect((await set('boss')).status).toBe(403);
    expect((await set(encodeURIComponent(eva.login))).status).toBe(200);
  });

  test('one’s own needs the old one; too short is refused', async () => {
    const change = (old: string, fresh: string) =>
      server.ask('/api/v1/me/password', basic(eva.login, PASSWORD), 'POST', { old, new: fresh });
    const refused = await change('wrong', 'another password');
    expect([refused.status, await refused.json()]).toMatchObject([
      422,
      { errors: [{ field: 'body.old', code: 'wrong_password' }] },
    ]);
    expect((await change(PASSWORD, 'short')).status).toBe(422);
    expect((await change(PASSWORD, 'another password')).status).toBe(200);
    expect(await statusOf(basic(eva.login, PASSWORD))).toBe(401);
    expect(await statusOf(basic(eva.login, 'another password'))).toBe(200);
  });

  test('unknown operators are 404', async () => {
    expect((await server.ask('/api/v1/accounts/nobody/password', bearer(ADMIN), 'PUT', {})).status).toBe(404);
  });
});

describe('tokens', () => {
  async function make(body: Record<string, unknown>, as = bearer(ADMIN)): Promise<{ status: number; token: string }> {
    const answer = await server.ask('/api/v1/tokens', as, 'POST', body);
    const { token = '' } = (await answer.json()) as { token?: string };
    return { status: answer.status, token };
  }

  test('do what they were made for and nothing else, until they are revoked', async () => {
    const { status, token } = await make({ name: 'shop', scopes: ['calls:read'] });
    expect(status).toBe(201);
    expect([await statusOf(bearer(token)), await statusOf(bearer(token), '/needs/calls:listen')]).toEqual([200, 403]);
    const listed = await server.ask('/api/v1/tokens', bearer(ADMIN));
    const text = await listed.text();
    expect(text).toContain('"last_used_at":"1970-');
    expect(text).not.toContain(token);
    expect((await server.ask('/api/v1/tokens/shop', bearer(ADMIN), 'DELETE')).status).toBe(204);
    expect(await statusOf(bearer(token))).toBe(401);
    expect((await server.ask('/api/v1/tokens/shop', bearer(ADMIN), 'DELETE')).status).toBe(404);
  });

  test('are stored as hashes, and known after a restart', async () => {
    const { token } = await make({ name: 'shop', scopes: ['calls:read'] });
    expect(JSON.stringify(await db.selectFrom('api_tokens').selectAll().execute())).not.toContain(token);
    await server.stop();
    server = await startAccountsHarness(db);
    expect(await statusOf(bearer(token))).toBe(200);
  });

  test('end when they were made to', async () => {
    const expires_at = new Date(server.clock.at + HOUR_MS).toISOString();
    const { token } = await make({ name: 'shop', scopes: ['calls:read'], expires_at });
    const cookie = cookieOf(await server.submit('/login', { token }));
    expect([await statusOf(bearer(token)), await statusOf({ cookie })]).toEqual([200, 200]);
    server.clock.at += HOUR_MS;
    expect([await statusOf(bearer(token)), await statusOf({ cookie })]).toEqual([401, 401]);
  });

  test('have names of their own, and scopes that there are', async () => {
    expect((await make({ name: 'shop', scopes: ['calls:read'] })).status).toBe(201);
    expect((await make({ name: 'shop', scopes: ['calls:read'] })).status).toBe(409);
    expect((await make({ name: 'admin', scopes: ['calls:read'] })).status).toBe(409);
    expect((await make({ name: '@boss', scopes: ['calls:read'] })).status).toBe(422);
    expect((await make({ name: 'x', scopes: ['calls:everything'] })).status).toBe(422);
    expect((await make({ name: 'x', scopes: [] })).status).toBe(422);
  });

  test('give nobody more than they have', async () => {
    const { token } = await make({ name: 'personnel', scopes: ['accounts:write', 'calls:read'] });
    expect((await make({ name: 'more', scopes: ['config:write'] }, bearer(token))).status).toBe(403);
    expect((await make({ name: 'less', scopes: ['calls:read'] }, bearer(token))).status).toBe(201);
  });

  test('let in at the login page as well', async () => {
    expect(await statusOf({ cookie: cookieOf(await server.submit('/login', { token: ADMIN })) })).toBe(200);
    expect((await server.submit('/login', { token: 'wrong' })).status).toBe(401);
  });
});

describe('a WebSocket', () => {
  test('opens to a session on our own pages, a password, and a token in the header, the address or the subprotocol', async () => {
    const cookie = await logIn();
    const token = (await server.apiTokens.create({ name: 'panel', scopes: ['monitor:read'], expiresAt: null })) ?? '';
    const weak = (await server.apiTokens.create({ name: 'weak', scopes: ['calls:read'], expiresAt: null })) ?? '';
    const origin = server.url;
    const foreign = 'https://evil.example';
    const cases: [number, string, Record<string, string>][] = [
      [200, '', { cookie, origin }],
      [403, '', { cookie, origin: foreign }],
      [403, '', { cookie }],
      [200, '', basic(eva.login, PASSWORD)],
      [401, '', basic(eva.login, 'wrong')],
      [403, '', { ...basic(eva.login, PASSWORD), origin: foreign }],
      [200, '', bearer(token)],
      [200, `?token=${token}`, { origin: foreign }],
      [200, '', { 'sec-websocket-protocol': `cordboard, token.${token}`, origin: foreign }],
      [401, '?token=wrong', { cookie, origin }],
      [403, `?token=${weak}`, {}],
      [401, '', {}],
    ];
    for (const [status, query, headers] of cases)
      expect(await server.upgrade(query, headers), JSON.stringify([query, headers])).toMatchObject({ status });
  });

  test('is good for as long as the password is', async () => {
    await server.upgrade('', basic(eva.login, PASSWORD));
    const [watcher] = server.upgraded;
    expect(watcher?.again()?.name).toBe(eva.login);
    await server.accounts.setPassword(eva.login, 'another password');
    expect(watcher?.again()).toBeUndefined();
  });

  test('of somebody who is called like a token is theirs, and not the token’s', async () => {
    server.company.people = [{ ...eva, login: 'admin' }];
    await server.upgrade('', basic('admin', PASSWORD));
    const [watcher] = server.upgraded;
    expect(watcher?.again()?.scopes).toEqual(watcher?.who.scopes);
    expect(watcher?.who.scopes).not.toContain('config:write');
    const cookie = await logIn('admin');
    expect([await statusOf({ cookie }), await statusOf({ cookie }, '/needs/config:write')]).toEqual([200, 403]);
  });
});
