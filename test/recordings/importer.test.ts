import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AsteriskError } from '../../src/asterisk/port.js';
import { RecordingFiles } from '../../src/recordings/files.js';
import { recordingIdOf, RecordingStore } from '../../src/recordings/store.js';
import { LINE, QUIET_MS, RecordingHarness } from './recording-harness.js';
import { flowIdOf } from '../../src/kernel/ids.js';

let harness: RecordingHarness;

beforeEach(async () => {
  harness = await RecordingHarness.make();
});
afterEach(() => harness.stop());

const inAsterisk = () => harness.asterisk.recordings.list();
const fileOf = (name: string) => readFile(harness.files.pathOf(recordingIdOf(name)));

describe('a recording', () => {
  it('is fetched, stored, published once, and only then removed in Asterisk', async () => {
    const name = await harness.recorded({ lastsMs: 5000 });
    await harness.taker().runOnce();
    expect(await inAsterisk()).toEqual([]);
    const file = await fileOf(name);
    expect(file.length).toBe(44 + 5000 * 16);
    expect(await harness.reader().get(recordingIdOf(name))).toMatchObject({
      call_id: flowIdOf(name),
      line: LINE,
      queue: 12,
      agent: '{"handset":"sales"}',
      duration_ms: 5000,
      bytes: file.length,
    });
    expect(await harness.timeline(flowIdOf(name))).toEqual(['arrived', 'recording_stored']);
    const id = recordingIdOf(name);
    expect(harness.published).toMatchObject([
      {
        event: 'recording_ready',
        seq: 5,
        recording: { id, url: `http://gateway.test/${id}`, durationMs: 5000, talkMs: 5000 },
      },
    ]);
    const order = harness.asterisk.requests.map(({ method }) => method);
    expect(order.indexOf('recordings.read')).toBeLessThan(order.indexOf('recordings.remove'));
  });

  it('is not imported before its call has ended', async () => {
    const name = await harness.recorded({ over: false });
    await harness.taker().runOnce();
    expect(await inAsterisk()).toEqual([name]);
    await harness.call(flowIdOf(name), name, harness.clock.now(), true);
    await harness.taker().runOnce();
    expect(await inAsterisk()).toEqual([]);
    expect(harness.published).toHaveLength(1);
  });

  it('of an unknown call is imported as well', async () => {
    const name = await harness.recorded({ known: false });
    await harness.taker().runOnce();
    expect(await harness.reader().get(recordingIdOf(name))).toMatchObject({ line: '', queue: null, duration_ms: 5000 });
    expect(await inAsterisk()).toEqual([]);
  });

  it('that Asterisk did not finish is imported when it has stopped growing, and its header is repaired', async () => {
    const name = await harness.recorded({ finished: false });
    harness.asterisk.restart();
    const taker = harness.taker();
    await taker.runOnce();
    harness.clock.advanceBy(QUIET_MS - 1);
    await taker.runOnce();
    expect(await inAsterisk()).toEqual([name]);
    harness.clock.advanceBy(1);
    await taker.runOnce();
    expect(await inAsterisk()).toEqual([]);
    const file = await fileOf(name);
    expect([file.readUInt32LE(4), file.readUInt32LE(40)]).toEqual([file.length - 8, file.length - 44]);
  });

  it('that still grows is not imported', async () => {
    const name = await harness.recorded({ finished: false });
    const taker = harness.taker();
    for (let looks = 0; looks < 3; looks += 1) {
      await taker.runOnce();
      harness.clock.advanceBy(2 * QUIET_MS);
    }
    expect(await inAsterisk()).toEqual([name]);
    expect(taker.error).toBeUndefined();
  });

  it('that disappears before it was finished is forgotten', async () => {
    const name = await harness.recorded({ finished: false });
    const taker = harness.taker();
    await taker.runOnce();
    await harness.asterisk.recordings.remove(name);
    taker.start();
    harness.clock.advanceBy(500);
    await expect.poll(() => harness.clock.nextDueAt()! - harness.clock.now()).toBe(60_000);
    await taker.stop();
  });

  it('without samples is removed and not imported', async () => {
    const name = await harness.recorded({ lastsMs: 0 });
    const taker = harness.taker();
    await taker.runOnce();
    harness.clock.advanceBy(QUIET_MS);
    await taker.runOnce();
    expect(await inAsterisk()).toEqual([]);
    expect(await harness.reader().get(recordingIdOf(name))).toBeUndefined();
    expect(harness.published).toEqual([]);
  });
});

