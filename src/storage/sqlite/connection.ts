/** SQL with its parameters, in the order of the question marks. */
export interface Statement {
  sql: string;
  parameters: readonly unknown[];
}

export interface StatementResult {
  /** Empty for a statement that returns no rows. */
  rows: unknown[];
  changes: number;
  lastInsertId: number;
}

/**
 * One connection to a database file: the port that each driver implements. Errors of SQLite carry the result
 * code's name in `code`, such as `SQLITE_BUSY`. The caller must not run statements concurrently.
 */
export interface Connection {
  /** Runs one statement, including `begin`, `commit` and `rollback`. */
  execute(statement: Statement): Promise<StatementResult>;
  /** Runs statements without result rows in one transaction: all are stored when it resolves, or none. */
  write(statements: readonly Statement[]): Promise<void>;
  close(): Promise<void>;
}

/** Options of a connection. */
export interface ConnectionOptions {
  /** Path of the file, or `:memory:`. */
  filename: string;
  /** Without the keyword `pragma`, run in this order. */
  pragmas: readonly string[];
  /** Maximum wait (ms) of a statement while another process holds the database. */
  busyMs?: number;
  /**
   * Whether closing writes the log into the database, which other connections wait for. Default: true; false beside a running gateway, in
   * another process.
   */
  checkpointsOnClose?: boolean;
}

/** Callers hear silence while it lasts. After it, their calls continue in memory. */
export const BUSY_MS = 500;

const ROWS = /^\s*(select|with|pragma|explain)\b|\breturning\b/i;

export function returnsRows(sql: string): boolean {
  return ROWS.test(sql);
}

export type SqlValue = null | number | bigint | string | Uint8Array;

/** Converts a parameter for all drivers. Some of them truncate text at a NUL. */
export function sqlValue(value: unknown): SqlValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  // The driver rejects any other type and names the parameter.
  return value as SqlValue;
}
