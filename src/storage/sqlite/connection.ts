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
