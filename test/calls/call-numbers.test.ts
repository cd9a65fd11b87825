import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Migrator } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CallNumbers } from '../../src/calls/call-numbers.js';
import { Database, openDatabase } from '../../src/storage/database.js';
import { migrations } from '../../src/storage/migrations.js';
import { SqliteDialect } from '../../src/storage/sqlite-dialect.js';
import { openConnection } from '../../src/storage/sqlite/open-connection.js';

let folder: string;
let db: Database;
let numbers: CallNumbers;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-numbers-'));
  await open();
  await db.insertInto('programs').values({ hash: '', body: '{}' }).execute();
});
afterEach(async () => {
  await db.destroy();
  await rm(folder, { recursive: true });
});

const file = () => path.join(folder, 'test.db');

/** The database as a version before that migration had it. */
async function openBefore(migration: string): Promise<Database> {
  const old = new Database(new SqliteDialect(() => openConnection({ filename: file(), pragmas: [] })));
  const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < migration));
  const { error } = await new Migrator({
    db: old,
    provider: { getMigrations: () => Promise.resolve(before) },
  }).migrateToLatest();
  expect(error).toBeUndefined();
  return old;
}

async function open(): Promise<void> {
  db = await openDatabase(file());
  numbers = new CallNumbers(db);
}

/** As the flow store does: an existing call is updated. */
async function storeCall(id: string, startedAt: number): Promise<void> {
  const row = { kind: 'plan', program: '', state: '{}', summary: '{}', over: 0 };
  await db
    .insertInto('flows')
    .values({ id, ...row, started_at: startedAt, updated_at: startedAt })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ over: 1 }))
    .execute();
}

it('gives each call one integer, which it keeps when it changes and after a restart', async () => {
  await storeCall('c_a', 1);
  await storeCall('c_b', 2);
  await storeCall('c_a', 1);
  const given = await numbers.of(['c_a', 'c_b', 'c_none']);
  expect([...given]).toEqual([
    ['c_a', 1],
    ['c_b', 2],
  ]);
  await db.destroy();
  await open();
  expect(await numbers.of(['c_a', 'c_b'])).toEqual(given);
  expect([await numbers.callId(2), await numbers.callId(3)]).toEqual(['c_b', undefined]);
});

it('gives the integer of a call that was removed to no other', async () => {
  await storeCall('c_a', 1);
  await storeCall('c_b', 2);
  await db.deleteFrom('flows').where('id', '=', 'c_b').execute();
  expect(await numbers.callId(2)).toBeUndefined();
  await storeCall('c_c', 3);
  expect([...(await numbers.of(['c_a', 'c_b', 'c_c'])).values()]).toEqual([1, 3]);
});

it('numbers the calls of an earlier version in the order in which they began', async () => {
  await db.destroy();
  await rm(file());
  db = await openBefore('0017_call_numbers');
  await db.insertInto('programs').values({ hash: '', body: '{}' }).execute();
  await storeCall('c_b', 2);
  await storeCall('c_a', 1);
  await db.destroy();
  await open();
  await storeCall('c_c', 3);
  expect(await numbers.of(['c_a', 'c_b', 'c_c'])).toEqual(
    new Map([
      ['c_a', 1],
      ['c_b', 2],
      ['c_c', 3],
    ]),
  );
});
