import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../src/storage/database.js';
import { migrations } from '../../src/storage/migrations.js';
import { SqliteDialect } from '../../src/storage/sqlite-dialect.js';

let dir: string;
let file: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-database-'));
  file = path.join(dir, 'test.db');
});
afterEach(() => rm(dir, { recursive: true }));

async function byHand(statement: string): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ filename: file, pragmas: [] }) });
  await sql.raw(statement).execute(db);
  await db.destroy();
}

it('migrations that break off half-way, as by kill -9, leave nothing behind: they are begun again', async () => {
  // In the way of the middle of the second one.
  await byHand('create table webhook_attempts (x)');
  await expect(openDatabase(file)).rejects.toThrow('webhook_attempts');
  await byHand('drop table webhook_attempts');
  const db = await openDatabase(file);
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(migrations));
  await db.destroy();
});
