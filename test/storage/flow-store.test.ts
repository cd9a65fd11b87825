import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSqlite } from '../support/on-sqlite.js';
import { MemoryFlowStore } from '../../src/kernel/memory-store.js';
import { CommitQueue } from '../../src/kernel/commit-queue.js';
import type { CallOutcome } from '../../src/telephony/call-outcome.js';
import type { FlowChange, FlowStore } from '../../src/kernel/store.js';
import { systemClock } from '../../src/lib/clock.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { SqlFlowStore } from '../../src/storage/flow-store.js';

type Step = NonNullable<FlowChange['step']>;

const running: Step['summary'] = {
  line: '+420222333444',
  caller: '',
  direction: 'incoming',
  startedAt: 1,
  answeredAt: null,
  endedAt: null,
  endedBy: null,
  at: 'menu',
};

const PROGRAM = { hash: 'h', body: { plan: 1 } };

function change(
  flowId: string,
  more: Partial<FlowChange> & Partial<Pick<Step, 'program' | 'state' | 'over' | 'summary' | 'pending'>> = {},
): FlowChange {
  const { state = { n: 1 }, over = false, summary = running, pending = [], program = PROGRAM, ...rest } = more;
  const step = { kind: 'toy', startedAt: 1, program, state, summary, pending, over };
  return { flowId, at: 5, step, log: [], ...rest };
}

let db: Database;
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-store-'));
  db = await openDatabase(path.join(dir, 'test.db'));
});
afterEach(async () => {
  await db.destroy();
  await rm(dir, { recursive: true });
});

const outcome: CallOutcome = {
  name: 'answered',
  reason: null,
  queue: 12,
  waitedMs: 8000,
  agent: { handset: 'sales' },
  talkMs: 61_000,
  endedAt: 70_000,
  endedBy: 'caller',
};

function ended(flowId: string, more: Parameters<typeof change>[1] = {}): FlowChange {
  return change(flowId, { over: true, summary: { ...running, outcome }, ...more });
}

describe('the row of a call', () => {
  const rowOf = (id: string) => db.selectFrom('calls').where('id', '=', id).selectAll().executeTakeFirst();
  const fate = {
    outcome: 'answered',
    queue: 12,
    waited_ms: 8000,
    agent_kind: 'handset',
    agent: 'sales',
    talk_ms: 61_000,
    ended_at: 70_000,
    ended_by: 'caller',
    over: 1,
  };

  it('exists from the start, and is completed at the end', async () => {
    const store = new SqlFlowStore(db);
    await store.commit([change('a')]);
    expect(await rowOf('a')).toMatchObject({ line: '+420222333444', direction: 'incoming', over: 0, outcome: null });
    await store.commit([ended('a')]);
    expect(await rowOf('a')).toMatchObject(fate);
  });

  if (isSqlite)
    it('is stored in the transaction of the end: together with it, or not at all', async () => {
      const store = new SqlFlowStore(db);
      await store.commit([change('a')]);
      await sql`create trigger no_end before update on calls begin select raise(abort, 'disk full'); end`.execute(db);
      await expect(store.commit([ended('a')])).rejects.toThrow();
      expect(await store.statusOf('a')).toBe('running');
      await sql`drop trigger no_end`.execute(db);
      await sql`create trigger no_end before insert on timeline begin select raise(abort, 'disk full'); end`.execute(
        db,
      );
      const log = [{ seq: 0, at: 1, kind: 'ended', data: {} }];
      await expect(store.commit([ended('a', { log })])).rejects.toThrow();
      expect(await rowOf('a')).toMatchObject({ outcome: null });
    });

  it('marks a flow that cannot continue as failed, and keeps its earlier data', async () => {
    const store = new SqlFlowStore(db);
    await store.commit([change('a'), change('b')]);
    await store.commit([ended('b', { over: false })]);
    await store.abandon('a', 9, 'damaged');
    await store.abandon('b', 9, 'damaged');
    expect(await rowOf('a')).toMatchObject({ outcome: 'failed', ended_at: 9, ended_by: 'fault', over: 1 });
    expect(await rowOf('b')).toMatchObject(fate);
  });
});

const stores: Record<string, () => FlowStore> = {
  memory: () => new MemoryFlowStore(),
  sqlite: () => new SqlFlowStore(db),
};

