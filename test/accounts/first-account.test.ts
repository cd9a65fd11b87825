import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { ADMIN, basic, bearer, cookieOf, startAccountsHarness, type AccountsHarness } from './accounts-harness.js';
import { PASSWORD, virtualClock } from './sample-accounts.js';

const DAY_MS = 86_400_000;
const ROOT = { login: 'root@company.example', name: 'Root', password: PASSWORD };

let db: Database;
let server: AccountsHarness;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  server = await startAccountsHarness(db, virtualClock(), { isNew: true });
});

afterEach(async () => {
  await server.stop();
  await db.destroy();
});

async function codeOfNewLink(): Promise<string> {
  const answer = await server.ask('/api/v1/setup/link', bearer(ADMIN), 'POST');
  expect(answer.status).toBe(201);
  const { url, expires_at } = (await answer.json()) as { url: string; expires_at: string };
  expect(url).toMatch(/^http:\/\/gateway\.test\/setup\?code=[\w-]{43}$/);
  expect(Date.parse(expires_at)).toBe(server.clock.now() + DAY_MS);
  return new URL(url).searchParams.get('code') ?? '';
}

async function create(code: string, more: Record<string, unknown> = {}): Promise<{ status: number; code?: string }> {
  const answer = await server.ask('/api/v1/setup/account', {}, 'POST', { code, ...ROOT, ...more });
  const { code: kind } = (await answer.json()) as { code?: string };
  return kind === undefined ? { status: answer.status } : { status: answer.status, code: kind };
}

const pageOf = (code: string) => server.ask(`/setup?code=${code}`);
const REFUSED = { status: 403, code: 'setup_code_invalid' };

test('the code of the link creates an admin, who is logged in and can log in again', async () => {
  const code = await codeOfNewLink();
  expect(await (await pageOf(code)).text()).toContain('wizard');
  const answer = await server.ask('/api/v1/setup/account', {}, 'POST', { code, ...ROOT });
  expect(answer.status).toBe(201);
  expect(answer.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict$/);
  const me = await server.ask('/api/v1/me', { cookie: cookieOf(answer) });
  expect(await me.json()).toMatchObject({ name: ROOT.login, operator: 1 });
  expect(server.accounts.list()).toMatchObject([{ login: ROOT.login, role: 'admin', hasPassword: true }]);
  expect((await server.ask('/api/v1/me', basic(ROOT.login, PASSWORD))).status).toBe(200);
});

test('a used code, and every other one, is worth nothing once there is an account', async () => {
  const code = await codeOfNewLink();
  await create(code);
  expect(await create(code, { login: 'second' })).toEqual({ status: 410, code: 'account_exists' });
  expect(await create('', { login: 'second' })).toEqual({ status: 410, code: 'account_exists' });
  expect((await server.ask('/api/v1/setup/link', bearer(ADMIN), 'POST')).status).toBe(409);
  const page = await pageOf(code);
  expect([page.status, page.headers.get('location')]).toEqual([303, '/login?next=%2Fsetup']);
  expect(server.accounts.list()).toHaveLength(1);
});

test('an account that was made in another way ends the set-up link as well', async () => {
  const code = await codeOfNewLink();
  await server.accounts.setPassword('boss', PASSWORD);
  expect(await create(code)).toEqual({ status: 410, code: 'account_exists' });
});

test('of two requests with one code, one creates an account', async () => {
  const code = await codeOfNewLink();
  const results = await Promise.all(['one', 'two', 'three'].map((login) => create(code, { login })));
  expect(results.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(server.accounts.list()).toHaveLength(1);
});

describe('a code that is not valid', () => {
  test('is refused: a wrong one, none, a replaced one, the stored hash', async () => {
    const replaced = await codeOfNewLink();
    const current = await codeOfNewLink();
    const row = await db.selectFrom('meta').select('value').where('key', '=', 'setup_code').executeTakeFirstOrThrow();
    expect(row.value).not.toContain(current);
    const [hash = ''] = row.value.split(' ');
    for (const code of [replaced, '', `${current}x`, current.toUpperCase(), hash]) {
      expect(await create(code), code).toEqual(REFUSED);
      const page = await pageOf(code);
      expect([page.status, (await page.text()).includes('wizard')]).toEqual([403, false]);
    }
    expect(server.accounts.list().filter(({ hasPassword }) => hasPassword)).toEqual([]);
  });

  test('is refused after a day', async () => {
    const code = await codeOfNewLink();
    server.clock.at += DAY_MS - 1;
    expect((await pageOf(code)).status).toBe(200);
    server.clock.at += 1;
    expect(await create(code)).toEqual(REFUSED);
  });

  test('is refused without any link', async () => {
    expect(await create('anything')).toEqual(REFUSED);
  });

  test('slows its sender down, on the page and over the API; not the holder of the link', async () => {
    const code = await codeOfNewLink();
    for (let time = 0; time < 5; time += 1) {
      expect(await create(`guess ${time}`)).toEqual(REFUSED);
      expect((await pageOf(`guess-${time}`)).status).toBe(403);
    }
    const slowed = await server.ask('/api/v1/setup/account', {}, 'POST', { code: 'guess', ...ROOT });
    expect([slowed.status, slowed.headers.get('retry-after')]).toEqual([429, '30']);
    expect((await pageOf('guess')).status).toBe(429);
    expect(await create(code)).toEqual({ status: 201 });
  });
});

test('a link needs the right to create accounts', async () => {
  expect((await server.ask('/api/v1/setup/link', {}, 'POST')).status).toBe(401);
  const token = (await server.apiTokens.create({ name: 'shop', scopes: ['config:write'], expiresAt: null })) ?? '';
  expect((await server.ask('/api/v1/setup/link', bearer(token), 'POST')).status).toBe(403);
});

test.each([
  { refused: 'a weak password', body: { password: 'password1234' }, code: 'invalid_request' },
  { refused: 'a short password', body: { password: 'short' }, code: 'invalid_request' },
  { refused: 'an impossible login', body: { login: 'ř' }, code: 'invalid_request' },
])('$refused is refused, and the code can still be used', async ({ body, code: kind }) => {
  const code = await codeOfNewLink();
  expect(await create(code, body)).toEqual({ status: 422, code: kind });
  expect(await create(code)).toEqual({ status: 201 });
});

test('a login of the document without a password becomes the admin', async () => {
  await server.companies.update((company) => ({
    ...company,
    operators: [{ id: 4, login: 'Root@company.example', name: 'Nobody yet', role: 'operator' }],
  }));
  const code = await codeOfNewLink();
  expect(await create(code)).toEqual({ status: 201 });
  expect(server.accounts.list()).toMatchObject([{ id: 4, login: ROOT.login, name: 'Root', role: 'admin' }]);
});

test('the login page says how to begin, until there is an account', async () => {
  const hint = 'cordboard setup-link';
  expect(await (await server.ask('/login')).text()).toContain(hint);
  await server.accounts.setPassword('boss', PASSWORD);
  expect(await (await server.ask('/login')).text()).not.toContain(hint);
});
