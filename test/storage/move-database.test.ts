import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { openDataFolder } from '../../src/app/data-folder.js';
import { runCommand } from '../../src/cli/run.js';
import { openUnmigrated, type Database } from '../../src/storage/database.js';
import { changeDatabase, Installation } from '../../src/storage/installation.js';
import { readShape } from '../../src/storage/move/tables.js';
import { NodeLease } from '../../src/storage/node-lease/node-lease.js';
import { openUnmigratedPostgres } from '../../src/storage/postgres/open-postgres.js';
import { onServer } from '../support/postgres-server.js';
import { fillEveryTable } from './fill-every-table.js';

/** `cordboard move-database`, between files of SQLite and a real PostgreSQL. */

const root = path.resolve(import.meta.dirname, '../..');
/** A data folder of a company with history. */
let seeded: string;
let folder: string;
const folders: string[] = [];
let url: string;
let databases = 0;
const opened: Database[] = [];

async function newFolder(): Promise<string> {
  const made = await mkdtemp(path.join(os.tmpdir(), 'cordboard-move-'));
  folders.push(made);
  return made;
}

/** As if somebody had moved the file of SQLite away, which this process may still have open. */
async function withoutFile(): Promise<void> {
  const made = await newFolder();
  await copyFile(path.join(folder, 'installation.json'), path.join(made, 'installation.json'));
  folder = made;
}

beforeEach(async () => {
  folder = await newFolder();
  const name = `moved_${process.pid}_${(databases += 1)}`;
  await onServer(inject('postgres'), `create database ${name} template template0`);
  const address = new URL(inject('postgres'));
  address.pathname = `/${name}`;
  url = address.href;
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.destroy()));
  await Promise.all(folders.splice(0).map((each) => rm(each, { recursive: true })));
});

const file = () => path.join(folder, 'cordboard.db');

async function using<T>(db: Database | Promise<Database>, work: (db: Database) => Promise<T>): Promise<T> {
  const database = await db;
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}

/** As a gateway at its start. */
async function settle(db: Database, folder: string): Promise<void> {
  await db.migrate();
  const onError = (error: unknown) => {
    throw error;
  };
  await (await Installation.read({ db, folder, onError })).settle();
}

beforeAll(async () => {
  seeded = await mkdtemp(path.join(os.tmpdir(), 'cordboard-seeded-'));
  await using(openUnmigrated(path.join(seeded, 'cordboard.db')), async (db) => {
    await settle(db, seeded);
    await fillEveryTable(db);
  });
});
afterAll(() => rm(seeded, { recursive: true }));

/** Makes the data folder that of a company with history, whose gateway was stopped. */
async function companyWithHistory(): Promise<void> {
  await copyFile(path.join(seeded, 'cordboard.db'), file());
  await using(openUnmigrated(file()), (db) => changeDatabase(db, folder));
}

/** Every value of every table, and the next numbers of rows. */
function dump(): Promise<Record<string, unknown>> {
  return using(openUnmigrated(file()), async (db) => {
    const all: Record<string, unknown> = {};
    for (const table of [...(await readShape(db)).tables.map((each) => each.name), 'sqlite_sequence'])
      all[table] = (await sql`select * from ${sql.table(table)} order by 1, 2`.execute(db)).rows;
    return all;
  });
}

interface Ran {
  code: number;
  out: string;
  error: string;
}

async function move(to: string, env: Record<string, string> = {}): Promise<Ran> {
  const ran = { out: '', error: '' };
  const code = await runCommand(['move-database', '--to', to], {
    env: { CORDBOARD_DATA: folder, DATABASE_URL: url, ...env },
    out: (text) => (ran.out += text),
    error: (text) => (ran.error += text),
  });
  return { code, ...ran };
}

/** In a process of its own, which kills itself at a place. */
async function killedMove(to: string, place: string): Promise<void> {
  const env = { ...process.env, CORDBOARD_DATA: folder, DATABASE_URL: url, CORDBOARD_FAILPOINT: place };
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'move-database', '--to', to], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}

const rowsOf = (db: Database, table: 'flows' | 'calls') =>
  db
    .selectFrom(table)
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();

const openFolder = (databaseUrl?: string) => openDataFolder({ dataDir: folder, databaseUrl, sqlite: {} });

async function expectKind(kind: Database['kind'], databaseUrl?: string): Promise<void> {
  expect(await using(openFolder(databaseUrl), (db) => Promise.resolve(db.kind))).toBe(kind);
}

it('moves everything to PostgreSQL and back, and leaves the source as it is', async () => {
  await companyWithHistory();
  const before = await dump();
  const bytes = await readFile(file());

  const there = await move('postgres');
  expect(there).toMatchObject({ code: 0 });
  expect(there.out).toMatch(/^timeline +\d{4,} +[0-9a-f]{32} +equal$/m);
  expect(there.out).toContain('Start the gateway with DATABASE_URL set.');
  expect((await readFile(file())).equals(bytes)).toBe(true);
  await expect(openFolder()).rejects.toThrow('move-database --to sqlite');
  await using(openFolder(url), async (db) => {
    expect(db.kind).toBe('postgres');
    // Not taken for a copy, and rows go on being numbered.
    expect((await Installation.read({ db, folder, onError: () => undefined })).isNewCopy).toBe(false);
    const { rows } = await sql<{ id: number }>`insert into alarm_silences (rule, until, reason, "by", at)
      values ('r', 1, '', 'b', 1) returning id`.execute(db);
    expect(rows).toEqual([{ id: 901 }]);
    await sql`delete from alarm_silences where id = 901`.execute(db);
  });

  await withoutFile();
  const back = await move('sqlite');
  expect(back).toMatchObject({ code: 0 });
  expect(back.out).toContain('Unset DATABASE_URL and start the gateway.');
  const after = await dump();
  // The number that the row above had is not given again.
  const numbers = (given: unknown) =>
    new Map((given as { name: string; seq: number }[]).map((row) => [row.name, row.seq]));
  expect(numbers(after['sqlite_sequence'])).toEqual(numbers(before['sqlite_sequence']).set('alarm_silences', 901));
  expect({ ...after, sqlite_sequence: [] }).toEqual({ ...before, sqlite_sequence: [] });
  await expect(openFolder(url)).rejects.toThrow('move-database --to postgres');
  await expectKind('sqlite');
});

