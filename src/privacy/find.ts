import { sql } from 'kysely';
import type { Database } from '../storage/database.js';
import type { Tables } from '../storage/schema.js';
import { numberColumns } from './columns.js';
import type { Person } from './person.js';

/** Rows that one statement looks through: the database is everybody's, and calls that want to be stored wait for it so long. */
const AT_ONCE = 100;

/** A table whose rows can hold a person's number, in themselves or in the rows that belong to them. */
export interface Source {
  table: keyof Tables;
  /** Its primary key, a single column. */
  key: string;
  /** Tables of rows that belong to one of its rows. */
  parts?: Part[];
}

/** `of`: the column that says to which row; `key`: tells those of one row apart. */
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
      { table: 'intents', of: 'flow_id', key: 'id' },
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
  // Of recordings whose call is not known (any more).
  recordings: { table: 'recordings', key: 'id' },
  doNotCall: { table: 'do_not_call', key: 'number' },
} satisfies Record<string, Source>;

export type Key = string | number;

/**
 * The keys of the rows that hold the person's number, in pages. There is no index of numbers within texts: every row is looked at, few
 * at a time and in the database's own thread.
 */
export async function* find(db: Database, source: Source, person: Person): AsyncGenerator<Key[]> {
  for (let after: Key | undefined; ;) {
    const page = await candidates(db, source, person, after);
    const found: Key[] = [];
    for (const { k } of page.filter(({ hit }) => hit === 1)) if (await holds(db, source, person, k)) found.push(k);
    if (found.length > 0) yield found;
    const last = page.at(-1);
    if (last === undefined || page.length < AT_ONCE) return;
    after = last.k;
  }
}

/** True when the row of that key, or one that belongs to it, holds the person's number. */
export async function holds(
  db: Database,
  { table, key, parts = [] }: Source,
  person: Person,
  value: Key,
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

async function candidates(
  db: Database,
  { table, key, parts = [] }: Source,
  person: Person,
  after: Key | undefined,
): Promise<{ k: Key; hit: number }[]> {
  const here = numberColumns(table).map((column) => person.mayBeIn(`t.${column}`));
  const inParts = parts.map((part) => {
    const tests = numberColumns(part.table).map((column) => person.mayBeIn(`p.${column}`));
    return sql`exists (select 1 from ${sql.table(part.table)} p where ${sql.ref(`p.${part.of}`)} = ${sql.ref(`t.${key}`)}
      and (${sql.join(tests, sql` or `)}))`;
  });
  const behind = after === undefined ? sql`true` : sql`${sql.ref(key)} > ${after}`;
  const { rows } = await sql<{ k: Key; hit: number }>`
    select ${sql.ref(`t.${key}`)} as k, (${sql.join([...here, ...inParts], sql` or `)}) as hit
    from (select * from ${sql.table(table)} where ${behind} order by ${sql.ref(key)} limit ${AT_ONCE}) t
    order by k`.execute(db);
  return rows;
}
