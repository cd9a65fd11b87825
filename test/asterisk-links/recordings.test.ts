import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { AsteriskError } from '../../src/asterisk/port.js';
import { Recordings } from '../../src/asterisk/recordings.js';
import type { RecordedFile } from '../../src/asterisk/recording-port.js';

const SECOND = 16_000;

/** Reports an error when it is destroyed before its end, as HTTP bodies do. */
function abortable(): Readable {
  return new Readable({
    read: () => undefined,
    destroy: (error, done) => done(error ?? new Error('aborted')),
  });
}

/** Recordings by their names in Asterisk, with their bytes. */
function spool(content: Record<string, number>, failing: string[] = []) {
  const files = new Map(Object.entries(content));
  const opened: RecordedFile[] = [];
  const nameIn = (path: string) => decodeURIComponent(path.split('/')[2]!);
  const recordings = new Recordings({
    app: 'app',
    request: ({ method, path }) => {
      if (method === 'GET') return Promise.resolve([...files.keys()].map((name) => ({ name, format: 'wav' })));
      files.delete(nameIn(path));
      return Promise.resolve(undefined);
    },
    download: (path) => {
      const bytes = files.get(nameIn(path));
      if (failing.includes(nameIn(path))) return Promise.reject(new AsteriskError('unavailable', 'no answer'));
      if (bytes === undefined) return Promise.reject(new AsteriskError('gone', 'no such file'));
      const file = { bytes, content: abortable() };
      opened.push(file);
      return Promise.resolve(file);
    },
  });
  return { recordings, files, opened };
}

describe('a conversation of a queue with two recordings', () => {
  it('is one recording', async () => {
    const { recordings } = spool({ 'app/c_1~q1': 1, 'app/c_1~q1~steady': 1, 'app/c_2~q1~steady': 1, 'app/c_3~r1': 1 });
    expect(await recordings.list()).toEqual(['c_1~q1', 'c_2~q1', 'c_3~r1']);
  });

  it.each([
    ['the first, when both are about as long', { first: 10 * SECOND, steady: 11 * SECOND - 1 }, 10 * SECOND],
    ['the second, when the first lacks pauses', { first: 10 * SECOND, steady: 11 * SECOND }, 11 * SECOND],
    ['the second, when neither side sent a packet', { first: 44, steady: 5 * SECOND }, 5 * SECOND],
    ['the first, when it is longer', { first: 10 * SECOND, steady: 8 * SECOND }, 10 * SECOND],
    ['the second, when it is the only one', { steady: 100 }, 100],
    ['the first, when it is the only one', { first: 100 }, 100],
  ])('is read as %s', async (_what, { first, steady }: { first?: number; steady?: number }, expected) => {
    const { recordings, opened } = spool({
      ...(first !== undefined && { 'app/c_1~q1': first }),
      ...(steady !== undefined && { 'app/c_1~q1~steady': steady }),
    });
    const file = await recordings.read('c_1~q1');
    expect(file.bytes).toBe(expected);
    expect(opened.filter(({ content }) => !content.destroyed)).toEqual([file]);
  });

  it('cannot be read when both are missing, or while one of them is unavailable', async () => {
    await expect(spool({}).recordings.read('c_1~q1')).rejects.toMatchObject({ reason: 'gone' });
    const { recordings, opened } = spool({ 'app/c_1~q1': 100, 'app/c_1~q1~steady': 100 }, ['app/c_1~q1~steady']);
    await expect(recordings.read('c_1~q1')).rejects.toMatchObject({ reason: 'unavailable' });
    expect(opened.every(({ content }) => content.destroyed)).toBe(true);
  });

  it('is removed as a whole', async () => {
    const { recordings, files } = spool({ 'app/c_1~q1': 1, 'app/c_1~q1~steady': 1, 'app/c_2~q1': 1 });
    await recordings.remove('c_1~q1');
    expect([...files.keys()]).toEqual(['app/c_2~q1']);
  });
});
