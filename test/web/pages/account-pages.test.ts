import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../../src/storage/database.js';
import {
  ADMIN,
  basic,
  bearer,
  cookieOf,
  startAccountsHarness,
  type AccountsHarness,
} from '../../accounts/accounts-harness.js';
import { adam, eva, PASSWORD } from '../../accounts/sample-accounts.js';

let db: Database;
let server: AccountsHarness;
let admin: string;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  server = await startAccountsHarness(db);
  admin = cookieOf(await server.submit('/login', { token: ADMIN }));
});

afterEach(async () => {
  await server.stop();
  await db.destroy();
});

async function look(cookie = admin, path = '/accounts'): Promise<string> {
  return (await server.ask(path, { cookie })).text();
}

/** What a page shows this once. */
async function secretOf(answer: Response): Promise<string> {
  return /<code>([\w-]+)<\/code>/.exec(await answer.text())?.[1] ?? '';
}

const jana = { id: '3', name: 'Jana <script>', login: 'jana', role: 'operator', handset: '' };

test('a person is added, gets a password and another role, and is removed: the document follows', async () => {
  expect((await server.submit('/accounts', jana, admin)).headers.get('location')).toBe('/accounts');
  expect(server.companies.company.operators).toMatchObject([{ id: 3, login: 'jana', role: 'operator' }]);
  expect(await look()).toMatch(/Jana &lt;script&gt;[^]*no password yet/);

  const password = await secretOf(await server.submit('/accounts/jana/password', {}, admin));
  const cookie = cookieOf(await server.submit('/login', { login: 'JANA', password }));
  expect(await look(cookie, '/account')).toContain('>jana</a>');
  expect((await server.ask('/accounts', { cookie })).status).toBe(403);

  await server.submit('/accounts/role', { id: '3', role: 'supervisor' }, admin);
  expect(server.companies.company.operators).toMatchObject([{ id: 3, role: 'supervisor' }]);
  expect((await server.ask('/account', { cookie })).headers.get('location')).toBe('/login?next=%2Faccount');

  await server.submit('/accounts/remove', { id: '3' }, admin);
  expect(server.companies.company.operators).toEqual([]);
  expect(await look()).not.toContain('jana');
});

test.each([
  [{ ...jana, login: 'a b' }, 422, 'e-mail'],
  [{ ...jana, role: 'king' }, 422, 'role'],
  [{ ...jana, handset: 'nowhere' }, 422, 'there is no handset'],
  [{ ...jana, id: '0' }, 422, 'id'],
])('what cannot be is refused, with the reason: %j', async (person, status, says) => {
  const answer = await server.submit('/accounts', person, admin);
  expect(answer.status).toBe(status);
  expect(await answer.text()).toContain(says);
});

test('ids and logins are unique', async () => {
  await server.submit('/accounts', jana, admin);
  expect((await server.submit('/accounts', jana, admin)).status).toBe(409);
  expect((await server.submit('/accounts', { ...jana, id: '4', login: 'JANA' }, admin)).status).toBe(422);
  expect((await server.submit('/accounts/role', { id: '99', role: 'admin' }, admin)).status).toBe(404);
});

test('who may set passwords but not change the configuration sees no forms for that, and cannot send them', async () => {
  const personnel = await server.apiTokens.create({
    name: 'p',
    scopes: ['accounts:write', 'calls:read'],
    expiresAt: null,
  });
  const cookie = cookieOf(await server.submit('/login', { token: personnel ?? '' }));
  expect(await look(cookie)).not.toMatch(/action="\/accounts(\/role|\/remove)?"/);
  expect((await server.submit('/accounts', jana, cookie)).status).toBe(403);
});

test('a token is made for chosen scopes, to the end of a day, and revoked', async () => {
  const until = new Date(server.clock.at).toISOString().slice(0, 10);
  const token = await secretOf(await server.submit('/tokens', { name: 'shop', scope: 'calls:read', until }, admin));
  expect((await server.ask('/api/v1/me', bearer(token))).status).toBe(200);
  expect(await look()).toMatch(new RegExp(`shop[^]*calls:read[^]*"Expires">${until}<`));
  server.clock.at = Date.parse(until) + 86_400_000;
  expect((await server.ask('/api/v1/me', bearer(token))).status).toBe(401);
  admin = cookieOf(await server.submit('/login', { token: ADMIN }));
  await server.submit('/tokens/shop/revoke', {}, admin);
  expect(await look()).not.toContain('/tokens/shop/revoke');
});

test('one’s own password is changed with the old one; sessions end; a token has none', async () => {
  const cookie = cookieOf(await server.submit('/login', { login: eva.login, password: PASSWORD }));
  const change = (old: string, as = cookie) => server.submit('/account', { old, new: 'another password' }, as);
  expect((await change('wrong')).status).toBe(422);
  expect((await change(PASSWORD, admin)).status).toBe(403);
  const { status, headers } = await change(PASSWORD);
  expect([status, headers.get('location')]).toEqual([303, '/login?changed=1']);
  expect(await look('', '/login?changed=1')).toContain('Password changed');
  expect((await server.ask('/account', { cookie })).status).toBe(303);
  expect((await server.ask('/api/v1/me', basic(eva.login, 'another password'))).status).toBe(200);
});

test('too many wrong passwords: the login page says how long to wait', async () => {
  for (let time = 0; time < 5; time += 1) await server.submit('/login', { login: 'adam', password: `wrong ${time}` });
  const answer = await server.submit('/login', { login: adam.login, password: PASSWORD });
  expect(answer.headers.get('set-cookie')).toBeNull();
  expect(await answer.text()).toContain('Try again in 30 s');
});
