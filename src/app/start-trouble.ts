import type { Config } from '../config.js';
import { ConfigUnreadable } from '../company/store/config-store.js';

type Places = Pick<Config, 'dataDir' | 'http'>;

/** What keeps the gateway from starting, for whoever set it up: what it is and what to do. Undefined: it is a fault of ours. */
export function startTrouble(error: unknown, { dataDir, http }: Places): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path: file, message } = error as NodeJS.ErrnoException;
  const data = `the data folder ${dataDir} (CORDBOARD_DATA)`;
  const database = `the database cordboard.db in ${data}`;
  switch (code) {
    case 'EADDRINUSE':
      return `${http.host}:${http.port} is taken: another gateway runs, or something else listens there. End it, or set HTTP_PORT.`;
    case 'EADDRNOTAVAIL':
      return `${http.host} is no address of this machine: set HTTP_HOST.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return file === undefined
        ? `${http.host}:${http.port} may not be listened on: set HTTP_PORT to one from 1024 on.`
        : `${file} may not be read or written: give the user that runs the gateway the right to, or set CORDBOARD_DATA.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `${data} is no folder.`;
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return `There is no room left for ${data}.`;
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
    case 'SQLITE_PERM':
      return `${database} cannot be opened for writing: the user that runs the gateway needs the right to.`;
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return `${database} is held by another process: end it, and start the gateway again.`;
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `${database} is damaged (${message}). Put a backup in its place, or move it away: the gateway then begins with an empty one.`;
    default:
  }
  if (message.startsWith('corrupted migrations'))
    return `${database} was written by a later version of the gateway. Start that one, or restore the backup from before the upgrade.`;
  if (error instanceof ConfigUnreadable)
    return `What ${database} holds of the company is of no form that this version knows. Start the version that wrote it, or restore a backup.\n${message}`;
  return undefined;
}
