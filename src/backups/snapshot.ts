import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '../storage/connection.js';
import type { DriverName } from '../storage/sqlite/drivers.js';
import { openConnection } from '../storage/sqlite/open-connection.js';

interface SnapshotOptions {
  /** Path of the database. */
  source: string;
  /** Path of the copy, which must not exist. */
  target: string;
  driver: DriverName | undefined;
  /** Called repeatedly with the size of the copy (bytes). */
  onProgress: (bytes: number) => void;
}

export interface SnapshotFacts {
  /** Name of the last migration. */
  schema: string;
  calls: number;
}

const PROGRESS_EVERY_MS = 500;
/** The log grows during a checkpoint. */
const CHECKPOINT_ROUNDS = 20;
/** Wait for another process that opens or migrates the database (ms). */
const BUSY_MS = 30_000;

/**
 * Copies the database as of one moment while others write to it. `VACUUM INTO` reads in one transaction, which writers do not wait for, and reads
 * every page through the tables, so a damaged page is an error and not copied. SQLite's online backup would begin again after each write of another connection.
 */
export async function takeSnapshot({ source, target, driver, onProgress }: SnapshotOptions): Promise<void> {
  const connection = await openConnection({
    filename: source,
    driver,
    pragmas: [],
    busyMs: BUSY_MS,
    threaded: true,
    checkpointsOnClose: false,
  });
  const copied = new AbortController();
  const progress = reportSize(target, onProgress, copied.signal);
  try {
    await connection.execute({ sql: 'vacuum into ?', parameters: [target] });
    await catchUp(connection);
  } finally {
    copied.abort();
    await progress;
    await connection.close();
  }
}

/** Writes the log that grew during the copy into the database, so that no commit of a call has to. */
async function catchUp(connection: Connection): Promise<void> {
  for (let round = 0; round < CHECKPOINT_ROUNDS; round += 1) {
    const { rows } = await connection.execute({ sql: 'pragma wal_checkpoint(passive)', parameters: [] });
    const [row] = rows as { log: number; checkpointed: number }[];
    if (row === undefined || row.checkpointed >= row.log) return;
  }
}

async function reportSize(file: string, onProgress: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const bytes = await stat(file).then(
      ({ size }) => size,
      () => 0,
    );
    onProgress(bytes);
    await delay(PROGRESS_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Reads what the manifest says about the database. */
export async function readSnapshotFacts(file: string, driver: DriverName | undefined): Promise<SnapshotFacts> {
  const connection = await openConnection({ filename: file, driver, pragmas: ['query_only = on'], threaded: true });
  try {
    const rows = async (sql: string) => (await connection.execute({ sql, parameters: [] })).rows;
    const [last] = (await rows('select max(name) as schema from kysely_migration')) as { schema: string }[];
    const [counted] = (await rows('select count(*) as calls from calls')) as { calls: number }[];
    return { schema: last?.schema ?? '', calls: counted?.calls ?? 0 };
  } finally {
    await connection.close();
  }
}
