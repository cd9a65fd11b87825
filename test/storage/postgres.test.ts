import { sql, type Kysely } from 'kysely';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { readMeta, writeMeta } from '../../src/storage/meta.js';
import type { Tables } from '../../src/storage/schema.js';

/** What is special about PostgreSQL; everything else is in the tests of the stores, which run on both databases. */

let db: Database;
beforeEach(async () => {
  // See test/support/on-postgres.ts.
  db = await openDatabase('same');
});
afterEach(() => db.destroy());

async function columnsOf(database: Kysely<Tables>): Promise<string[]> {
  const tables = await database.introspection.getTables();
  return tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`)).sort();
}

it('has the tables and columns of SQLite', async () => {
  const real = await vi.importActual<{ openDatabase: typeof openDatabase }>('../../src/storage/database.js');
  const sqlite = await real.openDatabase(':memory:');
  expect(await columnsOf(db)).toEqual(await columnsOf(sqlite));
  await sqlite.destroy();
});

it('orders texts by their characters, as SQLite, on a server with the rules of English', async () => {
  for (const name of ['b', 'B', 'á', 'a']) await writeMeta(db, name, '');
  const rows = await db
    .selectFrom('meta')
    .select('key')
    .where('key', 'in', ['a', 'b', 'B', 'á'])
    .orderBy('key')
    .execute();
  expect(rows.map(({ key }) => key)).toEqual(['B', 'a', 'b', 'á']);
});

it('a transaction of one process waits for that of another', async () => {
  const other = await openDatabase('same');
  await writeMeta(db, 'count', '0');
  const increment = (database: Database) =>
    database
      .transaction()
      .execute(async (tx) => writeMeta(tx, 'count', String(Number(await readMeta(tx, 'count')) + 1)));
  await Promise.all([db, other].flatMap((database) => Array.from({ length: 15 }, () => increment(database))));
  expect(await readMeta(db, 'count')).toBe('30');
  await other.destroy();
});

const cutConnections = async (database: Database) => {
  const others = sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
  await others.execute(database);
};

it('a lost connection is made again, and a transaction that it cut is not stored', async () => {
  const other = await openDatabase('same');
  const cut = db.transaction().execute(async (tx) => {
    await writeMeta(tx, 'half', 'yes');
    await cutConnections(other);
    await writeMeta(tx, 'other half', 'yes');
  });
  await expect(cut).rejects.toMatchObject({ code: 'POSTGRES_UNREACHABLE' });
  expect(await readMeta(db, 'half')).toBeUndefined();
  await db.write(() => [{ sql: 'insert into meta (key, value) values (?, ?)', parameters: ['whole', 'yes'] }]);
  expect(await readMeta(db, 'whole')).toBe('yes');
  await other.destroy();
});

it('stores all statements of a write or none, and goes on after a failed one', async () => {
  const statement = (key: string, value: unknown) => ({
    sql: 'insert into meta (key, value) values (?, ?)',
    parameters: [key, value],
  });
  const failed = db.write(() => [statement('first', 'a'), statement('second', null), statement('third', 'c')]);
  await expect(failed).rejects.toMatchObject({ code: 'POSTGRES_CONSTRAINT' });
  expect(await readMeta(db, 'first')).toBeUndefined();
  await db.write(() => [statement('first', 'a'), statement('third', 'nul\0')]);
  expect(await readMeta(db, 'third')).toBe('nul\ufffd');
});

it('nothing can be written over the connection of the history', async () => {
  await expect(sql`delete from meta`.execute(db.history)).rejects.toMatchObject({ code: 'POSTGRES_READ_ONLY' });
});
