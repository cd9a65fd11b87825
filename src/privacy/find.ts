import { sql, type RawBuilder } from 'kysely';
import type { History } from '../storage/database.js';
import type { IndexedSource, Tables } from '../storage/schema.js';
import { numberColumns } from './columns.js';
import type { Person } from './person.js';

/** Rows of one statement. Kept small, because calls wait for the database meanwhile. */
const PAGE = 100;

/** A table whose rows, or rows that belong to them, can hold a person's number. */
export interface PersonalTable {
  table: keyof Tables;
  /** The primary key, a single column. */
  key: string;
  /** The key is a number. The index can hold it as text. */
  isNumbered?: true;
  /** Tables with rows that belong to a row of this table. */
  parts?: Part[];
  /** Name in the index of numbers. Undefined: a short table, which is read as a whole. */
  index?: IndexedSource;
  /** True for rows that are not indexed yet because they still change. */
  unfinished?: { column: string; value: number };
}

/** `of`: the foreign key; `key`: unique among the rows of one parent. */
interface Part {
  table: keyof Tables;
  of: string;
  key: string;
}

export const SOURCES = {
  calls: {
    table: 'flows',
    key: 'id',
    index: 'calls',
    unfinished: { column: 'over', value: 0 },
    parts: [
      { table: 'timeline', of: 'flow_id', key: 'seq' },
      { table: 'calls', of: 'id', key: 'id' },
      { table: 'call_notes', of: 'call_id', key: 'call_id' },
      { table: 'recordings', of: 'call_id', key: 'id' },
    ],
  },
  deliveries: {
    table: 'webhook_deliveries',
    key: 'id',
    isNumbered: true,
    index: 'deliveries',
    parts: [{ table: 'webhook_attempts', of: 'delivery_id', key: 'number' }],
  },
  orders: { table: 'orders', key: 'id', index: 'orders' },
  notices: { table: 'gootax_notices', key: 'order_id', index: 'notices' },
  notifications: {
    table: 'notifications',
    key: 'id',
    index: 'notifications',
    parts: [{ table: 'notification_attempts', of: 'notification_id', key: 'number' }],
  },
  recordedRequests: { table: 'recorded_requests', key: 'id' },
  // Recordings whose call is not stored, or no longer.
  recordings: { table: 'recordings', key: 'id', index: 'recordings' },
  refusedCalls: { table: 'refused_calls', key: 'id', isNumbered: true, index: 'refused_calls' },
  missedCallsDone: { table: 'missed_calls_done', key: 'id', isNumbered: true, index: 'missed_calls_done' },
  // Names that people chose can contain a number.
  audit: { table: 'audit', key: 'id' },
  doNotCall: { table: 'do_not_call', key: 'number' },
} satisfies Record<string, PersonalTable>;

export type RowKey = string | number;

/** Finds the keys of rows that hold the person's number, in pages. */
export async function* findRows(db: History, source: PersonalTable, person: Person): AsyncGenerator<RowKey[]> {
  const prefix = person.indexPrefix;
  if (!isIndexed(source) || prefix === undefined) yield* scan(db, source, person);
  else yield* findByIndex(db, source, person, prefix);
}

/** The key of a row as its own table has it. */
export function rowKey({ isNumbered }: PersonalTable, key: RowKey): RowKey {
  return isNumbered === true ? Number(key) : key;
}

export function isIndexed(source: PersonalTable): source is IndexedTable {
  return source.index !== undefined;
}

type IndexedTable = PersonalTable & { index: IndexedSource };

/** Reads every row, in small steps and on the database's thread. Yields keys after `after`. */
export async function* scan(
  db: History,
  source: PersonalTable,
  person: Person,
  after?: RowKey,
): AsyncGenerator<RowKey[]> {
  const key = sql.ref(source.key);
  for (let last = after; ;) {
    const behind = last === undefined ? sql`true` : sql`${key} > ${last}`;
    const page = await readCandidates(db, source, person, sql`${behind} order by ${key} limit ${PAGE}`);
    yield* verify(db, source, person, page);
    last = page.at(-1)?.k;
    if (last === undefined || page.length < PAGE) return;
  }
}

/**
 * Reads the rows that the index names, and those that it does not cover yet. What is not covered is read first: a row that is indexed
 * meanwhile is then found twice, and not missed.
 */
