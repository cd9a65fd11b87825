import { DAY_MS } from '../../../src/lib/time.js';
import type { RevisionDatabase } from '../lib/database.js';

/** A history of many calls, made from one real call by copying its rows, each copy with an id, a caller and an instant of its own. */

/** Tables of which a call has rows, and the column with the call's id. */
const TABLES = { flows: 'id', calls: 'id', timeline: 'flow_id' };
/** Columns with instants, milliseconds. */
const INSTANTS = new Set(['started_at', 'updated_at', 'ended_at', 'at']);
/** Columns with text in which the caller's number stands. */
const TEXTS = new Set(['summary', 'state', 'data']);
const AT_ONCE = 20_000;
/** Different callers of a history, unless it says otherwise: each copy has its own. */
const CALLERS = 1_000_000;
/** The history goes back so far: the first clean-up finds a twelfth of it older than the 365 days that calls are kept. */
const SPAN_MS = 398 * DAY_MS;
/** A crash may lose all: there is nothing to lose. Deleted pages need not be overwritten either. */
const FAST = ['synchronous = off', 'secure_delete = off', 'foreign_keys = off', 'cache_size = -500000'];

/** Id of a copy. With a fixed number of digits, so that the copies are appended to the tables, as calls are. */
export function copyId(n: number): string {
  return `copy-${String(n).padStart(ID_DIGITS, '0')}`;
}
const ID_DIGITS = 8;

export interface Template {
  id: string;
  /** As it stands in the stored texts, without plus. */
  caller: string;
}

/** How copies differ from their template, beside their id, caller and instant. */
export interface Variation {
  /** Number of different callers. */
  callers: number;
  /** SQL expressions over the number `n` of a copy, by column of `calls`. */
  columns: Record<string, string>;
}
const ALIKE: Variation = { callers: CALLERS, columns: {} };

/** SQL expression for the caller of a copy, without plus. */
export function callerOf(callers: number): string {
  return `printf('420608%06d', n % ${callers})`;
}

/** Adds copies until there are `calls` of them. The indexes are built afterwards. Its settings last until the database is closed. */
export async function multiplyCall(
  database: RevisionDatabase,
  template: Template,
  calls: number,
  onProgress: (made: number) => void,
  variation = ALIKE,
): Promise<void> {
  const tables = [];
  for (const [table, idColumn] of Object.entries(TABLES)) {
    const columns = await database.rows<{ name: string }>(`pragma table_info(${table})`);
    tables.push({ table, idColumn, columns: columns.map(({ name }) => name) });
  }
  for (const pragma of FAST) await database.rows(`pragma ${pragma}`);
  const indexes = await database.rows<{ name: string; sql: string }>(
    `select name, sql from sqlite_master where type = 'index' and sql is not null and tbl_name in (${names(TABLES)})`,
  );
  await database.write(...indexes.map(({ name }) => `drop index ${name}`));
  for (let first = 1; first <= calls; first += AT_ONCE) {
    const last = Math.min(calls, first + AT_ONCE - 1);
    await database.write(
      ...tables.map((table) => copyStatement(table, template, { first, last, spanMs: SPAN_MS / calls }, variation)),
    );
    onProgress(last);
  }
  for (const { sql } of indexes) await database.write(sql);
  if ((await database.count('sqlite_master', "name = 'number_mentions'")) > 0)
    await database.write(...indexNumbers(calls, variation));
}

/** Statements that index the numbers of the copies, which the gateway would do in the background. */
function indexNumbers(calls: number, { callers }: Variation): string[] {
  // The last nine digits in reverse order.
  const digits = Array.from({ length: 9 }, (_, index) => `substr(digits, ${9 - index}, 1)`).join(' || ');
  return [
    "delete from number_index_pending where source = 'calls' and key like 'copy-%'",
    `with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${calls}),
       copies as (select printf('copy-%0${ID_DIGITS}d', n) as id, printf('608%06d', n % ${callers}) as digits from numbers)
     insert into number_mentions (source, digits, key) select 'calls', ${digits}, id from copies order by 2`,
  ];
}

function names(tables: object): string {
  return Object.keys(tables)
    .map((table) => `'${table}'`)
    .join(', ');
}

/** One statement that copies the rows of the template in one table for the copies `first` to `last`; `spanMs` lies between two of them. */
export function copyStatement(
  { table, idColumn, columns }: { table: string; idColumn: string; columns: readonly string[] },
  { id, caller }: Template,
  { first, last, spanMs }: { first: number; last: number; spanMs: number },
  { callers, columns: varied }: Variation = ALIKE,
): string {
  const value = (column: string) => {
    if (table === 'calls' && varied[column] !== undefined) return varied[column];
    if (column === idColumn) return `printf('copy-%0${ID_DIGITS}d', n)`;
    if (INSTANTS.has(column)) return `"${column}" - cast(n * ${spanMs} as integer)`;
    if (TEXTS.has(column)) return `replace("${column}", '${caller}', ${callerOf(callers)})`;
    return `"${column}"`;
  };
  const names = columns.map((column) => `"${column}"`).join(', ');
  return (
    `with recursive numbers (n) as (select ${first} union all select n + 1 from numbers where n < ${last}) ` +
    `insert into ${table} (${names}) select ${columns.map(value).join(', ')} from ${table}, numbers where ${idColumn} = '${id}'`
  );
}
