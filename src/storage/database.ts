import { Kysely, Migrator, type Migration } from 'kysely';
import { migrations } from './migrations.js';
import type { Tables } from './schema.js';
import { SqliteDialect } from './sqlite-dialect.js';

export type Database = Kysely<Tables>;

/**
 * WAL with `synchronous=NORMAL`: a commit survives the death of the process (kill -9) at once, and the death of the
 * machine up to the last checkpoint of the log; it saves one fsync for each commit. `FULL` closes that gap.
 */
type Synchronous = 'NORMAL' | 'FULL';

/**
 * How long a write waits when another process holds the database. Callers hear nothing meanwhile; beyond it their calls
 * go on in memory.
 */
const BUSY_MS = 500;

/** Opens the database (made if missing) and brings its tables up to date. `filename`: a path or `:memory:`. */
export async function openDatabase(filename: string, synchronous: Synchronous = 'NORMAL'): Promise<Database> {
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({
      filename,
      pragmas: [
        'journal_mode = wal',
        `synchronous = ${synchronous}`,
        `busy_timeout = ${BUSY_MS}`,
        'foreign_keys = on',
        // What is deleted is overwritten, and does not stay readable in free pages.
        'secure_delete = on',
        'journal_size_limit = 67108864',
      ],
    }),
  });
  try {
    await migrate(db, migrations);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

async function migrate(db: Database, all: Record<string, Migration>): Promise<void> {
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(all) },
  }).migrateToLatest();
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('the database could not be migrated', { cause: error });
}
