import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import sqlite3 from 'sqlite3';

/**
 * Kysely on the `sqlite3` package. The package is no longer maintained: everything that knows it is in this file, so
 * that a successor replaces this file alone.
 *
 * One handle, one user at a time: two transactions on one handle would run into each other, so whoever wants the
 * handle waits in line. A query on the outer database inside a transaction would therefore wait for ever; inside a
 * transaction only its own handle may be used.
 */
export class SqliteDialect implements Dialect {
  constructor(private readonly options: { filename: string; pragmas: string[] }) {}

  createDriver = () => new SqliteDriver(this.options);
  createQueryCompiler = () => new SqliteQueryCompiler();
  createAdapter = () => new WholeMigrations();
  createIntrospector: Dialect['createIntrospector'] = (db) => new SqliteIntrospector(db);
}

/** All due migrations are one transaction, which Kysely does not expect of SQLite: one that was killed half-way could never be begun again. */
class WholeMigrations extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class SqliteDriver implements Driver {
  #connection: SqliteConnection | undefined;
  #line: Promise<void> = Promise.resolve();
  #leave: () => void = () => undefined;

  constructor(private readonly options: { filename: string; pragmas: string[] }) {}

  async init(): Promise<void> {
    const handle = await new Promise<sqlite3.Database>((resolve, reject) => {
      const opened = new sqlite3.Database(this.options.filename, (error) => {
        if (error) reject(error);
        else resolve(opened);
      });
    });
    this.#connection = new SqliteConnection(handle);
    for (const pragma of this.options.pragmas)
      await this.#connection.executeQuery(CompiledQuery.raw(`pragma ${pragma}`));
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#line;
    let leave: () => void = () => undefined;
    this.#line = new Promise((resolve) => (leave = resolve));
    await before;
    this.#leave = leave;
    if (this.#connection === undefined) throw new Error('the database is closed');
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#leave();
    await Promise.resolve();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  /** After some errors (disk full, failed read or write) SQLite has rolled back by itself: the first error is the one to tell. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback')).catch((error: unknown) => {
      if (!(error instanceof Error && error.message.includes('no transaction is active'))) throw error;
    });
  }

  async destroy(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.close();
  }
}

class SqliteConnection implements DatabaseConnection {
  constructor(private readonly handle: sqlite3.Database) {}

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return new Promise((resolve, reject) => {
      if (returnsRows(query)) {
        this.handle.all<R>(query.sql, query.parameters, (error, rows) => {
          if (error) reject(error);
          else resolve({ rows });
        });
      } else {
        this.handle.run(query.sql, query.parameters, function (error) {
          if (error) reject(error);
          else resolve({ rows: [], numAffectedRows: BigInt(this.changes), insertId: BigInt(this.lastID) });
        });
      }
    });
  }

  async *streamQuery(): AsyncIterableIterator<never> {
    await Promise.resolve();
    throw new Error('streaming is not supported');
  }

  close(): Promise<void> {
    return new Promise((resolve, reject) =>
      this.handle.close((error) => {
        if (error) reject(error);
        else resolve();
      }),
    );
  }
}

const ROWS = /^\s*(select|with|pragma|explain)\b|\breturning\b/i;

function returnsRows(query: CompiledQuery): boolean {
  return ROWS.test(query.sql);
}
