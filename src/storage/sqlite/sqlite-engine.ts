import { stat } from 'node:fs/promises';
import { sql, type Kysely } from 'kysely';
import type { DatabaseIdentity, Engine } from '../engine.js';
import { migrate, type MigrateOptions } from '../migrate.js';
import { migrations } from '../migrations.js';
import type { Tables } from '../schema.js';

/** Number of call transactions between two checkpoints of the write-ahead log: about 6 MB. */
const CHECKPOINT_AFTER = 250;
/** Maximum number of checkpoint rounds: the log grows during a checkpoint. */
const CHECKPOINT_ROUNDS = 5;
/** Pages (16 MB) after which a commit runs the checkpoint itself: the rest of the rounds above. */
export const CHECKPOINT_BY_COMMIT = 4000;

/** A file of SQLite, and the checkpoints of its write-ahead log. */
export class SqliteEngine implements Engine {
  readonly kind = 'sqlite';
  #sinceCheckpoint = 0;

  /** @param file path of the database */
  constructor(private readonly file: string) {}

  migrate(db: Kysely<Tables>, options?: MigrateOptions): Promise<boolean> {
    return migrate(db, migrations, options);
  }

  written(reader: Kysely<Tables> | undefined): void {
    this.#sinceCheckpoint += 1;
    if (this.#sinceCheckpoint < CHECKPOINT_AFTER || reader === undefined) return;
    this.#sinceCheckpoint = 0;
    void this.#checkpoint(reader);
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

  /** The log grows meanwhile, and the commit of a call must not write it into the database: a later checkpoint does that. */
  async duringLongRead<T>(db: Kysely<Tables>, work: () => Promise<T>): Promise<T> {
    await checkpointByCommitAfter(db, 0);
    try {
      return await work();
    } finally {
      await checkpointByCommitAfter(db, CHECKPOINT_BY_COMMIT);
    }
  }

  async flush(db: Kysely<Tables>): Promise<void> {
    await sql`pragma wal_checkpoint(passive)`.execute(db);
  }

  async forgetErased(history: Pick<Kysely<Tables>, 'getExecutor'>): Promise<boolean> {
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(history);
    return rows[0]?.busy === 0;
  }

  async identity(): Promise<DatabaseIdentity> {
    const { ino, birthtimeNs, ctimeNs } = await stat(this.file, { bigint: true });
    // File systems without a birth time report none, or the time of the last change.
    const isReported = birthtimeNs > 0n && birthtimeNs !== ctimeNs;
    return { inode: String(ino), bornAt: isReported ? String(birthtimeNs) : null };
  }

  async size(): Promise<number> {
    return (await stat(this.file)).size;
  }
}

/** @param pages 0: never */
async function checkpointByCommitAfter(db: Kysely<Tables>, pages: number): Promise<void> {
  await sql.raw(`pragma wal_autocheckpoint = ${pages}`).execute(db);
}
