import type { ConnectionOptions } from './connection.js';
import type { Connection } from '../connection.js';
import { defaultDriver, type DriverName } from './drivers.js';
import { SyncConnection } from './sync-connection.js';
import { ThreadConnection } from './thread-connection.js';

export interface OpenOptions extends ConnectionOptions {
  driver?: DriverName | undefined;
  /** Runs the driver in a worker thread. */
  threaded?: boolean;
}

export async function openConnection({
  driver = defaultDriver(),
  threaded,
  ...options
}: OpenOptions): Promise<Connection> {
  if (driver === 'sqlite3') {
    // Loaded on demand: its binary may be missing where another driver works.
    const { Sqlite3Connection } = await import('./sqlite3-connection.js');
    return Sqlite3Connection.open(options);
  }
  if (threaded === true) return new ThreadConnection({ ...options, driver });
  return new SyncConnection(driver, options);
}
