import { CompiledQuery, type DatabaseConnection, type Driver, type QueryResult } from 'kysely';
import type { Connection, Statement } from './connection.js';
import { Mutex } from './mutex.js';
import { Turn } from './turn.js';

export interface SerialDriverOptions {
  /** Called at the first use of the database. */
  open: () => Connection | Promise<Connection>;
  /** The statement that begins a transaction. */
  begin: string;
  /** An error of a rollback that says that there is nothing to roll back. @throws any other error */
  onRollbackError: (error: unknown) => void;
}

/**
 * Kysely on one connection of any driver.
 *
 * The connection has one user at a time: two transactions on one connection would interleave, so users
 * wait in a queue. A query on the outer database inside a transaction would therefore wait forever; a transaction
 * must use its own handle only.
 */
export class SerialDriver implements Driver {
  #connection: KyselyConnection | undefined;
  readonly #mutex = new Mutex();
  readonly #turn = new Turn();

  constructor(private readonly options: SerialDriverOptions) {}

  async init(): Promise<void> {
    this.#connection = new KyselyConnection(await this.options.open());
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
    await connection.executeQuery(CompiledQuery.raw(this.options.begin));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback')).catch(this.options.onRollbackError);
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
