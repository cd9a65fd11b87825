import { DAY_MS } from '../../../src/lib/time.js';
import type { RevisionDatabase } from '../lib/database.js';

/** A history of many calls, made from one real call by copying its rows, each copy with an id, a caller and an instant of its own. */

/** Tables of which a call has rows, and the column with the call's id. */
const TABLES = { flows: 'id', calls: 'id', timeline: 'flow_id' };
/** Columns with instants, milliseconds. */
const INSTANTS = new Set(['started_at', 'updated_at', 'ended_at', 'at']);
/** Columns with text in which the caller's number stands. */
const TEXTS = new Set(['summary', 'state', 'data']);
const AT_ONCE = 5000;
/** The history goes back so far: the first clean-up finds a twelfth of it older than the 365 days that calls are kept. */
const SPAN_MS = 398 * DAY_MS;
/** Prefix of the copies' ids. */
export const COPY_PREFIX = 'copy-';

export interface Template {
  id: string;
  /** As it stands in the stored texts, without plus. */
  caller: string;
}

/** Adds copies until there are `calls` of them. */
export async function multiplyCall(
  database: RevisionDatabase,
  template: Template,
  calls: number,
  onProgress: (made: number) => void,
): Promise<void> {
  const tables = [];
  for (const [table, idColumn] of Object.entries(TABLES)) {
    const columns = await database.rows<{ name: string }>(`pragma table_info(${table})`);
    tables.push({ table, idColumn, columns: columns.map(({ name }) => name) });
  }
  for (let first = 1; first <= calls; first += AT_ONCE) {
    const last = Math.min(calls, first + AT_ONCE - 1);
    await database.write(
      ...tables.map((table) => copyStatement(table, template, { first, last, spanMs: SPAN_MS / calls })),
    );
    onProgress(last);
  }
}

/** One statement that copies the rows of the template in one table for the copies `first` to `last`; `spanMs` lies between two of them. */
export function copyStatement(
  { table, idColumn, columns }: { table: string; idColumn: string; columns: readonly string[] },
  { id, caller }: Template,
  { first, last, spanMs }: { first: number; last: number; spanMs: number },
): string {
  const value = (column: string) => {
    if (column === idColumn) return `'${COPY_PREFIX}' || n`;
    if (INSTANTS.has(column)) return `"${column}" - cast(n * ${spanMs} as integer)`;
    if (TEXTS.has(column)) return `replace("${column}", '${caller}', printf('420608%06d', n % 1000000))`;
    return `"${column}"`;
  };
  const names = columns.map((column) => `"${column}"`).join(', ');
  return (
    `with recursive numbers (n) as (select ${first} union all select n + 1 from numbers where n < ${last}) ` +
    `insert into ${table} (${names}) select ${columns.map(value).join(', ')} from ${table}, numbers where ${idColumn} = '${id}'`
  );
}
