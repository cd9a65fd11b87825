import { sql } from 'kysely';
import { OrderBook } from '../../src/orders/order-book.js';
import { Database } from '../../src/storage/database.js';
import { SqliteDialect } from '../../src/storage/sqlite-dialect.js';
import { openConnection } from '../../src/storage/sqlite/open-connection.js';
import type { Gateway } from '../support/gateway.js';

/** A second connection to the database of a running gateway. */
export class GatewayDatabase {
  readonly #db: Database;

  constructor(gateway: Gateway) {
    const options = { filename: gateway.database, pragmas: [], busyMs: 5000 };
    this.#db = new Database(new SqliteDialect(() => openConnection(options)));
  }

  /** The orders that the dispatch has reported. */
  get orders(): OrderBook {
    return new OrderBook(this.#db);
  }

  /** The work that a restart would resume: unfinished flows, and flows with unacknowledged effects. */
  async unfinished(): Promise<{ flows: number; pending: number }> {
    const { n: flows } = await this.#db
      .selectFrom('flows')
      .where('over', '=', 0)
      .select((e) => e.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    const { n: pending } = await this.#db
      .selectFrom('flows')
      .where('pending', '!=', '[]')
      .select((e) => e.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    return { flows, pending };
  }

  /** No other connection can write until {@link unlock}. */
  async lock(): Promise<void> {
    await sql`begin exclusive`.execute(this.#db);
  }

  async unlock(): Promise<void> {
    await sql`rollback`.execute(this.#db);
  }

  /** Empties the write-ahead log: otherwise writes would reuse its space on a full disk. */
  async truncateLog(): Promise<void> {
    await sql`pragma wal_checkpoint(truncate)`.execute(this.#db);
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }
}