describe.each(Object.entries(stores))('a flow store (%s)', (_name, make) => {
  it('returns the last program of a flow, whatever else has changed', async () => {
    const store = make();
    const program = { hash: 'other', body: { plan: 2 } };
    await store.commit(['a', 'b', 'c'].map((id) => change(id)));
    await store.commit([
      change('a', { program }),
      change('b', { program, state: { n: 2 } }),
      change('c', { program, state: { n: 2 }, summary: { ...running, at: 'ring' } }),
    ]);
    const programs = (await store.loadRunning()).map(({ programHash, program: body }) => ({ programHash, body }));
    expect(programs).toEqual(Array(3).fill({ programHash: 'other', body: program.body }));
  });

  it('returns running flows, with program and unacknowledged effects, in order', async () => {
    const store = make();
    const effects = ['e2', 'e10', 'e9'].map((id) => ({ type: 'say', id }));
    await store.commit([change('a', { pending: effects, log: [{ seq: 0, at: 1, kind: 'x', data: {} }] })]);
    await store.commit([
      change('b', { over: true }),
      change('a', { state: { n: 2 }, pending: effects.slice(0, 2), log: [{ seq: 1, at: 2, kind: 'y', data: {} }] }),
    ]);
    const [a, ...others] = await store.loadRunning();
    expect(others).toEqual([]);
    expect(a).toMatchObject({
      id: 'a',
      kind: 'toy',
      startedAt: 1,
      programHash: 'h',
      program: { plan: 1 },
      state: { n: 2 },
      nextSeq: 2,
    });
    expect(a?.pending).toEqual(effects.slice(0, 2));
  });

  it('returns the result of a flow', async () => {
    const store = make();
    await store.commit([change('a'), change('b', { over: true })]);
    expect(await Promise.all(['a', 'b', 'c'].map((id) => store.statusOf(id)))).toEqual(['running', 'over', undefined]);
  });

  it('accepts the same changes twice', async () => {
    const store = make();
    const batch = [
      change('a', { pending: [{ type: 'say', id: 'e1' }], log: [{ seq: 0, at: 1, kind: 'x', data: {} }] }),
      change('a'),
    ];
    await store.commit(batch);
    await store.commit(batch);
    const [a] = await store.loadRunning();
    expect(a).toMatchObject({ nextSeq: 1, pending: [] });
  });

  it('ends a flow that is given up, and records the reason', async () => {
    const store = make();
    await store.commit([
      change('a', { pending: [{ type: 'say', id: 'e1' }], log: [{ seq: 0, at: 1, kind: 'x', data: {} }] }),
      change('b'),
    ]);
    await store.abandon('a', 9, 'no reason');
    expect(await store.statusOf('a')).toBe('over');
    expect((await store.loadRunning()).map(({ id }) => id)).toEqual(['b']);
  });

  it('stores an effect that was requested and acknowledged in one batch', async () => {
    const store = make();
    await store.commit([change('a', { pending: [{ type: 'say', id: 'e1' }] }), change('a')]);
    expect((await store.loadRunning())[0]?.pending).toEqual([]);
  });
});

