import { sql } from 'kysely';
import type { Database, History } from '../storage/database.js';
import { runStatement } from '../storage/run-statement.js';
import { inSlices } from '../storage/slices.js';
import type { IndexedSource } from '../storage/schema.js';
import { isIndexed, readTexts, rowKey, SOURCES, type PersonalTable, type RowKey } from './find.js';
import { indexedDigits } from './indexed-digits.js';

/** Rows read at once. */
const AT_ONCE = 100;

const INDEXED = Object.values<PersonalTable>(SOURCES).filter(isIndexed);

interface PendingRow {
  source: IndexedSource;
  key: RowKey;
  /** Number of writes since the row was first pending. */
  changes: number;
}

interface Pending {
  /** Undefined: no row is pending. */
  source: (typeof INDEXED)[number] | undefined;
  rows: PendingRow[];
}

const TAKE = 'delete from number_index_pending where source = ? and key = ? and changes = ?';
const FORGET = 'delete from number_mentions where source = ? and key = ?';
/** One parameter holds all numbers. */
const MENTION = 'insert into number_mentions (source, digits, key) select ?, value, ? from json_each(?)';

const NOTHING: Pending = { source: undefined, rows: [] };

/**
 * Indexes the rows that were written since they were indexed last, until none is left or it is stopped.
 * @returns the number of rows
 */
export async function indexPendingRows(db: Database, isStopped = () => false): Promise<number> {
  for (let indexed = 0; ;) {
    const { source, rows } = isStopped() ? NOTHING : await readPending(db.history);
    if (source === undefined) return indexed;
    // Read after `changes`: a later write increments it, and the row stays pending.
    const keys = rows.map(({ key }) => key);
    const texts = await readTexts(db.history, source, keys);
    await inSlices(rows, (slice) => replaceMentions(db, slice, texts));
    indexed += rows.length;
  }
}

/**
 * Marks the next rows that are older than the index as pending.
 * @returns false when none is left
 */
export async function continueBackfill(db: Database): Promise<boolean> {
  const [next] = await db.history.selectFrom('number_index_backfill').selectAll().limit(1).execute();
  const table = INDEXED.find(({ index }) => index === next?.source);
  if (next === undefined || table === undefined) return false;
  const key = sql.ref(table.key);
  const behind = next.done_to === null ? sql`true` : sql`${key} > ${next.done_to}`;
  const { rows } = await sql<{ key: RowKey }>`
    select ${key} as key from ${sql.table(table.table)} where ${behind} order by ${key} limit ${AT_ONCE}`.execute(
    db.history,
  );
  await db.transaction().execute(async (tx) => {
    const last = rows.at(-1);
    if (last === undefined) {
      await tx.deleteFrom('number_index_backfill').where('source', '=', next.source).execute();
      return;
    }
    // Only rows that still exist: a pending row without its row would never be removed by the trigger of a deletion.
    await sql`insert into number_index_pending (source, key, changes)
      select ${next.source}, ${key}, 0 from ${sql.table(table.table)} where ${key} in (${sql.join(rows.map((row) => row.key))})
      on conflict do nothing`.execute(tx);
    await tx
      .updateTable('number_index_backfill')
      .set({ done_to: last.key })
      .where('source', '=', next.source)
      .execute();
  });
  return true;
}

/** The next pending rows of one source. */
async function readPending(db: History): Promise<Pending> {
  const all = await db.selectFrom('number_index_pending').selectAll().orderBy('source').limit(AT_ONCE).execute();
  const source = INDEXED.find(({ index }) => index === all[0]?.source);
  if (source === undefined) return NOTHING;
  const rows = all.filter((row) => row.source === source.index);
  return { source, rows: rows.map((row) => ({ ...row, key: rowKey(source, row.key) })) };
}

/** Skips rows that were written or deleted after their texts were read. */
async function replaceMentions(
  db: Database,
  rows: readonly PendingRow[],
  texts: ReadonlyMap<RowKey, string[]>,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const { source, key, changes } of rows) {
      const taken = await runStatement(tx, { sql: TAKE, parameters: [source, key, changes] });
      if (taken.numAffectedRows === 0n) continue;
      await runStatement(tx, { sql: FORGET, parameters: [source, key] });
      const digits = indexedDigits(texts.get(key) ?? []);
      if (digits.size === 0) continue;
      await runStatement(tx, { sql: MENTION, parameters: [source, key, JSON.stringify([...digits])] });
    }
  });
}
