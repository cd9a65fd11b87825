import { Kysely, sql } from 'kysely';
import { OrderBook } from '../../src/orders/order-book.js';
import type { Tables } from '../../src/storage/schema.js';
import { SqliteDialect } from '../../src/storage/sqlite-dialect.js';
import type { Gateway } from '../support/gateway.js';

/** A second hand on the database of a running gateway. */
export class GatewayDatabase {
  readonly #db: Kysely<Tables>;

  constructor(gateway: Gateway) {
    const filename = gateway.database;
    this.#db = new Kysely<Tables>({ dialect: new SqliteDialect({ filename, pragmas: ['busy_timeout = 5000'] }) });
  }

  /** What the dispatch has told of its orders. */
  get orders(): OrderBook {
    return new OrderBook(this.#db);
  }

  /** What would be taken up again after a crash: flows that are not over, effects that nobody acknowledged. */
  async unfinished(): Promise<{ flows: number; intents: number }> {
    const { n: flows } = await this.#db
      .selectFrom('flows')
      .where('over', '=', 0)
      .select((e) => e.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    const { n: intents } = await this.#db
      .selectFrom('intents')
      .where('acked_at', 'is', null)
      .select((e) => e.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    return { flows, intents };
  }

  /** Nobody else can write until {@link unlock}. */
  async lock(): Promise<void> {
    await sql`begin exclusive`.execute(this.#db);
  }

  async unlock(): Promise<void> {
    await sql`rollback`.execute(this.#db);
  }

  /** Empties the write-ahead log: without it a full disk takes no write, since there is no space to use again. */
  async truncateLog(): Promise<void> {
    await sql`pragma wal_checkpoint(truncate)`.execute(this.#db);
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }
}
