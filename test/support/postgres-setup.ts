import type { TestProject } from 'vitest/node';
import { openPostgres } from '../../src/storage/postgres/open-postgres.js';
import { PostgresServer } from './postgres-server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the server's database `postgres`. */
    postgres: string;
    /** Name of a database with the tables of the gateway and no rows. */
    template: string;
  }
}

/** One PostgreSQL server for all tests of the group `postgres`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await PostgresServer.start();
  try {
    const template = await server.createDatabase();
    const db = await openPostgres(template);
    await db.destroy();
    project.provide('postgres', server.url('postgres'));
    project.provide('template', new URL(template).pathname.slice(1));
    return () => server.stop();
  } catch (error) {
    await server.stop();
    throw error;
  }
}
