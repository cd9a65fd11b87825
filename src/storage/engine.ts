import type { Kysely } from 'kysely';
import type { MigrateOptions } from './migrate.js';
import type { Tables } from './schema.js';

/** Identifies a database among its copies. `bornAt`: of its file, when the file system has it. */
export interface DatabaseIdentity {
  inode: string;
  bornAt: string | null;
}

/** What differs between the kinds of databases besides their SQL. */
export interface Engine {
  readonly kind: 'sqlite' | 'postgres';
  /** As {@link migrate} of migrate.ts. */
  migrate(db: Kysely<Tables>, options?: MigrateOptions): Promise<boolean>;
  /** Called after each transaction of calls. @param reader of the history, if it has a connection of its own */
  written(reader: Kysely<Tables> | undefined): void;
  /** Runs work in which another connection reads for a long time. */
  duringLongRead<T>(db: Kysely<Tables>, work: () => Promise<T>): Promise<T>;
  /** Resolves when everything committed is where a crash of the machine cannot lose it. */
  flush(db: Kysely<Tables>): Promise<void>;
  /** Removes erased content from the log of changes. @returns false when some may remain */
  forgetErased(history: Pick<Kysely<Tables>, 'getExecutor'>): Promise<boolean>;
  identity(db: Kysely<Tables>): Promise<DatabaseIdentity>;
  /** Bytes. */
  size(db: Kysely<Tables>): Promise<number>;
}
