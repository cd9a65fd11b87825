import { mkdir } from 'node:fs/promises';
import { refuseInterruptedRestore } from '../backups/restoring.js';
import { databaseFile, type Config } from '../config.js';
import { openDatabase, type Database } from '../storage/database.js';

/** Creates the data folder if it is missing, and opens its database. @throws when a restore into it was interrupted */
export async function openDataFolder(config: Pick<Config, 'dataDir' | 'sqlite'>): Promise<Database> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  await refuseInterruptedRestore(config.dataDir);
  return openDatabase(databaseFile(config), config.sqlite);
}
