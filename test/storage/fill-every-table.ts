import { sql } from 'kysely';
import type { Database } from '../../src/storage/database.js';

/** Many calls, so that tables are read in several batches. */
const CALLS = 1500;
/** Rows of the other tables. */
const ROWS = 3;
/** The number of the last row was higher than that of any row that is left. */
const LAST_NUMBER = 900;
const TEXT = `Žluťoučký kůň, Ёж и «съешь ещё», 🚕 "quoted" it's \\ $1 ? % {"list":[1,null,true],"text":"\\u0000"}`;

interface Column {
  table: string;
  name: string;
  type: string;
  pk: number;
  parent: string | null;
}

/** Writes rows of every kind of value into each table of SQLite, as migrated. */
export async function fillEveryTable(db: Database): Promise<void> {
  const { rows } = await sql<Column>`
    select m.name as "table", c.name, lower(c.type) as type, c.pk, f."table" as parent
    from sqlite_master m join pragma_table_info(m.name) c left join pragma_foreign_key_list(m.name) f on f."from" = c.name
    where m.type = 'table' and m.name not like 'sqlite%' and m.name not like 'kysely%'`.execute(db);
  const tables = [...new Set(rows.map(({ table }) => table))];
  await sql`pragma foreign_keys = off`.execute(db);
  await db.transaction().execute(async (tx) => {
    for (const table of tables) {
      if (['meta', 'node_leases', 'call_numbers', 'number_index_backfill'].includes(table)) continue;
      const columns = rows.filter((column) => column.table === table);
      const isOfCalls = ['programs', 'flows', 'calls', 'timeline'].includes(table);
      for (let n = 0; n < (isOfCalls ? CALLS : ROWS); n += 1) {
        const values = sql.join(columns.map((column) => valueOf(column, n, columns)));
        await sql`insert or ignore into ${sql.table(table)} (${sql.join(columns.map(({ name }) => sql.ref(name)))}) values (${values})`.execute(
          tx,
        );
      }
    }
    await sql`update sqlite_sequence set seq = ${LAST_NUMBER} where name = 'alarm_silences'`.execute(tx);
    await sql`insert into meta (key, value) values ('nul', ${'before\0after'}), ('empty', '')`.execute(tx);
    await sql`insert into number_index_backfill (source, done_to) values ('deliveries', 12), ('orders', 'key-1'), ('notices', null)`.execute(
      tx,
    );
    // What was written is indexed.
    await sql`delete from number_index_pending where source <> 'deliveries'`.execute(tx);
    await sql`insert or ignore into number_index_pending (source, key, changes) values ('orders', 'key-1', 0)`.execute(
      tx,
    );
    for (const [source, key] of [
      ['deliveries', 1],
      ['deliveries', 12],
      ['deliveries', 2],
      ['orders', '1001'],
      ['orders', 'key-1'],
    ])
      await sql`insert into number_mentions (source, digits, key) values (${source}, '420601', ${key})`.execute(tx);
  });
  await sql`pragma foreign_keys = on`.execute(db);
  const broken = await sql`pragma foreign_key_check`.execute(db);
  if (broken.rows.length > 0) throw new Error(`rows without parents: ${JSON.stringify(broken.rows[0])}`);
}

function valueOf(
  { table, name, type, pk, parent }: Column,
  n: number,
  columns: readonly Column[],
): string | number | null {
  const isUntyped = columns.some((column) => column.type === '');
  if (isUntyped) return name === 'source' ? 'orders' : name === 'changes' ? n : `key-${n}`;
  const isKey = pk > 0 || parent !== null;
  if (type === 'integer') return isKey ? n + 1 : [0, 1, Number.MAX_SAFE_INTEGER][n % 3]!;
  // Calls in progress of other nodes are not moved.
  if (table === 'flows' && name === 'node') return 'main';
  if (table === 'calls' && name === 'id') return `key-${n}`;
  return isKey ? `key-${n}` : `${TEXT} ${name} ${n}`;
}
