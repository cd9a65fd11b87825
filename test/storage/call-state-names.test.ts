import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Kysely, Migrator, sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PlanEvent } from '../../src/call-plan/event.js';
import type { PlanProgram } from '../../src/call-plan/program.js';
import type { PlanState } from '../../src/call-plan/state.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { SqlFlowStore } from '../../src/storage/flow-store.js';
import { migrations } from '../../src/storage/migrations.js';
import { SqliteDialect } from '../../src/storage/sqlite-dialect.js';
import { openConnection } from '../../src/storage/sqlite/open-connection.js';
import { flow, START } from '../call-plan/property-harness.js';

const RENAMES = '0019_call_state_names';
/** Calls stored by the version before the renames; see their ids. */
const FIXTURE = new URL('../data/call-states-before-renames.json', import.meta.url);

interface StoredCall {
  id: string;
  program: PlanProgram;
  state: unknown;
}

let dir: string;
let db: Database;
let stored: StoredCall[];

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-states-'));
  stored = JSON.parse(await readFile(FIXTURE, 'utf8')) as StoredCall[];
});
afterEach(async () => {
  await db.destroy();
  await rm(dir, { recursive: true });
});

/** A database from before the renames, with these rows, opened by this version. */
async function upgrade(rows: { id: string; state: string; over?: number; kind?: string }[]): Promise<void> {
  const filename = path.join(dir, 'test.db');
  const old = new Kysely<unknown>({ dialect: new SqliteDialect(() => openConnection({ filename, pragmas: [] })) });
  const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < RENAMES));
  await new Migrator({ db: old, provider: { getMigrations: () => Promise.resolve(before) } }).migrateToLatest();
  await old.transaction().execute(async (tx) => {
    for (const { id, program } of stored)
      await sql`insert into programs (hash, body) values (${id}, ${JSON.stringify(program)})`.execute(tx);
    for (const { id, state, over = 0, kind = 'plan' } of rows) {
      const program = stored.find((call) => call.id === id)?.id ?? 'asking';
      await sql`insert into flows (id, kind, program, state, summary, over, started_at, updated_at)
        values (${id}, ${kind}, ${program}, ${state}, '{}', ${over}, 1, 1)`.execute(tx);
    }
  });
  await old.destroy();
  db = await openDatabase(filename);
}

async function upgraded(id: string): Promise<(event: object) => ReturnType<typeof flow.step>> {
  await upgrade(stored.map((call) => ({ id: call.id, state: JSON.stringify(call.state) })));
  const found = (await new SqlFlowStore(db).loadRunning()).find((call) => call.id === id);
  if (found === undefined || !('state' in found)) throw new Error(`the call ${id} was not loaded`);
  let state = found.state as PlanState;
  const program = found.program as PlanProgram;
  return (event) => {
    const step = flow.step(program, state, { at: START + 60_000, ...event } as PlanEvent & { type: 'digit' });
    state = step.state;
    return step;
  };
}

it('a stored question of a hand-over accepts its digits, beside a prompt and a supervisor', async () => {
  const take = await upgraded('asking');
  expect(take({ type: 'leg_answered', legId: 'c_1.1~l6' }).effects.map((effect) => effect.type)).toEqual([
    'leash',
    'snoop',
    'bridge',
  ]);
  const { effects } = take({ type: 'digit', digit: '#', durationMs: 100 });
  expect(effects).toMatchObject([{ type: 'http', body: expect.stringContaining('"received_digits":"5"') as string }]);
  expect(take({ type: 'caller_gone', cause: 'normal', q850: 16 }).state.overlays).toEqual([]);
});

it('a stored transfer out of a queue continues when Asterisk returns the caller', async () => {
  const take = await upgraded('leaving');
  const { effects, state } = take({ type: 'queue_left', visitId: 'c_1.1~q1', result: 'WITHDRAW' });
  expect(effects).toMatchObject([{ type: 'start_ringing' }, { type: 'dial', to: { handset: 'office' } }]);
  expect(state).toMatchObject({ pendingRedirect: null, action: { type: 'ring' } });
});

it('a stored rejection plays its prompt and hangs up; the count of its domain events continues', async () => {
  const take = await upgraded('rejected');
  const playbackId = /c_1\.1~p\d+/.exec(JSON.stringify(stored.at(-1)?.state))?.[0];
  take({ type: 'playback_accepted', playbackId, durationMs: 900, prompts: [] });
  const { effects } = take({ type: 'playback_finished', playbackId, failed: false });
  expect(effects).toMatchObject([{ type: 'hang_up' }]);
  const before = (stored.at(-1)?.state as { told: number }).told;
  const { state, news } = take({ type: 'caller_gone', cause: 'normal', q850: 16 });
  expect(news).toMatchObject([{ event: 'hangup', seq: before + 1 }]);
  expect(state.eventSeq).toBe(before + 1);
});

it('ended calls, other flows and unreadable states stay unchanged, and more rows than one slice are renamed', async () => {
  const state = JSON.stringify({ order: null, action: { on: 'play' }, asides: [] });
  const many = Array.from({ length: 450 }, (_, index) => ({ id: `many${index}`, state }));
  await upgrade([
    ...many,
    { id: 'ended', state, over: 1 },
    { id: 'bridge', state, kind: 'bridge' },
    { id: 'unreadable', state: '{"order":' },
  ]);
  const rows = await db.selectFrom('flows').select(['id', 'state']).execute();
  const renamed = JSON.stringify({ pendingRedirect: null, action: { type: 'play' }, overlays: [] });
  expect(rows.filter((row) => row.state === renamed)).toHaveLength(many.length);
  const kept = Object.fromEntries(rows.filter((row) => row.state !== renamed).map((row) => [row.id, row.state]));
  expect(kept).toEqual({ ended: state, bridge: state, unreadable: '{"order":' });
});
