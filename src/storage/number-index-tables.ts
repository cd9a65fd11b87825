import { sql, type Kysely } from 'kysely';

/** A row that is searched for numbers, together with rows of other tables that belong to it. */
interface IndexedSource {
  source: string;
  table: string;
  key: string;
  /** Writes after which the row has to be indexed again. */
  writes: Write[];
}

interface Write {
  table: string;
  columns: string;
  /** The key of the indexed row, as an expression over `new`. */
  keyOf: string;
  /** Only writes for which this holds. */
  when?: string;
}

const ENDED = 'new.over = 1';
const ofEndedCall = (key: string) => `exists (select 1 from flows where id = ${key} and over = 1)`;

const SOURCES: IndexedSource[] = [
  {
    source: 'calls',
    table: 'flows',
    key: 'id',
    // Calls in progress are few, and their rows change with every step: they are searched directly.
    writes: [
      { table: 'flows', columns: 'state, summary, pending, over', keyOf: 'new.id', when: ENDED },
      { table: 'timeline', columns: 'data', keyOf: 'new.flow_id', when: ofEndedCall('new.flow_id') },
      { table: 'calls', columns: 'reason, agent, number, order_id', keyOf: 'new.id', when: ENDED },
      { table: 'recordings', columns: 'agent', keyOf: 'new.call_id', when: ofEndedCall('new.call_id') },
    ],
  },
  {
    source: 'deliveries',
    table: 'webhook_deliveries',
    key: 'id',
    writes: [
      { table: 'webhook_deliveries', columns: 'body, url', keyOf: 'new.id' },
      { table: 'webhook_attempts', columns: 'failed, answer', keyOf: 'new.delivery_id' },
    ],
  },
  {
    source: 'orders',
    table: 'orders',
    key: 'id',
    writes: [{ table: 'orders', columns: 'id, raw_status, client, driver, details, fields', keyOf: 'new.id' }],
  },
  {
    source: 'notices',
    table: 'gootax_notices',
    key: 'order_id',
    writes: [{ table: 'gootax_notices', columns: 'order_id, name', keyOf: 'new.order_id' }],
  },
  {
    source: 'notifications',
    table: 'notifications',
    key: 'id',
    writes: [
      {
        table: 'notifications',
        columns: 'external_id, order_id, raw_status, to_number, batch, terms',
        keyOf: 'new.id',
      },
      { table: 'notification_attempts', columns: 'order_id', keyOf: 'new.notification_id' },
    ],
  },
  {
    source: 'recordings',
    table: 'recordings',
    key: 'id',
    writes: [{ table: 'recordings', columns: 'agent', keyOf: 'new.id' }],
  },
  {
    source: 'refused_calls',
    table: 'refused_calls',
    key: 'id',
    writes: [{ table: 'refused_calls', columns: 'dialled, caller', keyOf: 'new.id' }],
  },
  {
    source: 'missed_calls_done',
    table: 'missed_calls_done',
    key: 'id',
    writes: [{ table: 'missed_calls_done', columns: 'number, note', keyOf: 'new.id' }],
  },
];

/** The sources whose rows have integers as keys. @param isInteger whether a column has that type */
export function integerKeyedSources(isInteger: (table: string, key: string) => boolean): Set<string> {
  return new Set(SOURCES.filter(({ table, key }) => isInteger(table, key)).map(({ source }) => source));
}

/**
 * An index of the numbers within stored text. Triggers record which rows were written; a job in the background (`src/privacy`) indexes
 * these, and the rows that are older than this migration.
 */
export async function addNumberIndex(db: Kysely<unknown>): Promise<void> {
  const run = (statement: string) => sql.raw(statement).execute(db);
  // `key` has no type: it holds texts and integers.
  await run(`create table number_mentions (source text not null, digits text not null, key not null, primary key (source, digits, key))
    without rowid`);
  await run('create index number_mentions_by_row on number_mentions (source, key)');
  await run(`create table number_index_pending (source text not null, key not null, changes integer not null, primary key (source, key))
    without rowid`);
  await run('create table number_index_backfill (source text primary key, done_to) without rowid');
  for (const { source, table, key, writes } of SOURCES) {
    await run(`insert into number_index_backfill (source) select '${source}' where exists (select 1 from ${table})`);
    for (const write of writes) await addWriteTriggers(run, source, write);
    await run(`create trigger ${source}_numbers_deleted after delete on ${table} begin
      delete from number_mentions where source = '${source}' and key = old.${key};
      delete from number_index_pending where source = '${source}' and key = old.${key}; end`);
  }
}

async function addWriteTriggers(
  run: (statement: string) => Promise<unknown>,
  source: string,
  { table, columns, keyOf, when = 'true' }: Write,
): Promise<void> {
  const body = `when ${when} begin
    insert into number_index_pending (source, key, changes) values ('${source}', ${keyOf}, 0)
      on conflict (source, key) do update set changes = changes + 1; end`;
  await run(`create trigger ${source}_numbers_in_new_${table} after insert on ${table} ${body}`);
  await run(`create trigger ${source}_numbers_in_${table} after update of ${columns} on ${table} ${body}`);
}
