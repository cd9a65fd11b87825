import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { COLUMNS } from '../../src/privacy/columns.js';
import { SOURCES, type PersonalTable } from '../../src/privacy/find.js';
import { openDatabase } from '../../src/storage/database.js';

test('every column of the migrated database has a kind', async () => {
  const db = await openDatabase(':memory:');
  const { rows } = await sql<{ table: string; column: string }>`
    select m.name as "table", c.name as "column" from sqlite_master m, pragma_table_info(m.name) c
    where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like 'kysely_%'`.execute(db);
  await db.destroy();
  const there = rows.map(({ table, column }) => `${table}.${column}`);
  const classified = Object.entries(COLUMNS).flatMap(([table, columns]) =>
    Object.keys(columns).map((column) => `${table}.${column}`),
  );
  expect(there.length).toBeGreaterThan(100);
  expect(classified.sort()).toEqual(there.sort());
});

test('every table with numbers is searched', () => {
  const searched = Object.values(SOURCES).flatMap(({ table, parts = [] }: PersonalTable) => [
    table,
    ...parts.map((part) => part.table),
  ]);
  // Idempotency keys have a primary key of two columns, and are few; the eraser reads them itself.
  const all = new Set<string>([...searched, 'idempotency_keys']);
  const holding = Object.entries(COLUMNS).flatMap(([table, columns]) =>
    Object.values(columns).includes('numbers') ? [table] : [],
  );
  expect(holding.filter((table) => !all.has(table))).toEqual([]);
});
