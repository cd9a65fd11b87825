import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type Dialect } from 'kysely';
import type { Connection, Statement } from './connection.js';
import { SerialDriver, type WritingDialect } from './serial-driver.js';
import { ignoreNoTransaction } from './sqlite/sqlite-error.js';

/** Kysely on one connection of any driver of SQLite. */
export class SqliteDialect implements WritingDialect {
  readonly #driver: SerialDriver;

  /** @param open called at the first use of the database */
  constructor(open: () => Connection | Promise<Connection>) {
    this.#driver = new SerialDriver({ open, begin: 'begin immediate', onRollbackError: ignoreNoTransaction });
  }

  createDriver = () => this.#driver;
  createQueryCompiler = () => new SqliteQueryCompiler();
  createAdapter = () => new WholeMigrations();
  createIntrospector: Dialect['createIntrospector'] = (db) => new SqliteIntrospector(db);

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
