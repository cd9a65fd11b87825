import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type Dialect } from 'kysely';
import type { Connection } from './connection.js';
import { SerialDialect } from './serial-dialect.js';
import { ignoreNoTransaction } from './sqlite/sqlite-error.js';

/** Kysely on one connection of any driver of SQLite. */
export class SqliteDialect extends SerialDialect {
  /** @param open called at the first use of the database */
  constructor(open: () => Connection | Promise<Connection>) {
    super({ open, begin: 'begin immediate', onRollbackError: ignoreNoTransaction });
  }

  createQueryCompiler = () => new SqliteQueryCompiler();
  createAdapter = () => new WholeMigrations();
  createIntrospector: Dialect['createIntrospector'] = (db) => new SqliteIntrospector(db);
}

/** Runs all due migrations in one transaction. Kysely does not do so for SQLite, but a migration killed half-way could not be repeated. */
class WholeMigrations extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
