import { Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { migrations } from '../../src/storage/migrations.js';
import { SqliteDialect } from '../../src/storage/sqlite-dialect.js';
import { defaultDriver } from '../../src/storage/sqlite/drivers.js';
import { openConnection } from '../../src/storage/sqlite/open-connection.js';

const MIGRATION = '0021_call_search';
/** More than two slices. */
const CALLS = 12_000;

test('calls of earlier versions get their number, order and recording', async () => {
  const options = { filename: ':memory:', driver: defaultDriver(), threaded: false, pragmas: [] };
  const db = new Kysely<Record<string, Record<string, unknown>>>({
    dialect: new SqliteDialect(() => openConnection(options)),
  });
  for (const [name, migration] of Object.entries(migrations)) if (name < MIGRATION) await migration.up(db);
  await sql`insert into programs values ('p', '{}')`.execute(db);
  const flow = (id: string, kind: string, state: string, summary: string) =>
    sql`insert into flows values (${id}, ${kind}, 'p', ${state}, ${summary}, 1, 1, 1)`.execute(db);
  await sql`with recursive n (i) as (select 0 union all select i + 1 from n where i < ${CALLS - 1})
    insert into flows select printf('c_%05d', i), 'plan', 'p', '{}', json_object('caller', printf('+420%09d', i)), 1, i, i from n`.execute(
    db,
  );
  await flow('o_1', 'plan', '{"about":{"order":"A1","role":"client"}}', '{"caller":"anna"}');
  await flow('o_2', 'bridge', '{"standing":{"orderId":"B2"}}', '{"caller":"+420777888999"}');
  await flow('o_3', 'plan', 'damaged', '{"caller":""}');
  await flow('o_4', 'plan', '{}', 'damaged');
  await sql`insert into calls (id, kind, started_at, direction, line, over) select id, kind, started_at, 'incoming', '', 1 from flows`.execute(
    db,
  );
  await sql`insert into recordings values ('r', 'n', 'o_2', '', null, null, 1, 1, 1, '', 1, null, null),
    ('r2', 'n', 'o_1', '', null, null, 1, 1, 1, '', 1, 2, 'somebody')`.execute(db);
  await migrations[MIGRATION]?.up(db);
  const { rows } = await sql<{ id: string }>`select id, number, order_id, recorded from calls order by id`.execute(db);
  await db.destroy();
  expect(rows).toHaveLength(CALLS + 4);
  expect(rows[CALLS - 1]).toEqual({ id: 'c_11999', number: '420000011999', order_id: null, recorded: 0 });
  expect(rows.slice(CALLS)).toEqual([
    { id: 'o_1', number: '', order_id: 'A1', recorded: 0 },
    { id: 'o_2', number: '420777888999', order_id: 'B2', recorded: 1 },
    { id: 'o_3', number: '', order_id: null, recorded: 0 },
    { id: 'o_4', number: '', order_id: null, recorded: 0 },
  ]);
});