async function* findByIndex(
  db: History,
  source: IndexedTable,
  person: Person,
  prefix: string,
): AsyncGenerator<RowKey[]> {
  const { index, unfinished } = source;
  const backfill = await db.selectFrom('number_index_backfill').where('source', '=', index).selectAll().execute();
  const { rows } = await sql<{ key: RowKey }>`
    select key from number_index_pending where source = ${index}`.execute(db);
  if (unfinished !== undefined) rows.push(...(await readUnfinished(db, source, unfinished)));
  const mentions = db.selectFrom('number_mentions').where('source', '=', index).select('key').distinct();
  // A colon follows the digits in the order of characters.
  rows.push(...(await mentions.where('digits', '>=', prefix).where('digits', '<', `${prefix}:`).execute()));
  const seen = new Set(rows.map(({ key }) => rowKey(source, key)));
  const keys = [...seen].sort(compare);
  for (let start = 0; start < keys.length; start += PAGE) {
    const some = sql.join(keys.slice(start, start + PAGE));
    const page = await readCandidates(db, source, person, sql`${sql.ref(source.key)} in (${some})`);
    yield* verify(db, source, person, page);
  }
  for (const { done_to: doneTo } of backfill)
    for await (const page of scan(db, source, person, doneTo ?? undefined)) yield page.filter((key) => !seen.has(key));
}

async function readUnfinished(
  db: History,
  { table, key }: PersonalTable,
  { column, value }: NonNullable<PersonalTable['unfinished']>,
): Promise<{ key: RowKey }[]> {
  const { rows } = await sql<{ key: RowKey }>`
    select ${sql.ref(key)} as key from ${sql.table(table)} where ${sql.ref(column)} = ${sql.lit(value)}`.execute(db);
  return rows;
}

function compare(a: RowKey, b: RowKey): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function* verify(
  db: History,
  source: PersonalTable,
  person: Person,
  page: readonly Candidate[],
): AsyncGenerator<RowKey[]> {
  const found: RowKey[] = [];
  for (const { k } of page.filter(({ hit }) => hit === 1)) if (await holdsNumber(db, source, person, k)) found.push(k);
  if (found.length > 0) yield found;
}

/** True when the row with that key, or a row that belongs to it, holds the person's number. */
export async function holdsNumber(db: History, source: PersonalTable, person: Person, key: RowKey): Promise<boolean> {
  const texts = await readTexts(db, source, [key]);
  return (texts.get(key) ?? []).some((text) => person.isIn(text));
}

/** The texts of rows, and of the rows that belong to them, which can hold numbers. By key; without those that do not exist. */
export async function readTexts(
  db: History,
  { table, key, parts = [] }: PersonalTable,
  keys: readonly RowKey[],
): Promise<Map<RowKey, string[]>> {
  const texts = new Map<RowKey, string[]>();
  for (const { table: name, of } of [{ table, of: key }, ...parts]) {
    const columns = numberColumns(name).map((column) => sql.ref(column));
    const { rows } = await sql<Record<string, unknown> & { of_row: RowKey }>`
      select ${sql.ref(of)} as of_row, ${sql.join(columns)} from ${sql.table(name)}
      where ${sql.ref(of)} in (${sql.join(keys)})`.execute(db);
    for (const { of_row, ...values } of rows) {
      const known = texts.get(of_row) ?? [];
      known.push(...Object.values(values).filter((value) => typeof value === 'string'));
      texts.set(of_row, known);
    }
  }
  return texts;
}

interface Candidate {
  k: RowKey;
  hit: number;
}

/** Rows of the source, with `hit` 1 for those in which the number may be. @param which the end of the query: condition, order, limit */
async function readCandidates(
  db: History,
  { table, key, parts = [] }: PersonalTable,
  person: Person,
  which: RawBuilder<unknown>,
): Promise<Candidate[]> {
  const here = numberColumns(table).map((column) => person.mayBeIn(`t.${column}`));
  const inParts = parts.map((part) => {
    const tests = numberColumns(part.table).map((column) => person.mayBeIn(`p.${column}`));
    return sql`exists (select 1 from ${sql.table(part.table)} p where ${sql.ref(`p.${part.of}`)} = ${sql.ref(`t.${key}`)}
      and (${sql.join(tests, sql` or `)}))`;
  });
  const { rows } = await sql<Candidate>`
    select ${sql.ref(`t.${key}`)} as k, (${sql.join([...here, ...inParts], sql` or `)}) as hit
    from (select * from ${sql.table(table)} where ${which}) t
    order by k`.execute(db);
  return rows;
}
