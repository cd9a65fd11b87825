import type { Kysely, Migration } from 'kysely';
import { version } from '../lib/version.js';
import { readMeta, writeMeta } from './meta.js';
import type { Tables } from './schema.js';

/**
 * A change of the tables. A gateway that does not know it yet goes on with the changed tables, so that a new version and the one before can
 * take turns on one database. A test checks this, for a migration without `breaks`.
 */
export interface TableMigration extends Migration {
  /** Why a gateway that does not know the migration cannot use the tables any more; undefined: it can. */
  breaks?: string;
}

/** The last migration of the time when older gateways refused every newer one: each gateway must know it and those before it. */
export const BASELINE = '0042_node_leases';

/** The tables have changed so that this version cannot use them. */
export class NewerTables extends Error {
  override readonly name = 'NewerTables';

  /** @param changedBy version of the gateway that changed them; undefined: it did not say so */
  constructor(readonly changedBy: string | undefined) {
    super(`the tables were changed by version ${changedBy ?? 'unknown'} of the gateway`);
  }
}

const TABLES = 'tables';

/** Entry of `meta`, as JSON: which gateways can use the tables. */
interface TablesEntry {
  /** Name of the migration that a gateway must know. */
  needs: string;
  /** The version that changed the tables last. */
  version: string;
}

/** Whether a gateway that does not know the migration must stop before it is run. */
export function isBreaking(name: string, { breaks }: TableMigration): boolean {
  return name <= BASELINE || breaks !== undefined;
}

/** The migrations, each of which also stores what a gateway must know from then on. */
export function recorded(all: Record<string, TableMigration>): Record<string, Migration> {
  let needs = BASELINE;
  const entries = Object.entries(all).map(([name, migration]): [string, Migration] => {
    if (isBreaking(name, migration)) needs = name;
    return [name, name < BASELINE ? migration : recording(migration, { needs, version })];
  });
  return Object.fromEntries(entries);
}

function recording(migration: Migration, entry: TablesEntry): Migration {
  return {
    async up(db: Kysely<Tables>) {
      await migration.up(db);
      await writeMeta(db, TABLES, JSON.stringify(entry));
    },
  };
}

/** @param unknown migrations that have run and that this version does not know. @throws {NewerTables} */
export async function requireUsable(
  db: Kysely<Tables>,
  all: Record<string, TableMigration>,
  unknown: readonly string[],
): Promise<void> {
  if (unknown.length === 0) return;
  const text = await readMeta(db, TABLES);
  const entry = text === undefined ? undefined : (JSON.parse(text) as TablesEntry);
  if (entry === undefined || !(entry.needs in all)) throw new NewerTables(entry?.version);
}
