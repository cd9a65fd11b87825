import { createRequire } from 'node:module';
import type { SqlValue } from './connection.js';

/** The used part of `node:sqlite`. @photostructure/sqlite offers the same interface on versions of Node.js without it. */
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

/** True when the driver works on this machine: a package may lack a binary for it. */
export function isAvailable(name: DriverName): boolean {
  try {
    if (name === 'sqlite3') requireModule(name);
    else openSync(name, ':memory:').close();
    return true;
  } catch {
    return false;
  }
}

/** The first usable driver of {@link DRIVER_NAMES}. @throws when there is none */
export function defaultDriver(): DriverName {
  const found = DRIVER_NAMES.find(isAvailable);
  if (found === undefined) throw new Error('no driver for SQLite works here: run npm ci');
  return found;
}

export function openSync(name: Exclude<DriverName, 'sqlite3'>, filename: string): SyncDatabase {
  const { DatabaseSync } = withoutExperimentalWarning(() => requireModule(MODULES[name]) as SyncModule);
  return new DatabaseSync(filename);
}

/** Suppresses the warning of Node.js 22 about `node:sqlite`: an administrator cannot do anything about it. */
function withoutExperimentalWarning<T>(load: () => T): T {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- restored below
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
