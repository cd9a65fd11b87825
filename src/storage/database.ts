import { Kysely, Migrator, sql, type Migration } from 'kysely';
import { migrations } from './migrations.js';
import type { Tables } from './schema.js';
import { SqliteDialect } from './sqlite-dialect.js';
import type { Statement } from './sqlite/connection.js';
import { defaultDriver, type DriverName } from './sqlite/drivers.js';
import { openConnection } from './sqlite/open-connection.js';

/**
 * WAL with `synchronous=NORMAL`: a commit survives the death of the process (kill -9) at once, and the death of the
 * machine up to the last checkpoint of the log. It saves one fsync for each commit. `FULL` closes that gap.
 */
type Synchronous = 'NORMAL' | 'FULL';

export interface DatabaseOptions {
  synchronous?: Synchronous;
  /** Undefined: the best one available. */
  driver?: DriverName | undefined;
}

/** The read-only interface of {@link Database.history}. */
export type History = Pick<Kysely<Tables>, 'selectFrom' | 'getExecutor'>;

/** Number of call transactions between two checkpoints of the write-ahead log: about 6 MB. */
const CHECKPOINT_AFTER = 250;
/** Maximum number of checkpoint rounds: the log grows during a checkpoint. */
const CHECKPOINT_ROUNDS = 5;
/** Pages (16 MB) after which a commit runs the checkpoint itself: the rest of the rounds above. */
const CHECKPOINT_BY_COMMIT = 4000;

const IN_MEMORY = ':memory:';

/**
 * The database. As a Kysely it reads and writes on the connection of calls in progress, where a statement must
 * be short. Long reads, and reads that grow with the history, use `history`.
 */
export class Database extends Kysely<Tables> {
  /**
   * A second connection in another thread, for lists, searches, exports and clean-up. It sees everything
   * committed before a query starts.
   */
  readonly history: History;
  readonly #writer: SqliteDialect;
  readonly #reader: Kysely<Tables> | undefined;
  #sinceCheckpoint = 0;

  constructor(writer: SqliteDialect, reader?: SqliteDialect) {
    super({ dialect: writer });
    this.#writer = writer;
    this.#reader = reader && new Kysely<Tables>({ dialect: reader });
    this.history = this.#reader ?? this;
  }

  /**
   * Runs prepared statements in one transaction. Resolves after the commit.
   * @param statements called when the caller holds the database
   */
  async write(statements: () => readonly Statement[]): Promise<void> {
    await this.#writer.write(statements);
    this.#sinceCheckpoint += 1;
    if (this.#sinceCheckpoint < CHECKPOINT_AFTER || this.#reader === undefined) return;
    this.#sinceCheckpoint = 0;
    void this.#checkpoint(this.#reader);
  }

  /** Runs a checkpoint in the other thread, because it waits for the disk. The next checkpoint or a commit does the rest. */
  async #checkpoint(reader: Kysely<Tables>): Promise<void> {
    const passive = sql<{ log: number; checkpointed: number }>`pragma wal_checkpoint(passive)`;
    for (let round = 0; round < CHECKPOINT_ROUNDS; round += 1) {
      const done = await passive.execute(reader).catch(() => undefined);
      const [row] = done?.rows ?? [];
      if (row === undefined || row.checkpointed >= row.log) return;
    }
  }

  /**
   * Runs work in which another connection reads for a long time: the log grows meanwhile, and the commit of a call must not write it into
   * the database. `work` does that at its end, outside the event loop.
   */
  async withoutCheckpointsByCommits<T>(work: () => Promise<T>): Promise<T> {
    await this.#checkpointByCommitAfter(0);
    try {
      return await work();
    } finally {
      await this.#checkpointByCommitAfter(CHECKPOINT_BY_COMMIT);
    }
  }

  /** @param pages 0: never */
  async #checkpointByCommitAfter(pages: number): Promise<void> {
    await sql.raw(`pragma wal_autocheckpoint = ${pages}`).execute(this);
  }

  override async destroy(): Promise<void> {
    await this.#reader?.destroy();
    await super.destroy();
  }
}

/** Opens the database, creates it if missing, and migrates its tables. `filename`: a path or `:memory:`. */
export async function openDatabase(filename: string, options: DatabaseOptions = {}): Promise<Database> {
  const { synchronous = 'NORMAL', driver = defaultDriver() } = options;
  const writerOptions = {
    filename,
    driver,
    // An fsync for each commit would block the event loop.
    threaded: synchronous === 'FULL' && filename !== IN_MEMORY,
    pragmas: [
      'journal_mode = wal',
      `synchronous = ${synchronous}`,
      'foreign_keys = on',
      // Deleted content is overwritten and does not stay readable in free pages.
      'secure_delete = on',
      'journal_size_limit = 67108864',
      `wal_autocheckpoint = ${CHECKPOINT_BY_COMMIT}`,
    ],
  };
  const readerOptions = { filename, driver, threaded: true, pragmas: ['query_only = on'] };
  const reader = filename === IN_MEMORY ? undefined : new SqliteDialect(() => openConnection(readerOptions));
  const db = new Database(new SqliteDialect(() => openConnection(writerOptions)), reader);
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
