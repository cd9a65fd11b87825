import { expect, test } from 'vitest';
import { markdownTable, performanceTables, type KeptResults } from './tables.js';

const about = {
  at: '2026-11-29T08:00:00.000Z',
  command: 'npm run bench -- crash',
  revision: 'abc1234',
  machine: {
    cpu: 'CPU',
    cores: 2,
    memoryGb: 4,
    system: 'Debian',
    kernel: '6.1',
    node: 'v20',
    asterisk: '22',
    loadAverage: [9, 8, 7],
    busyPercent: 90,
    quiet: false,
  },
};

test('a table has a head, and a dash for what is missing', () => {
  expect(
    markdownTable([
      ['a', 'b'],
      [1, null],
    ]),
  ).toBe('| a | b |\n| --- | --- |\n| 1 | - |');
});

test('a run on a busy machine is marked, and scenarios that did not run are left out', () => {
  const results: KeptResults = {
    crash: {
      ...about,
      kills: [{ inFlight: 30, downMs: 1500 }],
      calls: { made: 100, served: 90, cutShort: 4, inTheFallback: 6, stored: 95 },
      announcements: { accepted: 5, refused: 1, unanswered: 0 },
      deliveries: 300,
      losses: [],
    },
  };
  const text = performanceTables(results);
  expect(text).toContain('**busy**: load 9, 90 %');
  expect(text).toContain('| lost | 0 |');
  expect(text).not.toContain('### Calls\n');
});

test('no results are no tables', () => {
  expect(performanceTables({})).toBe('');
});
