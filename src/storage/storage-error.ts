import { NotDurable } from '../kernel/runtime-types.js';

/** Codes of the databases and the file system for temporary failures: locked, full, read-only, I/O error, no connection. */
const CODES = new Set([
  ...['SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_READONLY', 'SQLITE_CANTOPEN'],
  ...['POSTGRES_UNREACHABLE', 'POSTGRES_BUSY', 'POSTGRES_FULL', 'POSTGRES_READ_ONLY', 'POSTGRES_REFUSED'],
  'POSTGRES_UNTRUSTED',
  ...['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EIO'],
]);

/** The code of a storage error; undefined for any other error. */
export function storageErrorCode(error: unknown): string | undefined {
  if (error instanceof NotDurable) return 'NOT_DURABLE';
  if (!(error instanceof Error)) return undefined;
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && CODES.has(code) ? code : undefined;
}
