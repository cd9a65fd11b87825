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

/** An error as all drivers tell it: `code` is SQLite's name of the primary result code. */
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

/** The error of a driver with the API of `node:sqlite`, which tells numbers; what is not SQLite's stays as it is. */
export function sqliteErrorOf(error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return error;
  // The bits above are the extended code.
  const name = NAMES[error.errcode & 0xff];
  return name === undefined ? error : new SqliteError(name, error.message, { cause: error });
}

/** Of a `rollback` after an error for which SQLite has rolled back by itself. */
export function isNoTransaction(error: unknown): boolean {
  return error instanceof Error && error.message.includes('no transaction is active');
}
