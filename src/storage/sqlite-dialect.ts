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
import type { Connection, Statement } from './sqlite/connection.js';
import { Mutex } from './sqlite/mutex.js';
import { ignoreNoTransaction } from './sqlite/sqlite-error.js';
import { Turn } from './sqlite/turn.js';

/**
 * Kysely on one connection of any driver.
 *
 * The connection has one user at a time: two transactions on one connection would interleave, so users
 * wait in a queue. A query on the outer database inside a transaction would therefore wait forever; a transaction
 * must use its own handle only.
 */
export class SqliteDialect implements Dialect {
  readonly #driver: SqliteDriver;

  /** @param open called at the first use of the database */
  constructor(open: () => Connection | Promise<Connection>) {
    this.#driver = new SqliteDriver(open);
  }

  createDriver = () => this.#driver;
  createQueryCompiler = () => new SqliteQueryCompiler();
  createAdapter = () => new WholeMigrations();
  createIntrospector: Dialect['createIntrospector'] = (db) => new SqliteIntrospector(db);

  /** Runs statements in one transaction without Kysely, for frequent writes whose queries would cost more to build than to run. */
  write(statements: () => readonly Statement[]): Promise<void> {
    return this.#driver.write(statements);
  }
}

/** Runs all due migrations in one transaction. Kysely does not do so for SQLite, but a migration killed half-way could not be repeated. */
class WholeMigrations extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class SqliteDriver implements Driver {
  #connection: KyselyConnection | undefined;
  readonly #mutex = new Mutex();
  readonly #turn = new Turn();

  constructor(private readonly open: () => Connection | Promise<Connection>) {}

  async init(): Promise<void> {
    this.#connection = new KyselyConnection(await this.open());
  }

  async acquireConnection(): Promise<KyselyConnection> {
    await this.#turn.pause();
    return this.#acquire();
  }

  async #acquire(): Promise<KyselyConnection> {
    await this.#mutex.acquire();
    if (this.#connection !== undefined) return this.#connection;
    this.#mutex.release();
    throw new Error('the database is closed');
  }

  async releaseConnection(): Promise<void> {
    this.#mutex.release();
    await Promise.resolve();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback')).catch(ignoreNoTransaction);
  }

  async write(statements: () => readonly Statement[]): Promise<void> {
    const { connection } = await this.#acquire();
    try {
      await connection.write(statements());
    } finally {
      this.#mutex.release();
    }
  }

  async destroy(): Promise<void> {
    const known = this.#connection;
    this.#connection = undefined;
    await known?.connection.close();
  }
}

class KyselyConnection implements DatabaseConnection {
  constructor(readonly connection: Connection) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes, lastInsertId } = await this.connection.execute(query);
    if (rows.length > 0) return { rows: rows as R[] };
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertId) };
  }

  async *streamQuery(): AsyncIterableIterator<never> {
    await Promise.resolve();
    throw new Error('streaming is not supported');
  }
}
