import { CompiledQuery, sql, type Kysely } from 'kysely';
import type { Tables } from '../schema.js';
import type { TableShape } from './tables.js';

export type Value = string | number | null;
/** The values of a row, in the order of the table's columns. */
export type Row = Value[];

/** A batch has about this much text, so that a row with a whole company document does not come a thousand times at once. */
const BATCH_CHARS = 2_000_000;
const FIRST_BATCH = 20;
/** Of an insert. SQLite takes 32,766, PostgreSQL twice as many. */
const MOST_PARAMETERS = 20_000;

const quoted = (name: string) => `"${name}"`;
const list = (names: readonly string[]) => names.map(quoted).join(', ');

/** Reads a table by its key in batches, whose size follows that of the rows. */
export async function* batchesOf(db: Kysely<Tables>, { name, columns, key }: TableShape): AsyncGenerator<Row[]> {
  const keyAt = key.map((column) => columns.indexOf(column));
  const after = `where (${list(key)}) > (${key.map(() => '?').join(', ')})`;
  let last: Row | undefined;
  for (let size = FIRST_BATCH; ;) {
    const text = `select ${list(columns)} from ${quoted(name)} ${last ? after : ''} order by ${list(key)} limit ${size}`;
    const parameters = keyAt.map((at) => last?.[at]);
    const found = await db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, last ? parameters : []));
    const rows = found.rows.map((row) => columns.map((column) => readable(row[column], name, column)));
    if (rows.length > 0) yield rows;
    if (rows.length < size) return;
    last = rows.at(-1);
    size = nextSize(rows);
  }
}

function nextSize(rows: readonly Row[]): number {
  const chars = rows.flat().reduce((sum: number, value) => sum + String(value).length, 1);
  return Math.max(
    1,
    Math.floor(Math.min(MOST_PARAMETERS / (rows[0]?.length ?? 1), (BATCH_CHARS * rows.length) / chars)),
  );
}

/** @throws for a value that the other database cannot hold */
function readable(value: unknown, table: string, column: string): Value {
  if (value === null || typeof value === 'string' || Number.isSafeInteger(value)) return value as Value;
  throw new Error(`the column ${column} of ${table} has a value that is neither a text nor an integer`);
}

export async function insertRows(
  db: Kysely<Tables>,
  { name, columns }: TableShape,
  rows: readonly Row[],
): Promise<void> {
  const one = `(${columns.map(() => '?').join(', ')})`;
  const text = `insert into ${quoted(name)} (${list(columns)}) values ${rows.map(() => one).join(', ')}`;
  await db.executeQuery(CompiledQuery.raw(text, rows.flat()));
}

export async function countRows(db: Kysely<Tables>, { name }: TableShape): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(db);
  return rows[0]?.n ?? 0;
}

export async function deleteRows(db: Kysely<Tables>, { name }: TableShape): Promise<void> {
  await sql`delete from ${sql.table(name)}`.execute(db);
}
