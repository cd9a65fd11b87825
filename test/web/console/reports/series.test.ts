import { expect, test } from 'vitest';
import {
  axisTop,
  changeOf,
  groupsOf,
  heatLevel,
  hoursByWeekday,
  labelStep,
  numberIn,
  pairsOf,
  totalPairsOf,
  withoutNight,
} from '../../../../src/web/console/reports/series.js';

const period = (from: string, to: string) => ({ from, to, start: 0, end: 0 });
const row = (group: string, calls: number, key = 'incoming') => ({ group, key, calls });

test('groups without calls are there, in order', () => {
  expect(groupsOf('day', { from: '2026-10-30', to: '2026-11-01' })).toEqual(['2026-10-30', '2026-10-31', '2026-11-01']);
  expect(groupsOf('hour', period('', '')).at(9)).toBe('09');
  expect(groupsOf('hour', period('', ''))).toHaveLength(24);
  expect(groupsOf('weekday', period('', ''))).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  expect(groupsOf('weekday_hour', period('', ''))).toHaveLength(7 * 24);
  expect(groupsOf('weekday_hour', period('', '')).at(-1)).toBe('7-23');
});

test('days are compared by their place in the period', () => {
  const pairs = pairsOf(
    'day',
    'incoming',
    { period: period('2026-11-22', '2026-11-23'), rows: [row('2026-11-23', 5), row('2026-11-23', 9, 'outgoing')] },
    { period: period('2026-11-15', '2026-11-16'), rows: [row('2026-11-15', 2), row('2026-11-16', 4)] },
  );
  expect(
    pairs.map(({ group, ...both }) => [group, numberIn(both.row, 'calls'), numberIn(both.before, 'calls')]),
  ).toEqual([
    ['2026-11-22', null, 2],
    ['2026-11-23', 5, 4],
  ]);
});

test('hours are compared by themselves', () => {
  const pairs = pairsOf(
    'hour',
    'incoming',
    { period: period('2026-11-22', '2026-11-22'), rows: [row('09', 5)] },
    { period: period('2026-11-15', '2026-11-15'), rows: [row('09', 4)] },
  );
  expect(pairs[9]).toEqual({ group: '09', row: row('09', 5), before: row('09', 4) });
});

test('the hours before the first and after the last call are left out, those between are kept', () => {
  const at = (hours: string[]) => ({ period: period('', ''), rows: hours.map((hour) => row(hour, 1)) });
  const pairs = pairsOf('hour', 'incoming', at(['09', '12']), at(['08']));
  expect(withoutNight('hour', pairs).map(({ group }) => group)).toEqual(['08', '09', '10', '11', '12']);
  expect(withoutNight('hour', pairsOf('hour', 'incoming', at([]), undefined))).toEqual([]);
  expect(withoutNight('weekday', pairsOf('weekday', 'incoming', at([]), undefined))).toHaveLength(7);
});

test('totals have the keys of both times', () => {
  expect(totalPairsOf([row('', 5, '1')], [row('', 4, '1'), row('', 3, '2')])).toEqual([
    { group: '1', row: row('', 5, '1'), before: row('', 4, '1') },
    { group: '2', row: undefined, before: row('', 3, '2') },
  ]);
  expect(totalPairsOf([row('', 5, '1')], undefined)[0]?.before).toBeUndefined();
});

test('a change is a share of the value before; nothing can be compared with nothing', () => {
  expect(changeOf(15, 10)).toBe(0.5);
  expect(changeOf(0, 10)).toBe(-1);
  expect(changeOf(5, 0)).toBeUndefined();
  expect(changeOf(null, 10)).toBeUndefined();
  expect(changeOf(5, null)).toBeUndefined();
});

test('an axis ends at a round number', () => {
  expect([0, 1, 3, 12, 50, 51, 999].map(axisTop)).toEqual([1, 1, 5, 20, 50, 100, 1000]);
  expect([7, 24, 31, 92].map((count) => labelStep(count, 12))).toEqual([1, 2, 3, 8]);
});

test('a matrix of hours and weekdays is without the hours in which nobody calls on any day', () => {
  const rows = [row('1-09', 5), row('7-11', 2)];
  const at = (some: typeof rows) => ({ period: period('', ''), rows: some });
  const pairs = pairsOf('weekday_hour', 'incoming', at(rows), at([row('3-10', 4)]));
  const matrix = hoursByWeekday(withoutNight('weekday_hour', pairs));
  expect(matrix.map(({ hour }) => hour)).toEqual([9, 10, 11]);
  expect(matrix.map(({ weekdays }) => weekdays.map((pair) => numberIn(pair.row, 'calls')))).toEqual([
    [5, null, null, null, null, null, null],
    Array(7).fill(null),
    [null, null, null, null, null, null, 2],
  ]);
  expect(matrix[1]?.weekdays.map(({ before }) => numberIn(before, 'calls'))).toEqual([
    null,
    null,
    4,
    null,
    null,
    null,
    null,
  ]);
});

test.each([
  [null, 0],
  [0, 0],
  [1, 1],
  [20, 1],
  [21, 2],
  [100, 5],
  [120, 5],
])('the colour of %s of 100 is %s', (value, level) => {
  expect(heatLevel(value, 100)).toBe(level);
});
