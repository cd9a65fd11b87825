import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { failpoint } from '../../lib/failpoint.js';
import type { Database } from '../database.js';
import { changeDatabase, isOwnDatabase, isSameInstallation } from '../installation.js';
import { migrations } from '../migrations.js';
import { MAIN_NODE, readLeases } from '../node-lease/lease-rows.js';
import { fenceDeadOwners, runningOwner } from '../node-lease/lease-owner.js';
import { afterCopy, mayWait, readLastNumbers, withoutTriggers, writeLastNumbers, type Side } from './own-work.js';
import { batchesOf, countRows, deleteRows, insertRows, type Row, type Value } from './rows.js';
import { TableSum } from './table-sum.js';
import { readShape, type Shape, type TableShape } from './tables.js';

/** The databases cannot be moved as they are. The message says what to do. */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused';
}

interface MoveOptions {
  /** One of them is SQLite, the other PostgreSQL. */
  source: Database;
  target: Database;
  /** The data folder of both. */
  folder: string;
  /** What to do about a target with rows: a sentence. */
  emptyTarget: string;
  onProgress: (table: string, done: number, total: number) => void;
}

interface MovedTable {
  table: string;
  rows: number;
  checksum: string;
}

export interface Moved {
  tables: MovedTable[];
  /** An earlier move had copied everything: it was only compared. */
  wasCopied: boolean;
}

/**
 * Copies a company's database into an empty one of the other kind, compares every table, and makes the copy the database of the data folder.
 * The copy is one transaction: ended before, it leaves the target empty; ended between it and the last step, the next call finds the copy and
 * goes on from there. Both databases are locked for writers meanwhile, so no gateway can start.
 *
 * @throws {MoveRefused}
 */
export async function moveDatabase(options: MoveOptions): Promise<Moved> {
  const { source, target, folder } = options;
  await refuseRunningGateway(source, 'the source');
  await refuseRunningGateway(target, 'the target');
  await refuseOtherVersion(source);
  await refuseCallsOfOtherNodes(source);
  if (!(await isOwnDatabase(source, folder)))
    throw new MoveRefused(
      `The database is not that of the last run in ${folder}: start the gateway with it once, stop it, and try again.`,
    );
  await target.migrate();
  await fenceDeadOwners(source);
  const wasCopied = await isSameInstallation(target, folder);
  // The source stays locked until the folder names the target, so that no gateway starts with the source meanwhile.
  const tables = await source.transaction().execute(async (from) => {
    const moved = await target.transaction().execute(async (to) => {
      const move = new Move({ db: from, kind: source.kind }, { db: to, kind: target.kind }, options);
      return move.run(wasCopied);
    });
    failpoint('copied', 'everything');
    await changeDatabase(target, folder);
    return moved;
  });
  await afterCopy({ db: target, kind: target.kind });
  return { tables, wasCopied };
}

async function refuseRunningGateway(db: Database, which: string): Promise<void> {
  const owner = await runningOwner(db);
  if (owner !== undefined)
    throw new MoveRefused(`The gateway ${owner} runs with ${which}: stop it and its standbys first.`);
}

async function refuseOtherVersion(source: Database): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(source);
  const [applied, known] = [new Set(rows.map(({ name }) => name)), Object.keys(migrations)];
  const isLater = [...applied].some((name) => !known.includes(name) && name !== '0000_functions');
  if (isLater || known.some((name) => !applied.has(name)))
    throw new MoveRefused(
      `The database was written by ${isLater ? 'a later' : 'an earlier'} version: start the gateway of this version with it once, stop it, and try again.`,
    );
}

/** With SQLite there is one node: nothing would ever end these calls. */
async function refuseCallsOfOtherNodes(source: Database): Promise<void> {
  const running = source.selectFrom('flows').where('over', '=', 0).where('node', '!=', MAIN_NODE).select('node');
  const one = await running.executeTakeFirst();
  if (one !== undefined)
    throw new MoveRefused(
      `Calls of the node ${one.node} are in progress: start its gateway with NODE=${one.node} once, wait until they have ended, stop it, and try again.`,
    );
}

