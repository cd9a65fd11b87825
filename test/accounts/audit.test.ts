import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { companySchema } from '../../src/company/company.js';
import { actAs } from '../../src/http/actor.js';
import { DAY_MS, MINUTE_MS } from '../../src/lib/time.js';
import { purgeAudit, recordAudit } from '../../src/storage/audit-log.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { ADMIN, basic, bearer, startAccountsHarness, type AccountsHarness } from './accounts-harness.js';
import { boss, eva, PASSWORD } from './sample-accounts.js';

let db: Database;
let server: AccountsHarness;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  server = await startAccountsHarness(db);
  await db.deleteFrom('audit').execute();
});
afterEach(async () => {
  await server.stop();
  await db.destroy();
});

interface Entry {
  id: number;
  at: string;
  action: string;
  actor: string;
  detail: Record<string, unknown>;
}

async function audit(query = ''): Promise<{ entries: Entry[]; next: number | null }> {
  const answer = await server.ask(`/api/v1/audit${query}`, bearer(ADMIN));
  expect(answer.status).toBe(200);
  return (await answer.json()) as { entries: Entry[]; next: number | null };
}

const at = (instant: number) => recordAudit(db, { at: instant, action: 'person_exported' });

test('logins and failed logins, without what was typed for an unknown login', async () => {
  await server.submit('/login', { login: eva.login, password: PASSWORD });
  await server.submit('/login', { login: eva.login, password: 'wrong password' });
  await server.submit('/login', { login: 'my secret password', password: 'x' });
  await server.submit('/login', { token: ADMIN });
  await server.ask('/api/v1/me', basic(eva.login, PASSWORD));
  await server.store.stop();
  const { entries } = await audit();
  const byAction = entries.map(({ id, at: when, ...entry }) => ({ ...entry, hasId: id > 0 && when !== '' }));
  expect(byAction).toHaveLength(4);
  const rest = { hasId: true };
  const nobody = { actor: '', actor_id: null, actor_kind: 'gateway', ...rest };
  const failed = { action: 'login_failed', detail: { address: '127.0.0.1' }, ...nobody };
  const begun = { action: 'logged_in', subject: '', detail: {}, ...rest };
  expect(byAction).toEqual(
    expect.arrayContaining([
      { ...begun, actor: `@${eva.login}`, actor_id: eva.id, actor_kind: 'operator' },
      { ...begun, actor: 'admin', actor_id: null, actor_kind: 'token' },
      { ...failed, subject: `@${eva.login}` },
      { ...failed, subject: '' },
    ]),
  );
  expect(JSON.stringify(entries)).not.toContain('secret');
});

test('passwords and tokens, with their actors and without the secrets', async () => {
  await server.accounts.setPassword(boss.login, PASSWORD);
  const asBoss = basic(boss.login, PASSWORD);
  const set = await server.ask(`/api/v1/accounts/${eva.login}/password`, asBoss, 'PUT', {
    password: 'a new password 1',
  });
  expect(set.status).toBe(200);
  const created = await server.ask('/api/v1/tokens', asBoss, 'POST', { name: 'shop', scopes: ['calls:read'] });
  const { token } = (await created.json()) as { token: string };
  await server.ask('/api/v1/tokens/shop', bearer(ADMIN), 'DELETE');
  const { entries } = await audit();
  expect(entries.slice(0, 3)).toMatchObject([
    { action: 'token_revoked', actor: 'admin', actor_kind: 'token', subject: 'shop' },
    {
      action: 'token_created',
      actor: `@${boss.login}`,
      actor_id: boss.id,
      subject: 'shop',
      detail: { scopes: ['calls:read'], expires_at: null },
    },
    { action: 'password_set', actor: `@${boss.login}`, subject: `@${eva.login}` },
  ]);
  for (const secret of [token, 'a new password 1']) expect(JSON.stringify(entries)).not.toContain(secret);
});

test('a replaced token is valid until there is the new one', async () => {
  const isValid = ({ token }: { token: string }) => server.apiTokens.verify(token) !== undefined;
  const create = async (more: object) => {
    const body = { name: 'shop', scopes: ['calls:read'], ...more };
    const answer = await server.ask('/api/v1/tokens', bearer(ADMIN), 'POST', body);
    return { status: answer.status, token: ((await answer.json()) as { token: string }).token };
  };
  const first = await create({ replace: true });
  expect((await create({})).status).toBe(409);
  await sql`create trigger full_disk before insert on api_tokens begin select raise(abort, 'disk full'); end`.execute(
    db,
  );
  expect((await create({ replace: true })).status).toBeGreaterThanOrEqual(500);
  expect(isValid(first)).toBe(true);
  await sql`drop trigger full_disk`.execute(db);
  const second = await create({ replace: true });
  expect([first, second].map(isValid)).toEqual([false, true]);
  const { entries } = await audit();
  expect(entries.map(({ action }) => action)).toEqual(['token_created', 'token_revoked', 'token_created']);
});

