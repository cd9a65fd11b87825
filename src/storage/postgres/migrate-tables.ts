import { Kysely } from 'kysely';
import type { Connection, Statement, StatementResult } from '../connection.js';
import type { TableMigration } from '../compatibility.js';
import { migrate, type MigrateOptions } from '../migrate.js';
import { migrations } from '../migrations.js';
import { postgresStatements } from './ddl.js';
import type { Tables } from '../schema.js';
import { functions } from './functions.js';
import { PostgresConnection } from './postgres-connection.js';
import { PostgresDialect } from './postgres-dialect.js';

/** The last migration that never meets rows on PostgreSQL: what it and those before it do to rows converts those of earlier versions. */
const BEGUN_WITH = '0041_dials_by_handset';

/** Runs the due migrations, whose statements are written for SQLite. */
export async function migrateTables(url: string, options?: MigrateOptions): Promise<boolean> {
  const connection = new TranslatingConnection(new PostgresConnection({ url }));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect(() => connection) });
  const own = Object.entries(migrations).map(([name, migration]): [string, TableMigration] => [
    name,
    {
      ...migration,
      async up(tx: Kysely<unknown>) {
        connection.tablesOnly = name <= BEGUN_WITH;
        await migration.up(tx);
        connection.tablesOnly = false;
      },
    },
  ]);
  try {
    return await migrate(db, { '0000_functions': functions, ...Object.fromEntries(own) }, options);
  } finally {
    await db.destroy();
  }
}

/** Translates the statements. */
class TranslatingConnection implements Connection {
  /** Skips statements on rows. */
  tablesOnly = false;

  constructor(private readonly connection: PostgresConnection) {}

  async execute(statement: Statement): Promise<StatementResult> {
    let result: StatementResult = { rows: [], changes: 0, lastInsertId: 0 };
    if (this.tablesOnly && !/^\s*(create|alter|drop)\b/i.test(statement.sql)) return result;
    for (const sql of postgresStatements(statement.sql)) result = await this.connection.execute({ ...statement, sql });
    return result;
  }

  write(statements: readonly Statement[]): Promise<void> {
    return this.connection.write(statements);
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}
