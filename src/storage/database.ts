import { Kysely } from 'kysely';
import type { Statement } from './connection.js';
import type { DatabaseIdentity, Engine } from './engine.js';
import type { MigrateOptions } from './migrate.js';
import type { Tables } from './schema.js';
import type { SerialDialect } from './serial-dialect.js';
import { SqliteDialect } from './sqlite-dialect.js';
import { defaultDriver, type DriverName } from './sqlite/drivers.js';
import { openConnection } from './sqlite/open-connection.js';
import { CHECKPOINT_BY_COMMIT, SqliteEngine } from './sqlite/sqlite-engine.js';

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

const IN_MEMORY = ':memory:';

/**
 * The database. As a Kysely it reads and writes on the connection of calls in progress, where a statement must
 * be short. Long reads, and reads that grow with the history, use `history`.
 */
export class Database extends Kysely<Tables> {
  /**
   * A second connection, in another thread or to the server, for lists, searches, exports and clean-up. It sees everything
   * committed before a query starts.
   */
  readonly history: History;
  readonly kind: Engine['kind'];
  readonly #writer: SerialDialect;
  readonly #reader: Kysely<Tables> | undefined;
  readonly #engine: Engine;

  constructor(writer: SerialDialect, reader?: SerialDialect, engine: Engine = new SqliteEngine(IN_MEMORY)) {
    super({ dialect: writer });
    this.#writer = writer;
    this.#reader = reader && new Kysely<Tables>({ dialect: reader });
    this.#engine = engine;
    this.kind = engine.kind;
    this.history = this.#reader ?? this;
  }

  /**
   * Runs prepared statements in one transaction. Resolves after the commit.
   * @param statements called when the caller holds the database
   */
  async write(statements: () => readonly Statement[]): Promise<void> {
    await this.#writer.write(statements);
    this.#engine.written(this.#reader);
  }

  /** Runs work in which another connection reads for a long time, so that commits of calls do not become slower. */
  duringLongRead<T>(work: () => Promise<T>): Promise<T> {
    return this.#engine.duringLongRead(this, work);
  }

  /** Resolves when everything committed is where a crash of the machine cannot lose it. */
  flush(): Promise<void> {
    return this.#engine.flush(this);
  }

  /** Removes erased content from the log of changes. @returns false when some may remain for a while */
  forgetErased(): Promise<boolean> {
    return this.#engine.forgetErased(this.history);
  }

  /** Brings the tables to the present version. @returns false when they stay as they are: see {@link MigrateOptions}. @throws {NewerTables} */
  migrate(options?: MigrateOptions): Promise<boolean> {
    return this.#engine.migrate(this, options);
  }

  identity(): Promise<DatabaseIdentity> {
    return this.#engine.identity(this);
  }

  /** Bytes. */
  size(): Promise<number> {
    return this.#engine.size(this);
  }

  override async destroy(): Promise<void> {
    await this.#reader?.destroy();
    await super.destroy();
  }
}

/** Opens the database, creates it if missing, and migrates its tables. `filename`: a path or `:memory:`. */
export function openDatabase(filename: string, options: DatabaseOptions = {}): Promise<Database> {
  return migrated(openUnmigrated(filename, options));
}

/** The database with its tables migrated; closed when that fails. */
export async function migrated(db: Database): Promise<Database> {
  try {
    await db.migrate();
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** As {@link openDatabase}, with the tables as they are: another gateway may use them. */
export function openUnmigrated(filename: string, options: DatabaseOptions = {}): Database {
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
  const writer = new SqliteDialect(() => openConnection(writerOptions));
  return new Database(writer, reader, new SqliteEngine(filename));
}