it('the copy works as before: triggers write in both databases', async () => {
  await companyWithHistory();
  await move('postgres');
  const mark = (db: Database) =>
    using(db, async () => {
      await sql`update orders set client = 'somebody' where id = 'key-1'`.execute(db);
      const found =
        await sql`select changes from number_index_pending where source = 'orders' and key = 'key-1'`.execute(db);
      return found.rows;
    });
  expect(await mark(await openFolder(url))).toEqual([{ changes: 1 }]);
  await withoutFile();
  await move('sqlite');
  expect(await mark(await openFolder())).toEqual([{ changes: 2 }]);
});

it('refuses while a gateway runs, and goes ahead after a dead one, which then writes nothing', async () => {
  await companyWithHistory();
  const db = openUnmigrated(file());
  opened.push(db);
  const lost: string[] = [];
  const lease = new NodeLease({ db, name: 'gateway:8080', onLost: (owner) => lost.push(owner) });
  await lease.take({ signal: new AbortController().signal, onWait: () => undefined });
  expect(await move('postgres')).toMatchObject({
    code: 1,
    error: 'The gateway gateway:8080 runs with the source: stop it and its standbys first.\n',
  });
  await using(openUnmigratedPostgres(url), async (target) =>
    expect(await target.introspection.getTables()).toEqual([]),
  );
  await lease.release();

  await sql`update node_leases set owner = 'gateway:8081'`.execute(db);
  expect(await move('postgres')).toMatchObject({ code: 0 });
  const { rows } = await sql<{ owner: string | null; epoch: number }>`select owner, epoch from node_leases`.execute(db);
  expect(rows).toEqual([{ owner: null, epoch: expect.any(Number) as number }]);
});

it('refuses a target with rows, and says which', async () => {
  await companyWithHistory();
  await using(openUnmigratedPostgres(url), async (db) => {
    await db.migrate();
    await sql`insert into do_not_call (number, reason, "by", at) values ('+420', '', '', 1)`.execute(db);
  });
  const refused = await move('postgres');
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.error).toContain(
    'The target is not empty: do_not_call has 1 rows. Name an empty database in DATABASE_URL',
  );
  await expectKind('sqlite');
});

it('refuses wrong settings and folders with what to do', async () => {
  expect(await move('postgres')).toMatchObject({
    code: 1,
    error: expect.stringContaining('has no database') as string,
  });
  await companyWithHistory();
  expect(await move('sqlite')).toMatchObject({
    code: 1,
    error: expect.stringContaining('is in SQLite already') as string,
  });
  expect(await move('oracle')).toMatchObject({ code: 2 });
  expect(await move('postgres', { DATABASE_URL: '' })).toMatchObject({
    code: 1,
    error: expect.stringContaining('set DATABASE_URL') as string,
  });
  expect(await move('postgres', { DATABASE_URL: `${url}_not_there` })).toMatchObject({
    code: 1,
    error: expect.stringContaining('correct user, password and database') as string,
  });
  await using(openUnmigrated(file()), (db) => sql`delete from kysely_migration where name like '0042%'`.execute(db));
  expect(await move('postgres')).toMatchObject({
    code: 1,
    error: expect.stringContaining('written by an earlier version') as string,
  });
});

it('killed while it copies it leaves the target empty, and can be begun again', async () => {
  await companyWithHistory();
  await killedMove('postgres', 'copied:timeline');
  await using(openUnmigratedPostgres(url), async (db) => expect(await rowsOf(db, 'flows')).toEqual({ n: 0 }));
  await expectKind('sqlite');
  expect(await move('postgres')).toMatchObject({ code: 0 });

  await withoutFile();
  await killedMove('sqlite', 'copied:timeline');
  await using(openUnmigrated(file()), async (db) => expect(await rowsOf(db, 'flows')).toEqual({ n: 0 }));
  await expectKind('postgres', url);
  expect(await move('sqlite')).toMatchObject({ code: 0 });
});

it('killed after the copy it goes on from there, unless the copy has changed', async () => {
  await companyWithHistory();
  await killedMove('postgres', 'copied:everything');
  await expectKind('sqlite');
  const change = () =>
    using(openUnmigratedPostgres(url), (db) =>
      sql`update dials set at = 1000000 - at where leg_id = 'key-1'`.execute(db),
    );
  await change();
  expect(await move('postgres')).toMatchObject({
    code: 1,
    error: expect.stringContaining('The target differs in dials (3 rows in place of 3). Name an empty') as string,
  });
  await change();
  const again = await move('postgres');
  expect(again).toMatchObject({ code: 0 });
  expect(again.out).toContain('An earlier move had copied everything; it was compared again.');
  await using(openFolder(url), async (db) => expect((await rowsOf(db, 'calls')).n).toBeGreaterThan(1000));
});

it('refuses an old file of SQLite after a gateway has run with PostgreSQL', async () => {
  await companyWithHistory();
  await move('postgres');
  await using(openFolder(url), (db) => settle(db, folder));
  const refused = await move('sqlite');
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.error).toContain(`Move ${file()}, cordboard.db-wal and cordboard.db-shm away`);
});
