import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { purgeCalls } from '../../src/calls/purge-calls.js';
import type { FlowChange } from '../../src/kernel/store.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { SqlFlowStore } from '../../src/storage/flow-store.js';
import { DRIVER_NAMES, isAvailable } from '../../src/storage/sqlite/drivers.js';

/** Calls go on being stored while somebody reads, or removes, what is left of former calls. */

const DAY_MS = 86_400_000;
const OLD_CALLS = 3000;

let dir: string;
let db: Database;
let store: SqlFlowStore;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-history-'));
});
afterEach(async () => {
  await db.destroy();
  await rm(dir, { recursive: true });
});

const file = () => path.join(dir, 'test.db');

/** Counts how often the log was begun anew: https://sqlite.org/fileformat.html#the_write_ahead_log */
async function logNumber(): Promise<number> {
  return (await readFile(`${file()}-wal`)).readUInt32BE(12);
}

async function openWithHistory(driver: (typeof DRIVER_NAMES)[number]): Promise<void> {
  db = await openDatabase(file(), { driver });
  store = new SqlFlowStore(db);
  await sql`insert into programs (hash, body) values ('old', '{}')`.execute(db);
  const numbers = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${OLD_CALLS})`;
  await sql`${numbers} insert into flows (id, kind, program, state, summary, over, started_at, updated_at)
    select 'c_' || i, 'plan', 'old', '{}', '{}', 1, i, i from n`.execute(db);
  await sql`${numbers} insert into timeline (flow_id, seq, at, kind, data)
    select 'c_' || (i % ${OLD_CALLS} + 1), seqs.value, i, 'digit', '{"digit":"5"}' from n, json_each('[0,1,2,3,4,5,6,7,8,9]') seqs`.execute(
    db,
  );
}

function step(n: number): FlowChange {
  const summary = {
    line: '+420222333444',
    caller: '',
    direction: 'incoming' as const,
    startedAt: 1,
    answeredAt: null,
    endedAt: null,
    endedBy: null,
    at: 'menu',
  };
  const program = { hash: 'h', body: {} };
  return {
    flowId: 'live',
    at: n,
    log: [{ seq: n, at: n, kind: 'x', data: {} }],
    step: { kind: 'plan', startedAt: 1, program, state: { n }, pending: [], summary, over: false },
  };
}

/** Stores steps of a live call, one in each turn of the event loop, for as long as something takes. */
async function commitsDuring(work: Promise<unknown>): Promise<number> {
  const state = { isOver: false };
  const ended = work.finally(() => (state.isOver = true));
  let commits = 0;
  while (!state.isOver) {
    await store.commit([step(commits)]);
    commits += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await ended;
  return commits;
}

describe.each(DRIVER_NAMES.filter(isAvailable))('with the driver %s', (driver) => {
  beforeEach(() => openWithHistory(driver));

  it('a long read of the history holds up no step of a call', async () => {
    await db.history.selectFrom('meta').selectAll().execute();
    const work = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000000)
      select count(*) as n from n`.execute(db.history);
    expect(await commitsDuring(work)).toBeGreaterThan(20);
  });

  it('the event loop goes on while statements follow each other', async () => {
    const waited = { isOver: false };
    const timer = new Promise((resolve) => setTimeout(resolve, 1)).then(() => (waited.isOver = true));
    // It would never end.
    while (!waited.isOver) await db.selectFrom('flows').select('id').limit(1).execute();
    await timer;
  });

  it('a read of the history sees what was committed before it', async () => {
    for (let n = 0; n < 10; n += 1) {
      await store.commit([step(n)]);
      const rows = await db.history.selectFrom('timeline').where('flow_id', '=', 'live').select('seq').execute();
      expect(rows).toHaveLength(n + 1);
    }
  });

  it('nothing can be written over the connection of the history', async () => {
    await expect(sql`delete from flows`.execute(db.history)).rejects.toMatchObject({ code: 'SQLITE_READONLY' });
  });

  it('old calls are removed a few at a time: many steps of a call are stored meanwhile', async () => {
    const work = purgeCalls({ db, keepDays: () => 1 }).run(2 * DAY_MS);
    const commits = await commitsDuring(work);
    expect(await work).toBe(OLD_CALLS);
    expect(commits).toBeGreaterThan(OLD_CALLS / 200);
  });

  it('the log is copied into the database by the other connection, and is used again from its start', async () => {
    const before = await logNumber();
    const { mtimeMs } = await stat(file());
    for (let n = 0; n < 250; n += 1) await store.commit([step(n)]);
    await expect.poll(async () => (await stat(file())).mtimeMs).toBeGreaterThan(mtimeMs);
    await expect
      .poll(async () => {
        for (let n = 0; n < 50; n += 1) await store.commit([step(n)]);
        return logNumber();
      })
      .toBeGreaterThan(before);
  });
});
