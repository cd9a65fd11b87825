import { Migrator, sql, type Kysely, type Migration } from 'kysely';
import { isBreaking, recorded, requireUsable, type TableMigration } from './compatibility.js';
import type { Tables } from './schema.js';

export interface MigrateOptions {
  /**
   * A gateway of an older version may be using the tables: nothing is changed when it could not go on with them. Default: false, all due
   * migrations are run.
   */
  beside?: boolean;
}

/**
 * Runs the due migrations, all or none. Those that another version has run stay as they are.
 *
 * @returns false when they were not run, see {@link MigrateOptions.beside}
 * @throws the error of the failed one; {@link NewerTables} when this version cannot use the tables
 */
export async function migrate(
  db: Kysely<Tables>,
  all: Record<string, TableMigration>,
  { beside = false }: MigrateOptions = {},
): Promise<boolean> {
  const done = await doneMigrations(db);
  const unknown = done.filter((name) => !(name in all));
  await requireUsable(db, all, unknown);
  const due = Object.entries(all).filter(([name]) => !done.includes(name));
  if (beside && due.some(([name, migration]) => isBreaking(name, migration))) return false;
  const provider = { getMigrations: () => Promise.resolve({ ...recorded(all), ...withoutWork(unknown) }) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('the database could not be migrated', { cause: error });
  return true;
}

async function doneMigrations(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.map(({ name }) => name);
}

/** Kysely refuses a database whose migrations it does not know. These have run, so they never run again. */
function withoutWork(names: readonly string[]): Record<string, Migration> {
  return Object.fromEntries(names.map((name) => [name, { up: () => Promise.resolve() }]));
}
