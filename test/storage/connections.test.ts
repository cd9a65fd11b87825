import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection, Statement } from '../../src/storage/connection.js';
import { DRIVER_NAMES, isAvailable, type DriverName } from '../../src/storage/sqlite/drivers.js';
import { openConnection } from '../../src/storage/sqlite/open-connection.js';

/** One suite for every driver that works here, in the thread of the caller and in its own. */

const available = DRIVER_NAMES.filter(isAvailable);
const kinds = [false, true]
  .flatMap((threaded) => available.map((driver) => ({ driver, threaded })))
  // This one has threads itself.
  .filter(({ driver, threaded }) => driver !== 'sqlite3' || !threaded);

let dir: string;
let opened: Connection[];
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-connection-'));
  opened = [];
});
afterEach(async () => {
  for (const connection of opened) await connection.close();
  await rm(dir, { recursive: true });
});

async function open(
  kind: { driver: DriverName; threaded: boolean },
  { pragmas = ['journal_mode = wal'], busyMs = 500 } = {},
): Promise<Connection> {
  const connection = await openConnection({ ...kind, filename: path.join(dir, 'test.db'), pragmas, busyMs });
  opened.push(connection);
  return connection;
}

const statement = (sql: string, ...parameters: unknown[]): Statement => ({ sql, parameters });
const insert = (n: number | null) => statement('insert into t (n) values (?)', n);

async function numbers(connection: Connection): Promise<unknown[]> {
  const { rows } = await connection.execute(statement('select n from t order by n'));
  return (rows as { n: number }[]).map(({ n }) => n);
}

it('the prebuilt driver works on this machine, or Node.js has one itself', () => {
  expect(available.some((name) => name !== 'sqlite3')).toBe(true);
});

describe.each(kinds)('a connection ($driver, threaded: $threaded)', (kind) => {
  let connection: Connection;
  beforeEach(async () => {
    connection = await open(kind);
    await connection.execute(
      statement('create table t (id integer primary key, n integer not null unique, text text)'),
    );
  });

  it('returns rows, the number of changed rows and the id of the new one', async () => {
    expect(await connection.execute(insert(5))).toMatchObject({ rows: [], changes: 1, lastInsertId: 1 });
    expect(await connection.execute(insert(7))).toMatchObject({ changes: 1, lastInsertId: 2 });
    expect(await connection.execute(statement('update t set n = n + 1'))).toMatchObject({ changes: 2 });
    const { rows } = await connection.execute(statement('update t set n = ? where n = ? returning id, n', 9, 8));
    expect(rows.map((row) => ({ ...(row as object) }))).toEqual([{ id: 2, n: 9 }]);
  });

  it('binds an integer as an integer, also in an expression', async () => {
    // sqlite3 binds larger integers as REAL.
    const integer = kind.driver === 'sqlite3' ? 2 ** 31 - 1 : 2 ** 53 - 1;
    const { rows } = await connection.execute(statement("select 'c_' || ? as id, typeof(?) as type", integer, true));
    expect({ ...(rows[0] as object) }).toEqual({ id: `c_${integer}`, type: 'integer' });
  });

  it('takes numbers of 53 bits, text of any script but for NUL, booleans, null and undefined', async () => {
    const values = [2 ** 53 - 1, -1.5, 'ěščř \u0000 🚕', true, null, undefined];
    const { rows } = await connection.execute(
      statement('select ? as a, ? as b, ? as c, ? as d, ? as e, ? as f', ...values),
    );
    expect({ ...(rows[0] as object) }).toEqual({
      a: 2 ** 53 - 1,
      b: -1.5,
      c: 'ěščř \ufffd 🚕',
      d: 1,
      e: null,
      f: null,
    });
  });

  it('stores all statements of a transaction or none, and goes on after one that failed', async () => {
    await expect(connection.write([insert(1), insert(null)])).rejects.toMatchObject({
      code: 'SQLITE_CONSTRAINT',
      message: expect.stringContaining('NOT NULL') as unknown,
    });
    expect(await numbers(connection)).toEqual([]);
    await connection.write([insert(1), insert(2)]);
    expect(await numbers(connection)).toEqual([1, 2]);
  });

  it('stores a transaction of one statement, and none for no statement', async () => {
    await connection.write([]);
    await connection.write([insert(1)]);
    await expect(connection.write([insert(1)])).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT' });
    await connection.write([insert(2), insert(3)]);
    expect(await numbers(await open(kind))).toEqual([1, 2, 3]);
  });

  it.each([
    ['SQLITE_ERROR', 'select nothing from nowhere'],
    ['SQLITE_CONSTRAINT', 'insert into t (n) values (null)'],
    ['SQLITE_MISMATCH', "insert into t (id, n) values ('x', 1)"],
  ])('names %s', async (code, sql) => {
    await expect(connection.execute(statement(sql))).rejects.toMatchObject({ code });
  });

  it('names a full and a read-only database', async () => {
    await connection.execute(statement('pragma max_page_count = 3'));
    const big = statement('insert into t (n, text) values (1, ?)', 'x'.repeat(100_000));
    await expect(connection.write([big])).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    await expect(connection.execute(big)).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    const reader = await open(kind, { pragmas: ['query_only = on'] });
    await expect(reader.write([insert(1)])).rejects.toMatchObject({ code: 'SQLITE_READONLY' });
  });

  it('waits for another one that writes, while the event loop goes on, and gives up in time', async () => {
    const other = await open(kind);
    const impatient = await open(kind, { busyMs: 30 });
    await other.execute(statement('begin immediate'));
    await expect(impatient.write([insert(1)])).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    await expect(impatient.execute(insert(1))).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    const patient = await open(kind, { busyMs: 60_000 });
    const writes = [patient.write([insert(1)]), connection.execute(statement('select 1'))];
    // A timer fires while the write waits: nothing but this releases the lock.
    setTimeout(() => void other.execute(statement('rollback')), 20);
    await Promise.all(writes);
    expect(await numbers(connection)).toEqual([1]);
  });

  it('sees what another one has committed, and never half of it', async () => {
    const other = await open(kind);
    for (let n = 0; n < 20; n += 1) {
      await connection.write([insert(2 * n), insert(2 * n + 1)]);
      expect(await numbers(other)).toHaveLength(2 * n + 2);
    }
    await connection.execute(statement('begin immediate'));
    await connection.execute(insert(100));
    expect(await numbers(other)).toHaveLength(40);
    await connection.execute(statement('commit'));
    expect(await numbers(other)).toHaveLength(41);
  });

  it('keeps more texts of statements than it keeps prepared', async () => {
    for (let n = 0; n < 700; n += 1) {
      const { rows } = await connection.execute(statement(`select ${n} as n`));
      expect((rows[0] as { n: number }).n).toBe(n);
    }
  });

  it('takes nothing any more once it is closed', async () => {
    const other = await open(kind);
    await other.close();
    opened.pop();
    await expect(Promise.resolve().then(() => other.execute(statement('select 1')))).rejects.toThrow();
  });

  it('does not open what is no database', async () => {
    const broken = openConnection({ ...kind, filename: dir, pragmas: ['journal_mode = wal'] }).then(async (one) => {
      opened.push(one);
      await one.execute(statement('select 1'));
    });
    await expect(broken).rejects.toThrow();
    // A thread that could not open it has ended.
    opened = opened.slice(0, 1);
  });
});
