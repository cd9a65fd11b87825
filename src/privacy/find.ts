import { sql } from 'kysely';
import type { History } from '../storage/database.js';
import type { Tables } from '../storage/schema.js';
import { numberColumns } from './columns.js';
import type { Person } from './person.js';

/** Rows of one statement. Kept small, because calls wait for the database meanwhile. */
const PAGE = 100;

/** A table whose rows, or rows that belong to them, can hold a person's number. */
export interface PersonalTable {
  table: keyof Tables;
  /** The primary key, a single column. */
  key: string;
  /** Tables with rows that belong to a row of this table. */
  parts?: Part[];
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
    parts: [
      { table: 'timeline', of: 'flow_id', key: 'seq' },
      { table: 'calls', of: 'id', key: 'id' },
      { table: 'recordings', of: 'call_id', key: 'id' },
    ],
  },
  deliveries: {
    table: 'webhook_deliveries',
    key: 'id',
    parts: [{ table: 'webhook_attempts', of: 'delivery_id', key: 'number' }],
  },
  orders: { table: 'orders', key: 'id' },
  notices: { table: 'gootax_notices', key: 'order_id' },
  notifications: {
    table: 'notifications',
    key: 'id',
    parts: [{ table: 'notification_attempts', of: 'notification_id', key: 'number' }],
  },
  recordedRequests: { table: 'recorded_requests', key: 'id' },
  // Recordings whose call is not stored, or no longer.
  recordings: { table: 'recordings', key: 'id' },
  refusedCalls: { table: 'refused_calls', key: 'id' },
  missedCallsDone: { table: 'missed_calls_done', key: 'id' },
  doNotCall: { table: 'do_not_call', key: 'number' },
} satisfies Record<string, PersonalTable>;

export type RowKey = string | number;

/**
 * Finds the keys of rows that hold the person's number, in pages. There is no index of numbers within text: every row is read, in
 * small steps and on the database's thread.
 */
export async function* findRows(db: History, source: PersonalTable, person: Person): AsyncGenerator<RowKey[]> {
  for (let after: RowKey | undefined; ;) {
    const page = await readCandidates(db, source, person, after);
    const found: RowKey[] = [];
    for (const { k } of page.filter(({ hit }) => hit === 1))
      if (await holdsNumber(db, source, person, k)) found.push(k);
    if (found.length > 0) yield found;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.k;
  }
}

/** True when the row with that key, or a row that belongs to it, holds the person's number. */
export async function holdsNumber(
  db: History,
  { table, key, parts = [] }: PersonalTable,
  person: Person,
  value: RowKey,
): Promise<boolean> {
  for (const { table: name, of } of [{ table, of: key }, ...parts]) {
    const columns = sql.join(numberColumns(name).map((column) => sql.ref(column)));
    const { rows } = await sql<Record<string, unknown>>`
      select ${columns} from ${sql.table(name)} where ${sql.ref(of)} = ${value}`.execute(db);
    if (rows.some((row) => Object.values(row).some((text) => typeof text === 'string' && person.isIn(text))))
      return true;
  }
  return false;
}

async function readCandidates(
  db: History,
  { table, key, parts = [] }: PersonalTable,
  person: Person,
  after: RowKey | undefined,
): Promise<{ k: RowKey; hit: number }[]> {
  const here = numberColumns(table).map((column) => person.mayBeIn(`t.${column}`));
  const inParts = parts.map((part) => {
    const tests = numberColumns(part.table).map((column) => person.mayBeIn(`p.${column}`));
    return sql`exists (select 1 from ${sql.table(part.table)} p where ${sql.ref(`p.${part.of}`)} = ${sql.ref(`t.${key}`)}
      and (${sql.join(tests, sql` or `)}))`;
  });
  const behind = after === undefined ? sql`true` : sql`${sql.ref(key)} > ${after}`;
  const { rows } = await sql<{ k: RowKey; hit: number }>`
    select ${sql.ref(`t.${key}`)} as k, (${sql.join([...here, ...inParts], sql` or `)}) as hit
    from (select * from ${sql.table(table)} where ${behind} order by ${sql.ref(key)} limit ${PAGE}) t
    order by k`.execute(db);
  return rows;
}
