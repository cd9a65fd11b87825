import { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type Dialect } from 'kysely';
import type { Connection } from '../connection.js';
import { SerialDialect } from '../serial-dialect.js';

/** Kysely on one connection to PostgreSQL. */
export class PostgresDialect extends SerialDialect {
  /** @param open called at the first use of the database */
  constructor(open: () => Connection) {
    const onRollbackError = (error: unknown) => {
      throw error;
    };
    super({ open, begin: 'begin', onRollbackError });
  }

  createQueryCompiler = () => new PostgresQueryCompiler();
  createAdapter = () => new PostgresAdapter();
  createIntrospector: Dialect['createIntrospector'] = (db) => new PostgresIntrospector(db);
}