describe('the store in a database', () => {
  it('stores all of a batch or nothing', async () => {
    const store = new SqlFlowStore(db);
    const broken = { ...change('b'), log: [{ seq: 0, at: Number.NaN, kind: null as unknown as string, data: {} }] };
    await expect(store.commit([change('a'), broken])).rejects.toThrow(/NOT NULL|NaN/);
    expect(await store.loadRunning()).toEqual([]);
  });

  it.each<[string, Partial<FlowChange> & { state?: unknown }]>([
    ['what JSON cannot hold', { state: { n: 1n } }],
    ['a time that is none', { at: NaN }],
  ])('%s: one flow is left out, all others are stored, before and after', async (_, broken) => {
    const troubles: string[] = [];
    const saver = new CommitQueue({
      store: new SqlFlowStore(db),
      clock: systemClock,
      onError: (where) => troubles.push(where),
      onNotDurable: () => [],
      onDurable: () => undefined,
    });
    saver.enqueue(change('first'));
    saver.enqueue(change('a'));
    saver.enqueue(change('broken', broken));
    saver.enqueue(change('b'));
    saver.enqueue(change('a', { state: { n: 2 } }));
    await saver.idle();
    expect(saver.durable).toBe(true);
    saver.enqueue(change('c'));
    await saver.idle();
    expect(troubles).toEqual(['storage of broken']);
    const stored = await db.selectFrom('flows').select(['id', 'state']).orderBy('id').execute();
    expect(stored.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'a {"n":2}',
      'b {"n":1}',
      'c {"n":1}',
      'first {"n":1}',
    ]);
    saver.enqueue(change('broken', { state: { n: 3 } }));
    await saver.idle();
    expect(await db.selectFrom('flows').select('state').where('id', '=', 'broken').execute()).toEqual([
      { state: '{"n":3}' },
    ]);
    saver.stop();
  });

  if (isSqlite)
    it('after a power cut the log ends anywhere: its content is complete, and no change is present without its predecessors', async () => {
      const COMMITS = 60;
      const store = new SqlFlowStore(db);
      for (let n = 0; n < COMMITS; n += 1) {
        const pending = [{ type: 'say', id: `e${n}` }];
        const log = [{ seq: n, at: n, kind: 'x', data: { n } }];
        await store.commit([change('a', { state: { n }, pending, log })]);
      }
      const [base, log] = await Promise.all(['test.db', 'test.db-wal'].map((file) => readFile(path.join(dir, file))));
      const found: number[] = [];
      for (let cut = 0; cut <= 20; cut += 1) {
        const copy = path.join(dir, `cut-${cut}.db`);
        await writeFile(copy, base!);
        await writeFile(`${copy}-wal`, log!.subarray(0, Math.floor((log!.length * cut) / 20)));
        const opened = await openDatabase(copy);
        const [flow] = await new SqlFlowStore(opened).loadRunning();
        const n = (flow?.state as { n: number } | undefined)?.n ?? -1;
        found.push(n);
        if (flow !== undefined) expect(flow).toMatchObject({ nextSeq: n + 1, pending: [{ id: `e${n}` }] });
        await opened.destroy();
      }
      expect(found).toEqual([...found].sort((a, b) => a - b));
      expect(new Set(found).size).toBeGreaterThan(5);
      expect(found.at(-1)).toBe(COMMITS - 1);
    });

  it('returns readable flows beside unreadable ones, and records why the latter were given up', async () => {
    const store = new SqlFlowStore(db);
    await store.commit([change('a', { pending: [{ type: 'say', id: 'e1' }] }), change('b')]);
    await db.updateTable('flows').set({ state: '{"cut o' }).where('id', '=', 'a').execute();
    const flows = await store.loadRunning();
    expect(flows.map(({ id, damaged }) => [id, damaged !== undefined])).toEqual([
      ['a', true],
      ['b', false],
    ]);
    await store.abandon('a', 9, 'it cannot be read');
    expect(await db.selectFrom('timeline').selectAll().execute()).toMatchObject([
      { flow_id: 'a', seq: 0, kind: 'fault' },
    ]);
    expect(await db.selectFrom('flows').where('pending', '!=', '[]').select('id').execute()).toEqual([]);
  });

  it('keeps a program while a flow has it, and stores it again for the next one', async () => {
    const store = new SqlFlowStore(db);
    await store.commit([change('a'), change('b', { over: true })]);
    expect(await store.removeUnusedPrograms()).toBe(0);
    await db.deleteFrom('flows').execute();
    expect(await store.removeUnusedPrograms()).toBe(1);
    expect(await db.selectFrom('programs').select('hash').execute()).toEqual([]);
    await Promise.all([store.commit([change('c')]), store.removeUnusedPrograms(), store.commit([change('d')])]);
    expect((await store.loadRunning()).map(({ id, program }) => [id, program])).toEqual([
      ['c', { plan: 1 }],
      ['d', { plan: 1 }],
    ]);
  });

  it('stores batches of any size', async () => {
    const store = new SqlFlowStore(db);
    await store.commit(
      Array.from({ length: 5000 }, (_, n) => change(`f${n}`, { pending: [{ type: 'say', id: 'e1' }] })),
    );
    expect(await store.loadRunning()).toHaveLength(5000);
  });

  it('makes two transactions on one handle wait for each other', async () => {
    const store = new SqlFlowStore(db);
    await Promise.all(Array.from({ length: 50 }, (_, n) => store.commit([change(`f${n}`)])));
    expect(await store.loadRunning()).toHaveLength(50);
  });
});
