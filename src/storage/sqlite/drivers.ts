import { createRequire } from 'node:module';
import type { SqlValue } from './connection.js';

/** The part of `node:sqlite` that is used; @photostructure/sqlite has the same one for versions of Node.js without it. */
export interface SyncDatabase {
  prepare(sql: string): SyncStatement;
  close(): void;
}

export interface SyncStatement {
  all(...parameters: SqlValue[]): unknown[];
  run(...parameters: SqlValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
}

type SyncModule = { DatabaseSync: new (filename: string) => SyncDatabase };

/**
 * `builtin`: `node:sqlite`, Node.js 22.13 and newer. `prebuilt`: the package @photostructure/sqlite.
 * `sqlite3`: the package of that name, which runs each statement in a thread of the pool.
 */
export const DRIVER_NAMES = ['builtin', 'prebuilt', 'sqlite3'] as const;
export type DriverName = (typeof DRIVER_NAMES)[number];

const MODULES = { builtin: 'node:sqlite', prebuilt: '@photostructure/sqlite' } as const;
const requireModule = createRequire(import.meta.url);

/** Whether a driver works here: a package can be without a binary for this machine. */
export function isAvailable(name: DriverName): boolean {
  try {
    if (name === 'sqlite3') requireModule(name);
    else openSync(name, ':memory:').close();
    return true;
  } catch {
    return false;
  }
}

/** The first driver of {@link DRIVER_NAMES} that works here. @throws when none does */
export function defaultDriver(): DriverName {
  const found = DRIVER_NAMES.find(isAvailable);
  if (found === undefined) throw new Error('no driver for SQLite works here: run npm ci');
  return found;
}

export function openSync(name: Exclude<DriverName, 'sqlite3'>, filename: string): SyncDatabase {
  const { DatabaseSync } = withoutExperimentalWarning(() => requireModule(MODULES[name]) as SyncModule);
  return new DatabaseSync(filename);
}

/** Node.js 22 warns when `node:sqlite` is loaded; nobody who runs the gateway can do anything about it. */
function withoutExperimentalWarning<T>(load: () => T): T {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- put back as it was
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
