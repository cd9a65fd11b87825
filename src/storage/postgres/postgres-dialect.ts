import { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type Dialect } from 'kysely';
import type { Connection, Statement } from '../connection.js';
import { SerialDriver, type WritingDialect } from '../serial-driver.js';

/** Kysely on one connection to PostgreSQL. */
export class PostgresDialect implements WritingDialect {
  readonly #driver: SerialDriver;

  /** @param open called at the first use of the database */
  constructor(open: () => Connection) {
    const onRollbackError = (error: unknown) => {
      throw error;
    };
    this.#driver = new SerialDriver({ open, begin: 'begin', onRollbackError });
  }

  createDriver = () => this.#driver;
  createQueryCompiler = () => new PostgresQueryCompiler();
  createAdapter = () => new PostgresAdapter();
  createIntrospector: Dialect['createIntrospector'] = (db) => new PostgresIntrospector(db);

  write(statements: () => readonly Statement[]): Promise<void> {
    return this.#driver.write(statements);
  }
}
