import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Kysely, Migrator, sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../src/storage/database.js';
import { SqlFlowStore } from '../../src/storage/flow-store.js';
import { migrations } from '../../src/storage/migrations.js';
import type { Tables } from '../../src/storage/schema.js';
import { SqliteDialect } from '../../src/storage/sqlite-dialect.js';
import { openConnection } from '../../src/storage/sqlite/open-connection.js';

let dir: string;
let file: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-intents-'));
  file = path.join(dir, 'test.db');
});
afterEach(() => rm(dir, { recursive: true }));

/** A database of the version with a separate effect for plans, bridges and feature codes. */
async function oldDatabase(): Promise<Kysely<Tables>> {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect(() => openConnection({ filename: file, pragmas: [] })) });
  const before = Object.entries(migrations).filter(([name]) => name < '0020_play_effects');
  const provider = { getMigrations: () => Promise.resolve(Object.fromEntries(before)) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  expect(error).toBeUndefined();
  await db.insertInto('programs').values({ hash: 'h', body: '{}' }).execute();
  const flow = { kind: 'plan', program: 'h', over: 0, started_at: 1, updated_at: 1, summary: '{}', state: '{}' };
  await db
    .insertInto('flows')
    .values([
      { ...flow, id: 'c_1' },
      { ...flow, id: 'c_damaged' },
    ])
    .execute();
  return db;
}

it('a pending playback of an earlier version is played by the next one', async () => {
  const on = { channelId: '1', languages: ['cs'] };
  const old = await oldDatabase();
  const requested = [
    { type: 'play', id: 'e1', playbackId: 'c_1~p1', ...on, prompts: [3, 4], codec: 'alaw' },
    { type: 'say', id: 'e2', playbackId: 'c_1~p2', ...on, sound: 'duty-paused', codec: 'ulaw' },
    { type: 'speak', id: 'e3', playbackId: 'c_1~p3', ...on, prompt: 61, sounds: ['bridge-busy'] },
    { type: 'speak', id: 'e4', playbackId: 'c_1~p4', ...on, prompt: null, sounds: ['bridge-confirm', 'press-5'] },
    { type: 'speak', id: 'e5', playbackId: 'c_1~p5', ...on, prompt: 70, sounds: [] },
    { type: 'answer', id: 'e6', channelId: '1' },
  ];
  const intent = { flow_id: 'c_1', created_at: 1, acked_at: null as number | null };
  const intents = [
    ...requested.map((effect) => ({ ...intent, id: effect.id, effect: JSON.stringify(effect) })),
    { ...intent, flow_id: 'c_damaged', id: 'e1', effect: '{"cut o' },
    { ...intent, id: 'e7', effect: JSON.stringify({ type: 'answer', id: 'e7', channelId: '1' }), acked_at: 2 },
    { ...intent, id: 'e10', effect: JSON.stringify({ type: 'answer', id: 'e10', channelId: '1' }) },
  ];
  for (const { flow_id, id, effect, created_at, acked_at } of intents)
    await sql`insert into intents values (${flow_id}, ${id}, ${effect}, ${created_at}, ${acked_at})`.execute(old);
  await old.destroy();

  const db = await openDatabase(file);
  const [flow, damaged] = await new SqlFlowStore(db).loadRunning();
  const play = { type: 'play', ...on };
  expect(flow?.pending).toEqual([
    { ...play, id: 'e1', playbackId: 'c_1~p1', media: [{ prompt: 3 }, { prompt: 4 }], codec: 'alaw' },
    { ...play, id: 'e2', playbackId: 'c_1~p2', media: [{ sound: 'duty-paused' }], codec: 'ulaw' },
    {
      ...play,
      id: 'e3',
      playbackId: 'c_1~p3',
      media: [{ prompt: 61 }],
      fallback: [{ sound: 'bridge-busy' }],
      codec: '',
    },
    {
      ...play,
      id: 'e4',
      playbackId: 'c_1~p4',
      media: [{ sound: 'bridge-confirm' }, { sound: 'press-5' }],
      codec: '',
    },
    { ...play, id: 'e5', playbackId: 'c_1~p5', media: [{ prompt: 70 }], codec: '' },
    { type: 'answer', id: 'e6', channelId: '1' },
    { type: 'answer', id: 'e10', channelId: '1' },
  ]);
  expect(damaged?.damaged).toBeDefined();
  await db.destroy();
});
