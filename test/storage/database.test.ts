import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Kysely, Migrator, sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../src/storage/database.js';
import type { Tables } from '../../src/storage/schema.js';
import { migrations } from '../../src/storage/migrations.js';
import { SqliteDialect } from '../../src/storage/sqlite-dialect.js';
import { openConnection } from '../../src/storage/sqlite/open-connection.js';

let dir: string;
let file: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-database-'));
  file = path.join(dir, 'test.db');
});
afterEach(() => rm(dir, { recursive: true }));

async function byHand(statement: string): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect(() => openConnection({ filename: file, pragmas: [] })) });
  await sql.raw(statement).execute(db);
  await db.destroy();
}

it('interrupted migrations, as by kill -9, leave no change behind and start again', async () => {
  // Blocks the middle of the second one.
  await byHand('create table webhook_attempts (x)');
  await expect(openDatabase(file)).rejects.toThrow('webhook_attempts');
  await byHand('drop table webhook_attempts');
  const db = await openDatabase(file);
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(migrations));
  await db.destroy();
});

/** The tables from before calls had their own rows. */
async function oldDatabase(): Promise<Kysely<Tables>> {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect(() => openConnection({ filename: file, pragmas: [] })) });
  const before = Object.entries(migrations).filter(([name]) => name < '0016');
  const provider = { getMigrations: () => Promise.resolve(Object.fromEntries(before)) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  expect(error).toBeUndefined();
  await db.insertInto('programs').values({ hash: 'h', body: '{}' }).execute();
  return db;
}

it('calls of an old database get their known outcome; unreadable data does not block the migration', async () => {
  const old = await oldDatabase();
  const flow = (id: string, over: number, summary: object | string, state: object, kind = 'plan') =>
    old
      .insertInto('flows')
      .values({
        id,
        kind,
        program: 'h',
        over,
        started_at: 1000,
        updated_at: 99_000,
        summary: typeof summary === 'string' ? summary : JSON.stringify(summary),
        state: JSON.stringify(state),
      })
      .execute();
  const entry = (flow_id: string, seq: number, at: number, kind: string, data: object) =>
    old
      .insertInto('timeline')
      .values({ flow_id, seq, at, kind, data: JSON.stringify(data) })
      .execute();
  const line = '+420222333444';
  const incoming = { line, direction: 'incoming', endedAt: 60_000, endedBy: 'handset' };
  await flow('answered', 1, incoming, { result: 'SUCCESS', talkedAt: 11_000, agent: { handset: 'sales' } });
  await entry('answered', 0, 2000, 'queued', { queue: 12 });
  await entry('answered', 1, 11_000, 'queue_answered', { queue: 12, handset: 'sales', waited_ms: 9000 });
  await entry('answered', 2, 60_000, 'queue_left', { queue: 12, waited_ms: 58_000 });
  await flow('lost', 1, { ...incoming, endedBy: 'caller' }, { result: 'ABANDONED', talkedAt: null, agent: null });
  await entry('lost', 0, 2000, 'queued', { queue: 13 });
  const outgoing = { line, direction: 'outgoing', endedAt: 60_000, endedBy: 'caller' };
  await flow('clicked', 1, outgoing, { result: 'NO_ANSWER', talkedAt: null, handset: 'sales' });
  await flow('running', 0, { ...incoming, endedAt: null, endedBy: null }, { result: 'ABANDONED', talkedAt: null });
  await flow('given_up', 1, { ...incoming, endedAt: null, endedBy: null }, { result: null, talkedAt: null });
  await flow('damaged', 1, '{"line":', {});
  const standing = { endedBy: 'b', failed: null, bridgedAt: 20_000, endedAt: 50_000 };
  await flow('bridge', 1, outgoing, { standing, legs: { b: { role: 'driver' } } }, 'bridge');
  const failed = { leg: 'b', reason: 'busy', detail: null };
  await flow('busy', 1, outgoing, { standing: { endedBy: null, failed, bridgedAt: null, endedAt: 9000 } }, 'bridge');
  await old.destroy();

  const db = await openDatabase(file);
  const rows = await db.selectFrom('calls').selectAll().execute();
  const row = (id: string) => rows.find((each) => each.id === id);
  expect(row('answered')).toMatchObject({
    outcome: 'answered',
    direction: 'incoming',
    line,
    queue: 12,
    waited_ms: 9000,
    talk_ms: 49_000,
    agent_kind: 'handset',
    agent: 'sales',
    ended_at: 60_000,
    ended_by: 'handset',
    over: 1,
  });
  expect(row('lost')).toMatchObject({ outcome: 'lost', queue: 13, waited_ms: 58_000, talk_ms: 0, ended_by: 'caller' });
  expect(row('clicked')).toMatchObject({ outcome: 'unanswered', direction: 'outgoing', ended_by: 'handset' });
  expect(row('running')).toMatchObject({ outcome: null, over: 0, ended_at: null });
  expect(row('given_up')).toMatchObject({ outcome: 'failed', ended_by: 'fault', ended_at: 99_000 });
  expect(row('damaged')).toMatchObject({ outcome: 'failed', over: 1 });
  const driver = { agent_kind: 'party', agent: 'driver' };
  expect(row('bridge')).toMatchObject({ outcome: 'answered', ...driver, talk_ms: 30_000, ended_by: 'b' });
  expect(row('busy')).toMatchObject({ outcome: 'busy', talk_ms: 0, ended_by: 'unanswered' });
  await db.destroy();
});

it('a transaction that SQLite has rolled back automatically fails with its own error, and the next one works', async () => {
  const db = await openDatabase(file);
  const failed = db.transaction().execute(async (tx) => {
    await sql`insert into meta (key, value) values ('a', '1')`.execute(tx);
    await sql`rollback`.execute(tx);
    throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  });
  await expect(failed).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  await db.transaction().execute((tx) => sql`insert into meta (key, value) values ('b', '2')`.execute(tx));
  expect(
    (await db.selectFrom('meta').where('key', '!=', 'tables').select('key').execute()).map(({ key }) => key),
  ).toEqual(['b']);
  await db.destroy();
});
