import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createJanitor } from '../../src/app/janitor.js';
import { keepDaysSchema } from '../../src/directory/schema.js';
import { createLogger } from '../../src/lib/logger.js';
import { AudioStore } from '../../src/prompts/audio-store.js';
import { recordingIdOf } from '../../src/recordings/store.js';
import { DAY_MS, RecordingHarness } from '../recordings/recording-harness.js';
import { flowIdOf } from '../../src/kernel/ids.js';

/** What is removed, and when: on a virtual clock, over years. */

let harness: RecordingHarness;
let audio: AudioStore;
let names: string[];
const keep = keepDaysSchema.parse({ recordings: 30, calls: 60, webhooks: 10, dead_webhooks: 20, unused_audio: 7 });
const logger = createLogger({ level: 'silent' });

beforeEach(async () => {
  harness = await RecordingHarness.make();
  harness.keepDays = keep.recordings;
  audio = new AudioStore({ db: harness.db, folder: join(harness.folder, 'audio'), soundsFolder: '/nowhere', logger });
  await audio.start();
  names = [];
});
afterEach(() => harness.stop());

/** A gateway's janitor, newly started. */
function janitor() {
  const { db, clock } = harness;
  const company = () => ({ keep_days: keep });
  return createJanitor({
    db,
    company,
    audio,
    usedElsewhere: () => Promise.resolve(names),
    jobs: harness.jobs(),
    clock,
    logger,
  });
}

/** One round now, and one when so many days are over: whatever was due in between is due then. */
async function live(days: number): Promise<void> {
  const until = harness.clock.now() + days * DAY_MS;
  await round();
  harness.clock.advanceTo(until - 60_000);
  await round();
}

async function round(): Promise<void> {
  const keeper = janitor();
  keeper.start();
  harness.clock.advanceBy(60_000);
  await keeper.idle();
  await keeper.stop();
}

const ids = async (table: 'flows' | 'timeline' | 'webhook_deliveries' | 'webhook_attempts' | 'recordings') =>
  (await harness.db.selectFrom(table).selectAll().execute()).length;

it('recordings: kept for their days, then gone with their file; the timeline says so', async () => {
  const name = await harness.recorded();
  await harness.taker().runOnce();
  await live(29);
  expect(await harness.files.has(recordingIdOf(name))).toBe(true);
  await live(2);
  expect(await harness.files.has(recordingIdOf(name))).toBe(false);
  expect(await harness.reader().get(recordingIdOf(name))).toBeUndefined();
  expect((await harness.timeline(flowIdOf(name))).at(-1)).toBe('recording_deleted');
});

it('calls: removed after their days with all their rows, except calls in progress and calls with pending deliveries', async () => {
  const over = await harness.recorded();
  const running = await harness.recorded({ over: false });
  const pendingCall = await harness.recorded();
  await harness.taker().runOnce();
  await delivery(flowIdOf(pendingCall), 'waiting', null);
  await live(59);
  expect(await ids('flows')).toBe(3);
  await live(2);
  const left = await harness.db.selectFrom('flows').select('id').execute();
  expect(left.map(({ id }) => id).sort()).toEqual([flowIdOf(running), flowIdOf(pendingCall)].sort());
  expect(await harness.timeline(flowIdOf(over))).toEqual([]);
  expect(await harness.db.selectFrom('recordings').where('call_id', '=', flowIdOf(over)).selectAll().execute()).toEqual(
    [],
  );
});

it('calls with a recording stay as long as it does', async () => {
  const name = await harness.recorded();
  await harness.taker().runOnce();
  harness.keepDays = 400;
  await live(399);
  expect(await ids('flows')).toBe(1);
  await live(2);
  expect(await ids('flows')).toBe(0);
  expect(await harness.files.has(recordingIdOf(name))).toBe(false);
});

it('deliveries: what was taken goes before what was not; what waits stays', async () => {
  const now = harness.clock.now();
  await delivery('c_1', 'delivered', now);
  await delivery('c_2', 'dropped', now);
  await delivery('c_3', 'dead', now);
  await delivery('c_4', 'waiting', null);
  await live(9);
  expect(await ids('webhook_deliveries')).toBe(4);
  await live(2);
  expect(await ids('webhook_deliveries')).toBe(2);
  expect(await ids('webhook_attempts')).toBe(2);
  await live(10);
  expect(await harness.db.selectFrom('webhook_deliveries').select('state').execute()).toEqual([{ state: 'waiting' }]);
});