test('a new version of the configuration, its accounts and roles', async () => {
  const company = companySchema.parse({
    version: 1,
    operators: [{ id: 7, login: 'eva', name: 'Eva', mobile: '+420777888999' }],
    roles: { operator: { listen: true } },
  });
  await actAs({ name: 'boss', scopes: [], operator: { id: 1 } }, () => server.companies.apply({ company }));
  await server.companies.apply({ company: { ...company, operators: [] } }, { dryRun: true });
  await server.companies.apply(
    { company: { ...company, operators: [] } },
    { cause: { action: 'draft_published', detail: { draft: 'd_1' } } },
  );
  const { entries } = await audit();
  expect(entries).toMatchObject([
    { action: 'account_removed', subject: 'operators/7', actor_kind: 'gateway' },
    { action: 'draft_published', subject: 'version 2', detail: { draft: 'd_1', changes: { operators: 1 } } },
    { action: 'account_added', subject: 'operators/7', detail: { login: 'eva', role: 'operator', version: 1 } },
    { action: 'roles_changed', actor: '@boss' },
    { action: 'configuration_published', actor: '@boss', actor_id: 1, subject: 'version 1' },
  ]);
  expect(JSON.stringify(entries)).not.toContain('777888999');
});

test('a change that is not stored has no entry', async () => {
  await server.apiTokens.create({ name: 'shop', scopes: [], expiresAt: null });
  await sql`create trigger refuse before insert on audit begin select raise(abort, 'refused'); end`.execute(db);
  await expect(server.apiTokens.create({ name: 'other', scopes: [], expiresAt: null })).rejects.toThrow('refused');
  const tokens = await db.selectFrom('api_tokens').select('name').execute();
  expect(tokens).toEqual([{ name: 'shop' }]);
});

test('pages, filters and CSV', async () => {
  const start = Date.parse('2026-11-21T10:00:00Z');
  for (let minute = 0; minute < 5; minute += 1) await at(start + minute * MINUTE_MS);
  await actAs({ name: 'robot', scopes: [] }, () =>
    recordAudit(db, { at: start, action: 'call_listened', subject: '=1' }),
  );
  const first = await audit('?limit=4');
  const second = await audit(`?limit=4&before=${first.next ?? ''}`);
  expect([first.entries.length, second.entries.length, second.next]).toEqual([4, 2, null]);
  const ids = [...first.entries, ...second.entries].map(({ id }) => id);
  expect(ids).toEqual([...ids].sort((a, b) => b - a));
  expect(new Set(ids).size).toBe(6);
  expect((await audit('?actor=robot')).entries).toHaveLength(1);
  expect((await audit('?action=person_exported')).entries).toHaveLength(5);
  expect((await audit('?from=2026-11-21T10:01:00Z&to=2026-11-21T10:03:00Z')).entries).toHaveLength(2);
  const response = await server.ask('/api/v1/audit.csv?actor=robot', bearer(ADMIN));
  expect((await response.text()).replace('\uFEFF', '')).toBe(
    `id,at,actor_kind,actor_id,actor,action,subject,detail\r\n${ids[0] ?? ''},2026-11-21T10:00:00.000Z,token,,robot,call_listened,'=1,{}\r\n`,
  );
  const [exported] = (await audit('?action=audit_exported')).entries;
  expect(exported).toMatchObject({ actor: 'admin', detail: { actor: 'robot', from: null, to: null } });
});

test('needs the scope audit:read', async () => {
  expect((await server.ask('/api/v1/audit', basic(eva.login, PASSWORD))).status).toBe(403);
});

test('is purged by age and bounded', async () => {
  await at(0);
  await at(DAY_MS);
  expect(await purgeAudit({ db, keepDays: () => 1 }).run(DAY_MS + 1)).toBe(1);
  await sql`update sqlite_sequence set seq = 200000 where name = 'audit'`.execute(db);
  await at(DAY_MS);
  expect((await audit()).entries).toHaveLength(1);
});
