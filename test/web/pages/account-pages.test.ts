import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../../src/storage/database.js';
import { ADMIN, basic, cookieOf, startAccountsHarness, type AccountsHarness } from '../../accounts/accounts-harness.js';
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

async function look(cookie: string, path: string): Promise<string> {
  return (await server.ask(path, { cookie })).text();
}

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
