import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sql, type Kysely } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NewerTables, type TableMigration } from '../../src/storage/compatibility.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { writeMeta } from '../../src/storage/meta.js';
import { migrations } from '../../src/storage/migrations.js';
import { claimLease, readLease } from '../../src/storage/node-lease/lease-rows.js';

/** Versions of the gateway with more migrations than this one, on one database. */

const NEXT: Record<string, TableMigration> = {
  '9001_next': { up: (db: Kysely<unknown>) => run(db, 'alter table dials add column of_next text') },
};
const BREAKING: Record<string, TableMigration> = {
  '9002_breaking': {
    breaks: 'it renames a column',
    up: (db: Kysely<unknown>) => run(db, 'alter table dials rename column of_next to of_later'),
  },
};
const FAILING: Record<string, TableMigration> = {
  '9002_failing': {
    async up(db: Kysely<unknown>) {
      await run(db, 'create table half (x text)');
      throw new Error('this migration fails');
    },
  },
};

async function run(db: Kysely<unknown>, statement: string): Promise<void> {
  await sql.raw(statement).execute(db);
}

let dir: string;
let file: string;
const opened: Database[] = [];
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-versions-'));
  file = path.join(dir, 'test.db');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.destroy()));
  await rm(dir, { recursive: true });
});

async function open(): Promise<Database> {
  const db = await openDatabase(file);
  opened.push(db);
  return db;
}

/** Runs the job as a version with further migrations. */
async function asVersion<T>(more: Record<string, TableMigration>, job: () => Promise<T>): Promise<T> {
  Object.assign(migrations, more);
  try {
    return await job();
  } finally {
    for (const name of Object.keys(more)) Reflect.deleteProperty(migrations, name);
  }
}

const dial = (db: Database, leg: string) => db.insertInto('dials').values({ leg_id: leg, at: 1 }).execute();
const legs = async (db: Database) => (await db.selectFrom('dials').select('leg_id').execute()).map((row) => row.leg_id);

it('a gateway goes on while the next version adds to its tables, and starts with them again', async () => {
  const old = await open();
  await dial(old, 'before');
  await asVersion(NEXT, async () => expect(await (await open()).migrate({ beside: true })).toBe(true));
  await dial(old, 'after');
  const again = await open();
  await dial(again, 'again');
  expect((await legs(again)).sort()).toEqual(['after', 'again', 'before']);
  expect(await again.migrate()).toBe(true);
  await asVersion(NEXT, async () => expect(await legs(await open())).toHaveLength(3));
});

it('tables that a gateway cannot use are not made beside it; afterwards it refuses them and names the version', async () => {
  const old = await open();
  await asVersion(NEXT, async () => (await open()).migrate());
  await asVersion({ ...NEXT, ...BREAKING }, async () => {
    expect(await old.migrate({ beside: true })).toBe(false);
    await dial(old, 'still there');
    await (await open()).migrate();
  });
  await expect(old.migrate()).rejects.toThrow(NewerTables);
  await expect(openDatabase(file)).rejects.toMatchObject({ changedBy: expect.stringMatching(/^\d/) as string });
  // A version in between knows the addition, and not the break.
  await expect(asVersion(NEXT, () => openDatabase(file))).rejects.toThrow(NewerTables);
});

it('a migration that fails beside a gateway leaves nothing behind', async () => {
  const old = await open();
  const failed = asVersion({ ...NEXT, ...FAILING }, () => old.migrate({ beside: true }));
  await expect(failed).rejects.toThrow('this migration fails');
  const tables = await old.introspection.getTables();
  expect(tables.find(({ name }) => name === 'half')).toBeUndefined();
  const columns = tables.find(({ name }) => name === 'dials')?.columns.map(({ name }) => name);
  expect(columns).not.toContain('of_next');
  await dial(old, 'after');
  await open();
});

it('tables of a version that does not say who can use them are refused', async () => {
  const db = await open();
  await sql`insert into kysely_migration values ('9001_other', '2030-01-01T00:00:00Z')`.execute(db);
  await db.deleteFrom('meta').where('key', '=', 'tables').execute();
  await expect(db.migrate()).rejects.toThrow(NewerTables);
});

it('the lease and other entries outlast the change of versions', async () => {
  const db = await open();
  await writeMeta(db, 'own', 'kept');
  await claimLease(db, await readLease(db), 'a');
  await asVersion(NEXT, async () => (await open()).migrate());
  expect(await readLease(db)).toMatchObject({ owner: 'a', epoch: 1 });
});
