import { sql, type Kysely } from 'kysely';
import { integerKeyedSources } from '../number-index-tables.js';
import type { Tables } from '../schema.js';

/** What a copy needs to know of a table. */
export interface TableShape {
  name: string;
  columns: string[];
  /** Columns of the primary key, in its order. */
  key: string[];
  /** The column that numbers its rows; undefined: none does. */
  numbered: string | undefined;
  /** Columns that have no type in SQLite, and hold texts and integers there. */
  untyped: ReadonlySet<string>;
}

export interface Shape {
  /** A table comes after those that its foreign keys name. */
  tables: TableShape[];
  /** Sources of the index of numbers (see number-index-tables.ts) whose rows have integers as keys. */
  integerKeyed: ReadonlySet<string>;
}

interface ColumnRow {
  table: string;
  column: string;
  type: string;
  pk: number;
  numbered: number;
}

/** Reads the tables of SQLite, all but those of Kysely's migrations. PostgreSQL has the same ones. */
export async function readShape(sqlite: Kysely<Tables>): Promise<Shape> {
  const { rows } = await sql<ColumnRow>`
    select m.name as "table", c.name as "column", lower(c.type) as type, c.pk, m.sql like '%autoincrement%' as numbered
    from sqlite_master m join pragma_table_info(m.name) c
    where m.type = 'table' and m.name not like 'sqlite\\_%' escape '\\' and m.name not like 'kysely\\_%' escape '\\'
    order by m.name, c.cid`.execute(sqlite);
  const parents = await sql<{ table: string; parent: string }>`
    select m.name as "table", f."table" as parent from sqlite_master m join pragma_foreign_key_list(m.name) f
    where m.type = 'table'`.execute(sqlite);
  const names = [...new Set(rows.map(({ table }) => table))];
  const tables = names.map((name) =>
    shapeOf(
      name,
      rows.filter(({ table }) => table === name),
    ),
  );
  const types = new Map(rows.map(({ table, column, type }) => [`${table}.${column}`, type]));
  const integerKeyed = integerKeyedSources((table, key) => types.get(`${table}.${key}`) === 'integer');
  return { tables: parentsFirst(tables, parents.rows), integerKeyed };
}

function shapeOf(name: string, columns: readonly ColumnRow[]): TableShape {
  const key = columns
    .filter(({ pk }) => pk > 0)
    .sort((a, b) => a.pk - b.pk)
    .map(({ column }) => column);
  if (key.length === 0) throw new Error(`the table ${name} has no primary key`);
  return {
    name,
    columns: columns.map(({ column }) => column),
    key,
    numbered: columns[0]?.numbered === 1 ? key[0] : undefined,
    untyped: new Set(columns.filter(({ type }) => type === '').map(({ column }) => column)),
  };
}

function parentsFirst(tables: TableShape[], parents: readonly { table: string; parent: string }[]): TableShape[] {
  const sorted: TableShape[] = [];
  const add = (table: TableShape): void => {
    if (sorted.includes(table)) return;
    for (const { parent } of parents.filter((each) => each.table === table.name && each.parent !== table.name)) {
      const found = tables.find(({ name }) => name === parent);
      if (found !== undefined) add(found);
    }
    sorted.push(table);
  };
  tables.forEach(add);
  return sorted;
}
