import { NotDurable } from '../kernel/runtime-types.js';

/** What SQLite and the file system say when the same request can succeed a little later: locked, full, read-only, failing. */
const CODES = new Set([
  ...['SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_READONLY', 'SQLITE_CANTOPEN'],
  ...['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EIO'],
]);

/** The code of an error that is the storage's and not the request's; undefined for any other error. */
export function storageTroubleOf(error: unknown): string | undefined {
  if (error instanceof NotDurable) return 'NOT_DURABLE';
  if (!(error instanceof Error)) return undefined;
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && CODES.has(code) ? code : undefined;
}
