import { InterruptedRestore } from '../backups/restoring.js';
import type { Config } from '../config.js';
import { NewerTables } from '../storage/compatibility.js';
import { WrongDatabase } from './data-folder.js';
import { OtherNodesRun } from './node.js';
import { version } from '../lib/version.js';
import { ConfigUnreadable } from '../company/store/config-store.js';

interface Places {
  dataDir: Config['dataDir'];
  http: Pick<Config['http'], 'host' | 'port'>;
  standbyPort?: Config['standbyPort'];
}

/** Explains a start-up error of the installation and its remedy; undefined for an internal error. */
export function explainStartError(error: unknown, { dataDir, http, standbyPort }: Places): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path: file, message, port = http.port } = error as NodeJS.ErrnoException & { port?: number };
  const data = `the data folder ${dataDir} (CORDBOARD_DATA)`;
  const database = `the database cordboard.db in ${data}`;
  switch (code) {
    case 'EADDRINUSE':
      return `${http.host}:${port} is in use by another gateway or another program. Stop it, or set ${port === standbyPort ? 'STANDBY_PORT' : 'HTTP_PORT'}.`;
    case 'EADDRNOTAVAIL':
      return `${http.host} is not an address of this machine: set HTTP_HOST.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return file === undefined
        ? `${http.host}:${http.port} needs privileges to listen on: set HTTP_PORT to 1024 or higher.`
        : `${file} cannot be read or written: grant the gateway's user access, or set CORDBOARD_DATA.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `${data} is not a folder.`;
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return `There is no space left for ${data}.`;
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
    case 'SQLITE_PERM':
      return `${database} cannot be opened for writing: grant the gateway's user access.`;
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return `${database} is locked by another process: stop it, and start the gateway again.`;
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return `${database} is damaged (${message}). Restore a backup, or move the file away to start with an empty database.`;
    case 'POSTGRES_UNREACHABLE':
    case 'POSTGRES_BUSY':
      return `The PostgreSQL of DATABASE_URL does not answer (${message}): start it, or correct the address.`;
    case 'POSTGRES_REFUSED':
      return `The PostgreSQL of DATABASE_URL refuses the gateway (${message}): correct user, password and database. The user must own the database.`;
    case 'POSTGRES_UNTRUSTED':
      return `The PostgreSQL of DATABASE_URL has no certificate that the gateway trusts (${message}): name the certificate of its authority in sslrootcert, and use the host name of its certificate (docs/databases.md).`;
    case 'POSTGRES_READ_ONLY':
      return `The PostgreSQL of DATABASE_URL cannot be written (${message}): use the address of the primary server.`;
    case 'POSTGRES_FULL':
      return `There is no space left for the PostgreSQL of DATABASE_URL (${message}).`;
    default:
  }
  if (error instanceof NewerTables) {
    const other = error.changedBy === undefined ? 'a later version' : `version ${error.changedBy}`;
    return `${database} was changed by ${other} of the gateway, and version ${version} cannot use it any more. Start that version or a later one, or restore the backup from before the upgrade.`;
  }
  if (message.startsWith('corrupted migrations'))
    return `${database} was changed by another version of the gateway, which this one does not know. Start that version, or restore the backup from before the upgrade.`;
  if (error instanceof InterruptedRestore) return `${message}.`;
  if (error instanceof WrongDatabase || error instanceof OtherNodesRun) return message;
  if (error instanceof ConfigUnreadable)
    return `This version cannot read the company document in ${database}. Start the version that wrote it, or restore a backup.\n${message}`;
  return undefined;
}
