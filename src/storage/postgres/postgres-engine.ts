import { sql, type Kysely } from 'kysely';
import type { DatabaseIdentity, Engine } from '../engine.js';
import type { Tables } from '../schema.js';
import type { MigrateOptions } from '../migrate.js';
import { migrateTables } from './migrate-tables.js';
import { PostgresConnection } from './postgres-connection.js';

/** A database of a PostgreSQL server, which looks after its log itself. */
export class PostgresEngine implements Engine {
  readonly kind = 'postgres';

  constructor(private readonly url: string) {}

  migrate(_db: Kysely<Tables>, options?: MigrateOptions): Promise<boolean> {
    return migrateTables(this.url, options);
  }

  written(): void {
    // The server makes its checkpoints.
  }

  duringLongRead<T>(_db: Kysely<Tables>, work: () => Promise<T>): Promise<T> {
    return work();
  }

  async flush(): Promise<void> {
    // A commit is on the disk when it is answered.
  }

  /** Erased rows are removed from the tables' files. The server's own log has them until it recycles it. */
  async forgetErased(): Promise<boolean> {
    const connection = new PostgresConnection({ url: this.url });
    try {
      await connection.execute({ sql: 'vacuum', parameters: [] });
      return true;
    } finally {
      await connection.close();
    }
  }

  async identity(db: Kysely<Tables>): Promise<DatabaseIdentity> {
    const { rows } = await sql<{ server: string; database: number }>`
      select system_identifier::text as server, (select oid from pg_database where datname = current_database()) as database
      from pg_control_system()`.execute(db);
    const [{ server, database } = { server: '', database: 0 }] = rows;
    return { inode: `postgres ${server}/${database}`, bornAt: null };
  }

  async size(db: Kysely<Tables>): Promise<number> {
    const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db);
    return rows[0]?.bytes ?? 0;
  }
}
