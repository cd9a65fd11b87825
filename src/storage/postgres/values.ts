/** Ids of types: https://github.com/postgres/postgres/blob/REL_15_STABLE/src/include/catalog/pg_type.dat */
const BOOL = 16;
const NUMBERS = new Set([20, 21, 23, 26, 700, 701, 1700]);

/** Converts a parameter to the text that the server reads. Text cannot contain a NUL. Booleans are 0 and 1, as in SQLite. */
export function postgresValue(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  throw new TypeError(`a value of the type ${typeof value} cannot be stored`);
}

/** Converts a value of a result row. @param type id of its type */
export function readValue(type: number, text: string): string | number {
  if (type === BOOL) return text === 't' ? 1 : 0;
  return NUMBERS.has(type) ? Number(text) : text;
}
