import { expect, test } from 'vitest';
import { LogDestination } from '../../src/lib/log-destination.js';

/** A file that takes so many bytes and no more. */
class SmallDisk {
  text = '';
  constructor(public room = Infinity) {}

  write = (bytes: Buffer): number => {
    const taken = Math.min(bytes.length, this.room);
    if (taken === 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    this.text += bytes.subarray(0, taken).toString();
    this.room -= taken;
    return taken;
  };

  get lines(): string[] {
    return this.text.split('\n').slice(0, -1);
  }
}

const lineOf = (number: number) => `{"line":${number}}\n`;

test('lines are written at once and in order', () => {
  const disk = new SmallDisk();
  const log = new LogDestination({ write: disk.write });
  for (let i = 0; i < 3; i += 1) log.write(lineOf(i));
  expect(disk.text).toBe(lineOf(0) + lineOf(1) + lineOf(2));
});

test('a log that cannot be written throws nothing, keeps a bounded part and counts the rest', () => {
  const disk = new SmallDisk(0);
  const log = new LogDestination({ write: disk.write, maxWaitingBytes: 5 * lineOf(0).length, now: () => 77 });
  for (let i = 0; i < 9; i += 1) log.write(lineOf(i));
  expect(disk.text).toBe('');
  disk.room = Infinity;
  log.write(lineOf(9));
  const kept = [0, 1, 2, 3, 4].map((line) => ({ line }));
  const report = {
    level: 40,
    time: 77,
    lost: 4,
    msg: 'the log could not be written: lines are missing before this one',
  };
  expect(disk.lines.map((line) => JSON.parse(line) as unknown)).toEqual([...kept, report, { line: 9 }]);
  log.write(lineOf(10));
  expect(disk.lines.at(-1)).toBe('{"line":10}');
  expect(disk.lines).toHaveLength(8);
});

test('a line that was written in part goes on where it was broken off', () => {
  const disk = new SmallDisk(lineOf(0).length + 4);
  const log = new LogDestination({ write: disk.write });
  for (let i = 0; i < 3; i += 1) log.write(lineOf(i));
  disk.room = Infinity;
  log.write(lineOf(3));
  expect(disk.lines).toEqual([0, 1, 2, 3].map((i) => `{"line":${i}}`));
});

test('a line that is longer than what may wait is still written', () => {
  const disk = new SmallDisk();
  const log = new LogDestination({ write: disk.write, maxWaitingBytes: 4 });
  log.write(lineOf(1));
  expect(disk.lines).toHaveLength(1);
});
