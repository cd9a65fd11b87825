/** SQL with its parameters, in the order of its question marks. */
export interface Statement {
  sql: string;
  parameters: readonly unknown[];
}

export interface StatementResult {
  /** Of a statement that returns none: empty. */
  rows: unknown[];
  changes: number;
  lastInsertId: number;
}

/**
 * One connection with a database file: the port that each driver implements. Errors of SQLite carry its name of the
 * code in `code`, such as `SQLITE_BUSY`. The caller uses it for one thing at a time.
 */
export interface Connection {
  /** Runs one statement; `begin`, `commit` and `rollback` are statements like any other. */
  execute(statement: Statement): Promise<StatementResult>;
  /** Runs statements that return no rows in one transaction: all of them are stored when it resolves, or none. */
  write(statements: readonly Statement[]): Promise<void>;
  close(): Promise<void>;
}

/** How a connection is opened. */
export interface ConnectionOptions {
  /** Path of the file, or `:memory:`. */
  filename: string;
  /** Without the word `pragma`, run in this order. */
  pragmas: readonly string[];
  /** How long a statement waits while another process holds the database. */
  busyMs?: number;
}

/** Callers hear nothing meanwhile; beyond it their calls go on in memory. */
export const BUSY_MS = 500;

const ROWS = /^\s*(select|with|pragma|explain)\b|\breturning\b/i;

export function returnsRows(sql: string): boolean {
  return ROWS.test(sql);
}

export type SqlValue = null | number | bigint | string | Uint8Array;

/** A parameter as all drivers take it. Some of them cut text off at a NUL. */
export function sqlValue(value: unknown): SqlValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  // What is none of these is refused by the driver, with the number of the parameter.
  return value as SqlValue;
}
