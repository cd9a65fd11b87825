import { mkdir } from 'node:fs/promises';
import { refuseInterruptedRestore } from '../backups/restoring.js';
import { databaseFile, type Config } from '../config.js';
import { fileExists } from '../lib/file-exists.js';
import { openUnmigrated, type Database } from '../storage/database.js';
import { lastDatabase } from '../storage/installation.js';
import { openUnmigratedPostgres } from '../storage/postgres/open-postgres.js';

/** The settings and the data folder name different databases. The message says what to do. */
export class WrongDatabase extends Error {
  override readonly name = 'WrongDatabase';
}

type Place = Pick<Config, 'dataDir' | 'databaseUrl' | 'sqlite'>;

/**
 * Creates the data folder if it is missing, and opens its database with the tables as they are: SQLite inside of it, or that of `DATABASE_URL`.
 * @throws when a restore into it was interrupted; {@link WrongDatabase}
 */
export async function openDataFolder(config: Place): Promise<Database> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  await refuseInterruptedRestore(config.dataDir);
  const last = await lastDatabase(config.dataDir);
  if (config.databaseUrl !== undefined) return openServer(config, config.databaseUrl, last);
  if (last === 'postgres')
    throw new WrongDatabase(
      `The database of ${config.dataDir} is in PostgreSQL: set DATABASE_URL, move it with cordboard move-database --to sqlite, or set CORDBOARD_DATA to a new folder.`,
    );
  return openUnmigrated(databaseFile(config), config.sqlite);
}

async function openServer(config: Place, url: string, last: 'sqlite' | 'postgres' | undefined): Promise<Database> {
  const file = databaseFile(config);
  if (last !== 'postgres' && (await fileExists(file)))
    throw new WrongDatabase(
      `DATABASE_URL is set, and the database of ${config.dataDir} is in SQLite: move it with cordboard move-database --to postgres, unset DATABASE_URL, or set CORDBOARD_DATA to a new folder.`,
    );
  return openUnmigratedPostgres(url);
}
