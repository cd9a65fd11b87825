import { Migrator, type Kysely, type Migration } from 'kysely';

/** Runs the due migrations, all or none. @throws the error of the failed one */
export async function migrate<T>(db: Kysely<T>, all: Record<string, Migration>): Promise<void> {
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(all) },
  }).migrateToLatest();
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('the database could not be migrated', { cause: error });
}