it('audio: removed after it was unused for its days, counted from when that was first noticed', async () => {
  const { sha256 } = await audio.add(Buffer.alloc(1600, 1));
  names = [sha256];
  await live(300);
  expect(await audio.find(sha256)).toBeDefined();
  names = [];
  await live(3);
  names = [sha256];
  await live(3);
  names = [];
  await live(6);
  expect(await audio.readMedia(sha256, 'wav')).toBeDefined();
  await live(3);
  expect(await audio.find(sha256)).toBeUndefined();
  expect(await readdir(join(harness.folder, 'audio'))).toEqual(['tmp']);
});

it('audio: kept while a draft of the configuration uses it', async () => {
  const { sha256 } = await audio.add(Buffer.alloc(1600, 1));
  const items = JSON.stringify([
    { section: 'prompts', key: '5', body: { id: 5, name: 'x', audio: { cs: `sha256:${sha256}` } } },
  ]);
  const draft = { id: 'd_1', name: '', author: null, base: 1, revision: 1, created_at: 0, updated_at: 0 };
  await harness.db
    .insertInto('config_drafts')
    .values({ ...draft, items })
    .execute();
  await live(300);
  expect(await audio.find(sha256)).toBeDefined();
  await harness.db.deleteFrom('config_drafts').execute();
  await live(3);
  await live(8);
  expect(await audio.find(sha256)).toBeUndefined();
});

it('audio: what is used is looked up once a round, however much there is', async () => {
  for (let n = 0; n < 50; n += 1) names.push((await audio.add(Buffer.alloc(160, n))).sha256);
  let looks = 0;
  const usedElsewhere = () => {
    looks += 1;
    return Promise.resolve(names);
  };
  const { db, clock } = harness;
  const keeper = createJanitor({
    db,
    company: () => ({ keep_days: keep }),
    audio,
    usedElsewhere,
    jobs: [],
    clock,
    logger,
  });
  keeper.start();
  clock.advanceBy(60_000);
  await keeper.idle();
  await keeper.stop();
  expect(looks).toBe(1);
});

it('a job that fails keeps the janitor from no other, nor from coming again', async () => {
  const done: string[] = [];
  const { db, clock } = harness;
  const jobs = [
    { name: 'fails', run: () => Promise.reject(new Error('no')) },
    { name: 'works', run: () => Promise.resolve(done.push('works')) },
  ];
  const keeper = createJanitor({
    db,
    company: () => ({ keep_days: keep }),
    audio,
    usedElsewhere: () => Promise.resolve([]),
    jobs,
    clock,
    logger,
  });
  keeper.start();
  clock.advanceBy(60_000);
  await keeper.idle();
  expect(done).toEqual(['works']);
  clock.advanceBy(3_600_000);
  await keeper.idle();
  expect(done).toEqual(['works', 'works']);
  await keeper.stop();
  expect(clock.nextDueAt()).toBeUndefined();
});

it('an unknown file is removed, but not one that is being written', async () => {
  const id = recordingIdOf('c_lost~r1');
  const file = Buffer.alloc(60);
  file.write('RIFF', 0, 'latin1');
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.write('data', 36, 'latin1');
  await harness.files.store(
    id,
    (async function* () {
      yield await Promise.resolve(file);
    })(),
  );
  const sweep = harness.jobs()[1]!;
  expect(await sweep.run(Date.now())).toBe(0);
  expect(await sweep.run(Date.now() + 2 * 3_600_000)).toBe(1);
  expect(await harness.files.has(id)).toBe(false);
});

async function delivery(
  flow_id: string,
  state: 'waiting' | 'delivered' | 'dropped' | 'dead',
  finished_at: number | null,
): Promise<void> {
  const at = harness.clock.now();
  const { id } = await harness.db
    .insertInto('webhook_deliveries')
    .values({
      hook: 'shop',
      event_id: `e ${flow_id}`,
      flow_id,
      seq: 1,
      event: 'hangup',
      body: '{}',
      state,
      finished_at,
      tries: 1,
      created_at: at,
      expires_at: at + DAY_MS,
      due_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await harness.db
    .insertInto('webhook_attempts')
    .values({ delivery_id: id, number: 1, at, latency_ms: 1, status: 500, failed: null, answer: '' })
    .execute();
}
