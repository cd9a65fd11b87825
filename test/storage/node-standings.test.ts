import { Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { migrations } from '../../src/storage/migrations.js';
import { SqliteDialect } from '../../src/storage/sqlite-dialect.js';
import { openConnection } from '../../src/storage/sqlite/open-connection.js';

const MIGRATION = '0047_node_standings';

test('each node begins with the agent logins of earlier versions', async () => {
  const db = new Kysely<unknown>({
    dialect: new SqliteDialect(() => openConnection({ filename: ':memory:', pragmas: [] })),
  });
  for (const [name, migration] of Object.entries(migrations)) if (name < MIGRATION) await migration.up(db);
  await sql`insert into node_leases (node, epoch, beat) values ('b', 1, 0), ('company', 1, 0)`.execute(db);
  await sql`insert into standings values (1, 'a1', 1, 1, 'lunch', null), (1, 'a2', 0, 0, '', null)`.execute(db);
  await migrations[MIGRATION]?.up(db);
  const { rows } = await sql`select node, handset, pause_reason from node_standings order by node, handset`.execute(db);
  await db.destroy();
  expect(rows).toEqual(
    ['b', 'main'].flatMap((node) => [
      { node, handset: 'a1', pause_reason: 'lunch' },
      { node, handset: 'a2', pause_reason: '' },
    ]),
  );
});