describe('no recording is lost or duplicated', () => {
  it('when the gateway crashes after storing the file and before storing the row', async () => {
    const name = await harness.recorded();
    class Dying extends RecordingStore {
      override add(): Promise<never> {
        return Promise.reject(new Error('killed'));
      }
    }
    const dying = new Dying({
      db: harness.db,
      fanout: harness.fanout,
      urlOf: (id) => id,
      messagesChanged: () => undefined,
    });
    await harness.taker({ store: dying }).runOnce();
    expect(await inAsterisk()).toEqual([name]);
    expect(harness.published).toEqual([]);
    await harness.taker().runOnce();
    expect(await inAsterisk()).toEqual([]);
    expect(harness.published).toHaveLength(1);
  });

  it('when the gateway crashes before removing the recording in Asterisk', async () => {
    const name = await harness.recorded();
    harness.asterisk.inject('recordings.remove', { error: new AsteriskError('unavailable', 'no link') });
    await harness.taker().runOnce();
    expect(await inAsterisk()).toEqual([name]);
    await harness.taker().runOnce();
    expect(await inAsterisk()).toEqual([]);
    expect(harness.published).toHaveLength(1);
    expect(await harness.timeline(flowIdOf(name))).toEqual(['arrived', 'recording_stored']);
  });

  it('when the link breaks during the listing or the download', async () => {
    const name = await harness.recorded();
    const taker = harness.taker();
    for (const method of ['recordings.list', 'recordings.read'] as const) {
      harness.asterisk.inject(method, { error: new AsteriskError('unavailable', 'no link') });
      await taker.runOnce();
      expect(taker.error).toContain('no link');
      expect(await inAsterisk()).toEqual([name]);
    }
    await taker.runOnce();
    expect(taker.error).toBeUndefined();
    expect(await inAsterisk()).toEqual([]);
  });

  it('when the download is interrupted', async () => {
    const name = await harness.recorded();
    const whole = harness.asterisk.recordings.read.bind(harness.asterisk.recordings);
    harness.asterisk.recordings.read = async (id) => {
      const { bytes, content } = await whole(id);
      const [file] = (await content.toArray()) as [Buffer];
      return { bytes, content: Readable.from([file.subarray(0, 1000)]) };
    };
    const taker = harness.taker();
    await taker.runOnce();
    expect(taker.error).toContain('interrupted');
    await expect(fileOf(name)).rejects.toThrow();
    harness.asterisk.recordings.read = whole;
    await taker.runOnce();
    expect((await fileOf(name)).length).toBe(44 + 5000 * 16);
  });

  it('when the disk is full: it stays in Asterisk, the problem is reported, and it is imported later', async () => {
    const name = await harness.recorded();
    const folder = join(harness.folder, 'full');
    await mkdir(folder);
    await writeFile(join(folder, 'tmp'), 'in the way');
    const taker = harness.taker({ files: new RecordingFiles(folder) });
    await taker.runOnce();
    expect(taker.error).toMatch(/^1 wait in Asterisk: ENOTDIR/);
    expect(await inAsterisk()).toEqual([name]);
    await rm(join(folder, 'tmp'));
    await mkdir(join(folder, 'tmp'));
    await chmod(folder, 0o700);
    await taker.runOnce();
    expect(taker.error).toBeUndefined();
    expect(await inAsterisk()).toEqual([]);
  });

  it.each([
    ['cannot be opened', () => Promise.reject(new Error('no room'))],
    [
      'cannot be written at all',
      async (_id: string, content: AsyncIterable<Buffer>) => {
        for await (const { length } of content) throw new Error(`no room for ${length} bytes`);
        throw new Error('there are no first bytes');
      },
    ],
  ])('when the file %s: the download releases its connection', async (_what, keep) => {
    const name = await harness.recorded();
    const whole = harness.asterisk.recordings.read.bind(harness.asterisk.recordings);
    const opened: Readable[] = [];
    harness.asterisk.recordings.read = async (id) => {
      const { bytes, content } = await whole(id);
      const [file] = (await content.toArray()) as [Buffer];
      const chunks = Readable.from([file.subarray(0, 1000), file.subarray(1000, 2000), file.subarray(2000)]);
      opened.push(chunks);
      return { bytes, content: chunks };
    };
    const full = harness.files;
    full.store = keep;
    const taker = harness.taker({ files: full });
    await taker.runOnce();
    expect(taker.error).toContain('no room');
    expect(opened.map(({ destroyed }) => destroyed)).toEqual([true]);
    await harness.taker().runOnce();
    expect((await fileOf(name)).length).toBe(44 + 5000 * 16);
  });

  it('when a deleted recording was left in Asterisk by a crash: it is not imported again', async () => {
    const name = await harness.recorded();
    harness.asterisk.inject('recordings.remove', { error: new AsteriskError('unavailable', 'no link') });
    await harness.taker().runOnce();
    expect(await harness.remove(recordingIdOf(name), 'admin')).toBe(true);
    expect(await harness.remove(recordingIdOf(name), 'admin')).toBe(false);
    await harness.taker().runOnce();
    expect(await inAsterisk()).toEqual([]);
    await expect(fileOf(name)).rejects.toThrow();
    expect(await harness.timeline(flowIdOf(name))).toEqual(['arrived', 'recording_stored', 'recording_deleted']);
  });
});

it('runs after its start, when woken, and again after a failure', async () => {
  const taker = harness.taker();
  const looks = () => harness.asterisk.requests.filter(({ method }) => method === 'recordings.list').length;
  const pass = async (ms: number) => {
    harness.clock.advanceBy(ms);
    await taker.runOnce();
    return looks();
  };
  taker.start();
  const first = await pass(500);
  expect(first).toBeGreaterThan(0);
  harness.asterisk.inject('recordings.list', { error: new AsteriskError('unavailable', 'no link') });
  await taker.runOnce();
  const failed = looks();
  harness.clock.advanceBy(1000);
  expect(looks()).toBe(failed + 1);
  await taker.runOnce();
  for (let calls = 0; calls < 10; calls += 1) {
    taker.wake();
    harness.clock.advanceBy(100);
  }
  expect(looks()).toBeGreaterThan(failed + 1);
  await taker.stop();
  expect(harness.clock.nextDueAt()).toBeUndefined();
});
