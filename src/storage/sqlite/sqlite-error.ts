/** Primary result codes of SQLite: https://sqlite.org/rescode.html */
const NAMES: Record<number, string> = {
  1: 'SQLITE_ERROR',
  3: 'SQLITE_PERM',
  4: 'SQLITE_ABORT',
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  7: 'SQLITE_NOMEM',
  8: 'SQLITE_READONLY',
  9: 'SQLITE_INTERRUPT',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  15: 'SQLITE_PROTOCOL',
  17: 'SQLITE_SCHEMA',
  18: 'SQLITE_TOOBIG',
  19: 'SQLITE_CONSTRAINT',
  20: 'SQLITE_MISMATCH',
  21: 'SQLITE_MISUSE',
  25: 'SQLITE_RANGE',
  26: 'SQLITE_NOTADB',
};

/** The common error of all drivers: `code` is SQLite's name of the primary result code. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError';

  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message.startsWith(code) ? message : `${code}: ${message}`, options);
  }
}

/** Converts an error of the `node:sqlite` API, which has numeric codes. Other errors are returned unchanged. */
export function sqliteErrorOf(error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return error;
  // The higher bits hold the extended code.
  const name = NAMES[error.errcode & 0xff];
  return name === undefined ? error : new SqliteError(name, error.message, { cause: error });
}

/**
 * Handles an error of a `rollback`. After some errors (disk full, failed read or write) SQLite rolls back automatically, and
 * the first error must be reported, not that of the needless rollback. @throws any other error
 */
export function ignoreNoTransaction(error: unknown): void {
  if (!(error instanceof Error && error.message.includes('no transaction is active'))) throw error;
}
