import { inject, vi } from 'vitest';
import { onServer } from './postgres-server.js';

/** The tests of the stores, unchanged, with a real PostgreSQL in place of SQLite: a file name means a database of its own. */

const databases = new Map<string, Promise<string>>();
let count = 0;

async function create(): Promise<string> {
  const url = new URL(inject('postgres'));
  const name = `test_${process.pid}_${(count += 1)}`;
  await onServer(url.href, `create database ${name} template ${inject('template')}`);
  url.pathname = `/${name}`;
  return url.href;
}

vi.mock(import('../../src/storage/database.js'), async (original) => ({
  ...(await original()),
  async openDatabase(file: string) {
    const known = file === ':memory:' ? undefined : databases.get(file);
    const created = known ?? create();
    if (file !== ':memory:') databases.set(file, created);
    // It imports the mocked module.
    const { openPostgres } = await import('../../src/storage/postgres/open-postgres.js');
    return openPostgres(await created);
  },
}));
