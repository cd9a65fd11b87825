import { setTimeout as delay } from 'node:timers/promises';
import { RecentMap } from '../../lib/recent-map.js';
import { BUSY_MS, returnsRows, sqlValue, type ConnectionOptions, type SqlValue } from './connection.js';
import type { Connection, Statement, StatementResult } from '../connection.js';
import { checkGuard } from '../guard.js';
import { openSync, type DriverName, type SyncDatabase, type SyncStatement } from './drivers.js';
import { foldGuard, type GuardedStatement } from './fold-guard.js';
import { ignoreNoTransaction, SqliteError, sqliteErrorOf } from './sqlite-error.js';

/** Size of the cache of statements. Lists of ids of different lengths give different SQL texts. */
const MOST_STATEMENTS = 150;
/** Pause between two attempts (ms) while another process holds the database. */
const BUSY_AGAIN_MS = 10;

interface PreparedStatement {
  statement: SyncStatement;
  /** Derived from the SQL once, not at each run. */
  hasRows: boolean;
}

const BEGIN: Statement = { sql: 'begin immediate', parameters: [] };
const COMMIT: Statement = { sql: 'commit', parameters: [] };
const ROLLBACK: Statement = { sql: 'rollback', parameters: [] };

/**
 * An integer as bigint. `node:sqlite` binds every number as REAL, the prebuilt driver those above 32 bits: in an
 * expression or a column without a numeric type, 5 would become 5.0.
 */
function boundValue(parameter: unknown): SqlValue {
  const value = sqlValue(parameter);
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
}

/**
 * A synchronous driver in the caller's thread: the cheapest for statements that take microseconds. SQLite
 * itself must not wait for another process, because it would block the event loop: this class waits instead.
 */
export class SyncConnection implements Connection {
  readonly #database: SyncDatabase;
  readonly #prepared = new RecentMap<string, PreparedStatement>(MOST_STATEMENTS);
  #inTransaction = false;
  readonly #busyMs: number;
  readonly #checkpointsOnClose: boolean;

  constructor(driver: Exclude<DriverName, 'sqlite3'>, options: ConnectionOptions) {
    const { filename, pragmas, busyMs = BUSY_MS, checkpointsOnClose = true } = options;
    this.#busyMs = busyMs;
    this.#checkpointsOnClose = checkpointsOnClose;
    this.#database = openSync(driver, filename);
    try {
      for (const pragma of [...pragmas, 'busy_timeout = 0']) this.#run({ sql: `pragma ${pragma}`, parameters: [] });
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  async execute(statement: Statement): Promise<StatementResult> {
    if (statement.sql === 'rollback') this.#inTransaction = false;
    const result = await this.#whenFree(() => this.#run(statement));
    if (statement.sql.startsWith('begin')) this.#inTransaction = true;
    else if (statement.sql === 'commit') this.#inTransaction = false;
    return result;
  }

  async write(given: readonly Statement[]): Promise<void> {
    const statements = foldGuard(given);
    if (statements.length <= 1) {
      // A single statement is a transaction of its own.
      for (const statement of statements) await this.#whenFree(() => this.#runChecked(statement));
      return;
    }
    await this.#whenFree(() => this.#run(BEGIN));
    try {
      for (const statement of statements) this.#runChecked(statement);
      this.#run(COMMIT);
    } catch (error) {
      this.#rollback();
      throw error;
    }
  }

  /** Checkpoints first by default: a driver may keep the file open until its prepared statements are garbage collected. */
  close(): Promise<void> {
    this.#rollback();
    try {
      if (this.#checkpointsOnClose) this.#run({ sql: 'pragma wal_checkpoint(truncate)', parameters: [] });
    } catch (error) {
      // The log stays and is read when the database is opened again.
      if (!(error instanceof SqliteError)) throw error;
    } finally {
      this.#prepared.clear();
      this.#database.close();
    }
    return Promise.resolve();
  }

  /** Retries while another process holds the database. Outside a transaction, a busy statement had no effect. */
  async #whenFree<T>(run: () => T): Promise<T> {
    for (const deadline = performance.now() + this.#busyMs; ;) {
      try {
        return run();
      } catch (error) {
        const isBusy = error instanceof SqliteError && error.code === 'SQLITE_BUSY';
        if (!isBusy || this.#inTransaction || performance.now() > deadline) throw error;
      }
      await delay(BUSY_AGAIN_MS);
    }
  }

  #runChecked(statement: GuardedStatement): void {
    const { rows, changes } = this.#run(statement);
    checkGuard(statement, rows);
    if (changes === 0 && statement.guard !== undefined) this.#runChecked(statement.guard);
  }

  #run({ sql, parameters }: Statement): StatementResult {
    try {
      const { statement, hasRows } = this.#prepare(sql);
      const values = parameters.map(boundValue);
      if (hasRows) return { rows: statement.all(...values), changes: 0, lastInsertId: 0 };
      const { changes, lastInsertRowid } = statement.run(...values);
      return { rows: [], changes: Number(changes), lastInsertId: Number(lastInsertRowid) };
    } catch (error) {
      throw sqliteErrorOf(error);
    }
  }

  #prepare(sql: string): PreparedStatement {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const prepared = { statement: this.#database.prepare(sql), hasRows: returnsRows(sql) };
    this.#prepared.set(sql, prepared);
    return prepared;
  }

  #rollback(): void {
    try {
      this.#run(ROLLBACK);
    } catch (error) {
      ignoreNoTransaction(error);
    }
  }
}