/** They have rows in an empty database. */
const TABLES_OF_MIGRATIONS = ['node_leases', 'meta'];

/** The work inside of both transactions. */
class Move {
  constructor(
    private readonly from: Side,
    private readonly to: Side,
    private readonly options: Pick<MoveOptions, 'onProgress' | 'emptyTarget'>,
  ) {}

  async run(wasCopied: boolean): Promise<MovedTable[]> {
    for (const side of [this.from, this.to]) await mayWait(side);
    // One may have started since it was looked for. From here on none can.
    if ((await readLeases(this.from.db)).some(({ owner }) => owner !== null))
      throw new MoveRefused('A gateway has just started with the source: stop it first.');
    const shape = await readShape(this.from.kind === 'sqlite' ? this.from.db : this.to.db);
    if (!wasCopied) await this.#copy(shape);
    const tables: MovedTable[] = [];
    for (const table of shape.tables) tables.push(await this.#compare(table, wasCopied));
    const [given, has] = [await readLastNumbers(this.from, shape), await readLastNumbers(this.to, shape)];
    if (!isDeepStrictEqual(given, has)) throw this.#differs('the numbers of its rows', wasCopied);
    return tables;
  }

  async #copy(shape: Shape): Promise<void> {
    for (const table of shape.tables) {
      if (TABLES_OF_MIGRATIONS.includes(table.name)) continue;
      const rows = await countRows(this.to.db, table);
      if (rows > 0)
        throw new MoveRefused(`The target is not empty: ${table.name} has ${rows} rows. ${this.options.emptyTarget}`);
    }
    await withoutTriggers(this.to, shape, async () => {
      for (const table of shape.tables) await this.#copyTable(table, shape);
    });
    await writeLastNumbers(this.to, shape, await readLastNumbers(this.from, shape));
  }

  async #copyTable(table: TableShape, { integerKeyed }: Shape): Promise<void> {
    await deleteRows(this.to.db, table);
    const total = await countRows(this.from.db, table);
    let done = 0;
    for await (const rows of batchesOf(this.from.db, table)) {
      await insertRows(
        this.to.db,
        table,
        this.to.kind === 'sqlite' ? withIntegerKeys(rows, table, integerKeyed) : rows,
      );
      this.options.onProgress(`copying ${table.name}`, (done += rows.length), total);
    }
    failpoint('copied', table.name);
  }

  async #compare(table: TableShape, wasCopied: boolean): Promise<MovedTable> {
    const total = 2 * (await countRows(this.from.db, table));
    const [source, target] = [new TableSum(table), new TableSum(table)];
    const progress = () => this.options.onProgress(`comparing ${table.name}`, source.rows + target.rows, total);
    for (const [{ db }, sum] of [
      [this.from, source],
      [this.to, target],
    ] as const)
      for await (const rows of batchesOf(db, table)) {
        sum.add(rows);
        progress();
      }
    if (source.equals(target)) return { table: table.name, rows: source.rows, checksum: source.checksum };
    throw this.#differs(`${table.name} (${target.rows} rows in place of ${source.rows})`, wasCopied);
  }

  /** A fresh copy must not differ. */
  #differs(what: string, wasCopied: boolean): Error {
    const text = `The target differs in ${what}.`;
    return wasCopied ? new MoveRefused(`${text} ${this.options.emptyTarget}`) : new Error(text);
  }
}

/** Columns without a type hold integers in SQLite where the rows that they name have these as keys. */
function withIntegerKeys(rows: Row[], { columns, untyped }: TableShape, integerKeyed: ReadonlySet<string>): Row[] {
  if (untyped.size === 0) return rows;
  const sourceAt = columns.indexOf('source');
  const integer = (value: Value, at: number) =>
    value !== null && untyped.has(columns[at] ?? '') ? Number(value) : value;
  return rows.map((row) => (integerKeyed.has(String(row[sourceAt])) ? row.map(integer) : row));
}
