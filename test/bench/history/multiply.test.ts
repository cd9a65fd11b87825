import { afterEach, beforeEach, expect, test } from 'vitest';
import { sql } from 'kysely';
import { openDatabase } from '../../../src/storage/database.js';
import { copyStatement } from './multiply.js';

let db: Awaited<ReturnType<typeof openDatabase>>;

beforeEach(async () => {
  db = await openDatabase(':memory:');
  await sql.raw('create table things (id text, at integer, data text, kind text)').execute(db);
  await sql.raw(`insert into things values ('one', 1000000, '{"from":"+420777000001"}', 'x')`).execute(db);
});
afterEach(() => db.destroy());

test('copies have ids, instants and callers of their own', async () => {
  const table = { table: 'things', idColumn: 'id', columns: ['id', 'at', 'data', 'kind'] };
  const copies = { first: 1, last: 3, spanMs: 1000.5 };
  await sql.raw(copyStatement(table, { id: 'one', caller: '420777000001' }, copies)).execute(db);
  const { rows } = await sql.raw(`select * from things where id != 'one' order by at`).execute(db);
  expect(rows).toEqual([
    { id: 'copy-00000003', at: 996_999, data: '{"from":"+420608000003"}', kind: 'x' },
    { id: 'copy-00000002', at: 997_999, data: '{"from":"+420608000002"}', kind: 'x' },
    { id: 'copy-00000001', at: 999_000, data: '{"from":"+420608000001"}', kind: 'x' },
  ]);
});
